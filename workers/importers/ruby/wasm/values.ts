import { keyOfAddress } from './pages';
import { addString, findString, lengthOfString, startOfString } from './strings';
import { endOfString, findQuote, hashOf, hasSpecial, isEqual, QUOTE } from './text';

// Functions that read values. Each takes the position of a value and returns the position after it, or IRREGULAR. The
// result is left in `number`, `hash` or `key`.

/** Returned for a value that is not as Ruby normally writes it. Not a valid position: nothing is at address 0. */
export const IRREGULAR: usize = 0;

/** `"0x` */
const ADDRESS_HEAD: u32 = 0x783022;
/** `true`, `null`, `fals` */
const TRUE: u32 = 0x65757274;
const NULL: u32 = 0x6c6c756e;
const FALS: u32 = 0x736c6166;
/** Longer paths and names are left to the slow reader: the closing quote may be in a later record. */
const MAX_TEXT: usize = 4096;

/** The last number, or string id, that was read. */
export let number: u64 = 0;
/** Hash of the last string. */
export let hash: u32 = 0;
/** Key of the last address. */
export let key: u32 = 0;

/** Reads `"0x…"`. */
@inline
export function readAddress(p: usize): usize {
  if ((load<u32>(p) & 0xffffff) !== ADDRESS_HEAD) return IRREGULAR;
  if (load<u8>(p, 15) !== QUOTE) return readAnyAddress(p);
  // Twelve digits, as on nearly every 64-bit machine: with its quotes the text is sixteen bytes.
  const text = v128.load(p);
  const digits = i8x16.sub(text, i8x16.splat(0x30));
  const letters = i8x16.sub(text, i8x16.splat(0x61));
  const areDigits = i8x16.lt_u(digits, i8x16.splat(10));
  const areHex = v128.or(areDigits, i8x16.lt_u(letters, i8x16.splat(6)));
  if ((i8x16.bitmask(areHex) & 0x7ff8) !== 0x7ff8) return readAnyAddress(p);
  const values = v128.bitselect(digits, i8x16.add(letters, i8x16.splat(10)), areDigits);
  // Pairs of digits, the last pair first; then each pair becomes a byte: the address in little-endian order.
  const pairs = v128.shuffle<i8>(
    values,
    i8x16.splat(0),
    13, 14, 11, 12, 9, 10, 7, 8, 5, 6, 3, 4, 16, 16, 16, 16,
  );
  const bytes = v128.or(
    v128.and(i16x8.shl(pairs, 4), i16x8.splat(0xf0)),
    i16x8.shr_u(pairs, 8),
  );
  key = keyOfAddress(i64x2.extract_lane(i8x16.narrow_i16x8_u(bytes, bytes), 0));
  return p + 16;
}

/** Reads an address of any length, in digits of either case. */
function readAnyAddress(p: usize): usize {
  let value: u64 = 0;
  const start = p + 3;
  for (p = start; ; p++) {
    const byte: u32 = load<u8>(p);
    const letter = byte | 0x20;
    let digit: u32 = 0;
    if (byte - 0x30 < 10) digit = byte - 0x30;
    else if (letter - 0x61 < 6) digit = letter - 0x61 + 10;
    else break;
    value = (value << 4) | digit;
  }
  if (load<u8>(p) !== QUOTE || p === start || p - start > 16) return IRREGULAR;
  key = keyOfAddress(value);
  return p + 1;
}

/**
 * Reads a `"text"` that Ruby may have written raw (file, name, method …): its string id. A backslash or a control
 * character makes the record irregular, since only the slow reader can tell what was meant. That is checked only when a
 * text occurs for the first time: nearly all are repetitions.
 */
export function readText(p: usize): usize {
  if (load<u8>(p) !== QUOTE) return IRREGULAR;
  const start = p + 1;
  const end = findQuote(start, start + MAX_TEXT);
  if (load<u8>(end) !== QUOTE) return IRREGULAR;
  const textHash = hashOf(start, end);
  const known = findString(start, end, textHash);
  if (known >= 0) number = <u64>known;
  else {
    if (hasSpecial(start, end)) return IRREGULAR;
    number = addString(start, end, textHash);
  }
  return end + 1;
}

/** {@link readText} for a text that is probably the string with id `guess`: then it is only compared. */
@inline
export function readTextLike(p: usize, guess: u32): usize {
  const length = lengthOfString(guess);
  const start = p + 1;
  if (
    load<u8>(p) !== QUOTE ||
    load<u8>(start + length) !== QUOTE ||
    !isEqual(startOfString(guess), start, length)
  ) {
    return readText(p);
  }
  number = guess;
  return start + length + 1;
}

/** Reads a JSON string and sets the hash of its text. One version of Ruby escapes equal texts equally. */
export function readString(p: usize): usize {
  const start = p + 1;
  const end = endOfString(start);
  if (end === 0) return IRREGULAR;
  hash = hashOf(start, end);
  return end + 1;
}

/** Reads a number without sign or fraction; more than 19 digits become 2^64 - 1. */
@inline
export function readInteger(p: usize): usize {
  let digit: u32 = <u32>load<u8>(p) - 0x30;
  if (digit > 9) return IRREGULAR;
  const start = p;
  let value: u64 = digit;
  while (true) {
    digit = <u32>load<u8>(++p) - 0x30;
    if (digit > 9) break;
    value = value * 10 + digit;
  }
  number = p - start > 19 ? u64.MAX_VALUE : value;
  return p;
}

/** Skips the value of a key that no column needs: a string, number, true, false or null. Sets `number` for a number. */
export function skipValue(p: usize): usize {
  const byte: u32 = load<u8>(p);
  if (byte === QUOTE) {
    const end = endOfString(p + 1);
    return end === 0 ? IRREGULAR : end + 1;
  }
  if (byte - 0x30 < 10) {
    p = readInteger(p);
    // Fractions, in case a later version of Ruby writes them.
    for (let next: u32 = load<u8>(p); next === 0x2e || next - 0x30 < 10; next = load<u8>(p)) p++;
    return p;
  }
  if (byte === 0x2d) return readInteger(p + 1);
  const head = load<u32>(p);
  if (head === TRUE || head === NULL) return p + 4;
  return head === FALS && load<u8>(p, 4) === 0x65 ? p + 5 : IRREGULAR;
}

/** Reads `true`, which is the only value that Ruby writes for a flag. */
@inline
export function readTrue(p: usize): usize {
  return load<u32>(p) === TRUE ? p + 4 : IRREGULAR;
}

/** Skips a key that no known version of Ruby wrote, and its value. `p` is after the opening quote. */
export function readUnknownKey(p: usize): usize {
  while (true) {
    const byte: u32 = load<u8>(p);
    if (byte === QUOTE) break;
    if (byte !== 0x5f && byte - 0x61 > 25 && byte - 0x30 > 9) return IRREGULAR;
    p++;
  }
  return load<u8>(p, 1) === 0x3a ? skipValue(p + 2) : IRREGULAR;
}
