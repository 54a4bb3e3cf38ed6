/** A rectangle in CSS pixels. */
interface Frame {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

/**
 * Cuts a rectangle into tiles of given areas, as square as a greedy choice of rows makes them: Bruls, Huizing,
 * van Wijk, "Squarified Treemaps", 2000. Tiles keep the order of `sizes`; descending order gives the best
 * shapes. Sizes must be positive; the tiles fill the rectangle whatever their sum. O(n).
 *
 * @param place called once for each size with its position in `sizes`
 */
export function squarify(
  sizes: ArrayLike<number>,
  frame: Frame,
  place: (index: number, leftPx: number, topPx: number, widthPx: number, heightPx: number) => void,
): void {
  let restOfSizes = 0;
  for (let i = 0; i < sizes.length; i++) restOfSizes += sizes[i]!;
  let { leftPx, topPx, widthPx, heightPx } = frame;
  let start = 0;
  while (start < sizes.length) {
    const sidePx = Math.min(widthPx, heightPx);
    const areaPerUnit = (widthPx * heightPx) / restOfSizes;
    const end = endOfRow(sizes, start, sidePx * sidePx, areaPerUnit);
    let rowSize = 0;
    for (let i = start; i < end; i++) rowSize += sizes[i]!;
    // The row lies along the shorter side. The last row takes the remaining space, so rounding leaves no gap.
    const share = end === sizes.length ? 1 : rowSize / restOfSizes;
    const across = widthPx >= heightPx;
    const thicknessPx = (across ? widthPx : heightPx) * share;
    let before = 0;
    for (let i = start; i < end; i++) {
      const offsetPx = (sidePx * before) / rowSize;
      const lengthPx = (sidePx * sizes[i]!) / rowSize;
      if (across) place(i, leftPx, topPx + offsetPx, thicknessPx, lengthPx);
      else place(i, leftPx + offsetPx, topPx, lengthPx, thicknessPx);
      before += sizes[i]!;
    }
    if (across) {
      leftPx += thicknessPx;
      widthPx -= thicknessPx;
    } else {
      topPx += thicknessPx;
      heightPx -= thicknessPx;
    }
    restOfSizes -= rowSize;
    start = end;
  }
}

/** Where the row that begins at `start` ends: before the first tile that would make its worst shape worse. */
function endOfRow(
  sizes: ArrayLike<number>,
  start: number,
  sideSquaredPx: number,
  areaPerUnit: number,
): number {
  let sum = 0;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  let worst = Number.POSITIVE_INFINITY;
  let end = start;
  while (end < sizes.length) {
    const area = sizes[end]! * areaPerUnit;
    sum += area;
    smallest = Math.min(smallest, area);
    largest = Math.max(largest, area);
    // The larger of the two extreme aspect ratios of a row of this sum.
    const next = Math.max((sideSquaredPx * largest) / (sum * sum), (sum * sum) / (sideSquaredPx * smallest));
    if (next > worst) break;
    worst = next;
    end++;
  }
  // A row of numbers too extreme to compare still takes one tile, so that the loop over rows ends.
  return Math.max(end, start + 1);
}
