/** Bits of the first lookup of a literal or length, and of a distance: longer codes continue in a subtable. */
export const LITERAL_BITS: u32 = 11;
export const DISTANCE_BITS: u32 = 8;
/** Maximum number of entries of each table, with subtables (computed with zlib's `enough`). */
export const LITERAL_ENTRIES: u32 = 2342;
export const DISTANCE_ENTRIES: u32 = 402;

/**
 * Entries of decoding tables. Bits 0–5: bits that the code takes from the input, with its extra bits; bits 8–11: bits
 * of the code alone; bits 16–30: the literal, the smallest length or distance, or the start of a subtable.
 */
export const LITERAL: u32 = 0x80000000;
/** Not a literal, length or distance: a subtable, the end of the block, or an unused code. */
export const EXCEPTION: u32 = 0x8000;
export const SUBTABLE: u32 = 0x4000;
export const END_OF_BLOCK: u32 = 0x2000;

/** The longest code, in bits. */
const MAX_BITS: u32 = 15;

/** Number of symbols by code length; and where the next symbol of each length goes. */
const counts = memory.data(64);
const offsets = memory.data(64);
/** Symbols in the order of their codes. */
const sorted = memory.data(640);

/**
 * Builds a decoding table. `lengths`: one byte per symbol. `results`: the entry of each symbol, without the bits of its
 * code. Returns false if the lengths do not make a code: too many codes or, except for a single symbol, too few.
 */
export function makeTable(table: usize, tableBits: u32, lengths: usize, symbols: u32, results: usize): bool {
  memory.fill(counts, 0, 64);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const at = counts + (<usize>load<u8>(lengths + symbol) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let longest = MAX_BITS;
  while (longest > 0 && load<u32>(counts + (longest << 2)) === 0) longest--;
  let free: i32 = 1;
  let used: u32 = 0;
  for (let length: u32 = 1; length <= MAX_BITS; length++) {
    const count = load<u32>(counts + (length << 2));
    store<u32>(offsets + (length << 2), used);
    used += count;
    free = (free << 1) - <i32>count;
    if (free < 0) return false;
  }
  const size: u32 = 1 << tableBits;
  if (free > 0) {
    if (used > 1 || longest > 1) return false;
    // No code, or one code of a single bit: the unused codes occur only in damaged files.
    for (let at: u32 = 0; at < size; at++) store<u32>(table + (at << 2), EXCEPTION | 1);
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length: usize = load<u8>(lengths + symbol);
    if (length === 0) continue;
    const at = offsets + (length << 2);
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u16>(sorted + (place << 1), <u16>symbol);
  }

  // Codes as they are in the input: their first bit is the lowest.
  let code: u32 = 0;
  let length: u32 = 1;
  let left = load<u32>(counts + 4);
  let subtable: u32 = 0;
  let subtableBits: u32 = 0;
  let subtableOf: u32 = 0xffffffff;
  let end = size;
  for (let place: u32 = 0; place < used; place++) {
    while (left === 0) left = load<u32>(counts + (++length << 2));
    const result = load<u32>(results + (<usize>load<u16>(sorted + (place << 1)) << 2));
    const prefix = code & (size - 1);
    if (length <= tableBits) {
      const entry = result + length * 0x101;
      for (let at = code; at < size; at += 1 << length) store<u32>(table + (at << 2), entry);
    } else {
      if (prefix !== subtableOf) {
        subtableOf = prefix;
        subtable = end;
        // Long enough for the remaining codes with this prefix.
        subtableBits = length - tableBits;
        let room: i32 = (1 << subtableBits) - <i32>left;
        while (room > 0 && tableBits + subtableBits < longest) {
          subtableBits++;
          room = (room << 1) - <i32>load<u32>(counts + ((tableBits + subtableBits) << 2));
        }
        end += 1 << subtableBits;
        store<u32>(
          table + (prefix << 2),
          (subtable << 16) | EXCEPTION | SUBTABLE | (subtableBits << 8) | tableBits,
        );
      }
      const entry = result + (length - tableBits) * 0x101;
      for (let at = code >>> tableBits; at < <u32>(1 << subtableBits); at += 1 << (length - tableBits)) {
        store<u32>(table + ((subtable + at) << 2), entry);
      }
    }
    left--;
    // The next code: increments it from its last bit, which is the highest.
    let bit: u32 = 1 << (length - 1);
    while ((code & bit) !== 0) bit >>>= 1;
    code = bit === 0 ? 0 : (code & (bit - 1)) | bit;
  }
  return true;
}
