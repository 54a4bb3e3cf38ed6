/** Robust statistics, which single outliers do not affect. */

/** The median; NaN for an empty list. O(n log n). */
export function median(values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median distance from the median. */
export function medianAbsoluteDeviation(values: Float64Array): number {
  const middle = median(values);
  return median(values.map(value => Math.abs(value - middle)));
}

/** The Theil–Sen slope: the median of the slopes of all pairs of points; 0 if there are no pairs. O(n²). */
export function theilSen(x: Float64Array, y: Float64Array): number {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let used = 0;
  for (let right = 1; right < x.length; right++) {
    for (let left = 0; left < right; left++) {
      const distance = x[right]! - x[left]!;
      if (distance !== 0) slopes[used++] = (y[right]! - y[left]!) / distance;
    }
  }
  return used === 0 ? 0 : median(slopes.subarray(0, used));
}

/**
 * The share of values that count as independent, from 0 to 1: (1 − ρ) / (1 + ρ), where ρ is the correlation of each
 * value with the next one, as for a first-order autoregressive process (Bartlett 1935); 1 if neighbours are not
 * correlated. O(n).
 */
export function independentShare(values: Float64Array): number {
  const middle = median(values);
  let squares = 0;
  let products = 0;
  for (let at = 0; at < values.length; at++) {
    const off = values[at]! - middle;
    squares += off * off;
    if (at > 0) products += off * (values[at - 1]! - middle);
  }
  const correlation = squares === 0 ? 0 : Math.max(0, products / squares);
  return (1 - correlation) / (1 + correlation);
}

/** Reduces a series to at most `most` points: the medians of x and y of equally many neighbours. O(n log n). */
export function downsampled(
  x: Float64Array,
  y: Float64Array,
  most: number,
): { x: Float64Array; y: Float64Array } {
  if (x.length <= most) return { x, y };
  const edge = (part: number) => Math.floor((part * x.length) / most);
  const medians = (of: Float64Array) =>
    Float64Array.from({ length: most }, (_, part) => median(of.subarray(edge(part), edge(part + 1))));
  return { x: medians(x), y: medians(y) };
}
