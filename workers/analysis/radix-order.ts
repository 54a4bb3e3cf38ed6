/** Digits of 11 bits: three passes for 32 bits, and counters that stay in the first-level cache. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Positions of values (whole numbers below 2^53), sorted; equal values keep their order, in both directions. A radix
 * sort, O(values); passes over digits that are all equal are skipped.
 */
export function radixOrder(values: Float64Array, descending: boolean): Uint32Array {
  const { length } = values;
  const flip = descending ? 0xffff_ffff : 0;
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  for (let at = 0; at < length; at++) {
    const value = values[at]!;
    low[at] = value ^ flip;
    high[at] = (value / 2 ** 32) ^ flip;
  }
  let order: Uint32Array = new Uint32Array(length);
  for (let at = 0; at < length; at++) order[at] = at;
  let spare: Uint32Array = new Uint32Array(length);
  for (const keys of [low, high]) {
    for (const [pass, places] of digitCounts(keys).entries()) {
      if (places.includes(length)) continue;
      placeByDigit(keys, pass * DIGIT_BITS, places, order, spare);
      [order, spare] = [spare, order];
    }
  }
  return order;
}

/** Counts each digit at each of its three places, in one pass. */
function digitCounts(keys: Uint32Array): [Uint32Array, Uint32Array, Uint32Array] {
  const counts = [new Uint32Array(DIGITS), new Uint32Array(DIGITS), new Uint32Array(DIGITS)] as const;
  const [low, middle, high] = counts;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!;
    low[key & (DIGITS - 1)]!++;
    middle[(key >>> DIGIT_BITS) & (DIGITS - 1)]!++;
    high[key >>> (2 * DIGIT_BITS)]!++;
  }
  return [low, middle, high];
}

/**
 * One pass: sorts the positions of `from` by a digit of their keys. `places` has the counts of that digit, and is
 * overwritten.
 */
function placeByDigit(
  keys: Uint32Array,
  shift: number,
  places: Uint32Array,
  from: Uint32Array,
  to: Uint32Array,
): void {
  let sum = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = places[digit]!;
    places[digit] = sum;
    sum += count;
  }
  for (let at = 0; at < from.length; at++) {
    const position = from[at]!;
    to[places[(keys[position]! >>> shift) & (DIGITS - 1)]!++] = position;
  }
}
