export const QUOTE: u8 = 0x22;
export const BACKSLASH: u8 = 0x5c;

const SEED: u64 = 0x2545f4914f6cdd1d;
const MULTIPLIER: u64 = 0x9e3779b97f4a7c15;
const FINISHER: u64 = 0xd6e8feb86659fd93;

/**
 * 32-bit hash of the bytes `start` … `end`, eight at a time; eight bytes after `end` must be readable. Step and finisher
 * are those of the mixers of J. Maiga (xor, multiply, xor-shift). The shift matters: with a rotation in its place, as in
 * Fx, a change of the last byte of a word and one of the first byte of the next can cancel out, as in `item-12`,
 * `item-99` where the word ends between the digits.
 */
export function hashOf(start: usize, end: usize): u32 {
  let hash: u64 = SEED ^ <u64>(end - start);
  let at = start;
  for (; at + 8 <= end; at += 8) hash = mixed(hash ^ load<u64>(at), MULTIPLIER);
  const rest = <u64>(end - at) << 3;
  if (rest !== 0) {
    const word = load<u64>(at) & (((<u64>1) << rest) - 1);
    hash = mixed(hash ^ word, MULTIPLIER);
  }
  return <u32>mixed(hash, FINISHER);
}

@inline
function mixed(value: u64, multiplier: u64): u64 {
  const product = value * multiplier;
  return product ^ (product >>> 32);
}

/** Whether two texts of equal length are equal. Sixteen bytes after them must be readable. */
export function isEqual(a: usize, b: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 16 <= length; at += 16) {
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false;
  }
  if (at === length) return true;
  const equal = i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at)));
  return (~equal & ((1 << <i32>(length - at)) - 1)) === 0;
}

/** The first quote at or after `p`; if there is none before `limit`, a position at most 15 bytes after that. */
export function findQuote(p: usize, limit: usize): usize {
  const quote = i8x16.splat(QUOTE);
  for (; p < limit; p += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(p), quote));
    if (found !== 0) return p + ctz(found);
  }
  return p;
}

/** The first quote, backslash or control character at or after `p`. There must be one. */
@inline
function findSpecial(p: usize): usize {
  const quote = i8x16.splat(QUOTE);
  const backslash = i8x16.splat(BACKSLASH);
  const space = i8x16.splat(0x20);
  while (true) {
    const bytes = v128.load(p);
    const special = v128.or(
      v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)),
      i8x16.lt_u(bytes, space),
    );
    const found = i8x16.bitmask(special);
    if (found !== 0) return p + ctz(found);
    p += 16;
  }
}

/** The closing quote of the JSON string whose text starts at `p`; 0 if a control character comes before it. */
export function endOfString(p: usize): usize {
  while (true) {
    p = findSpecial(p);
    const byte = load<u8>(p);
    if (byte === QUOTE) return p;
    if (byte !== BACKSLASH || load<u8>(p + 1) < 0x20) return 0;
    p += 2;
  }
}

/** Whether there is a backslash or a control character in `start` … `end`. */
export function hasSpecial(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === BACKSLASH || byte < 0x20) return true;
  }
  return false;
}
