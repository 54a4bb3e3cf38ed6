import { keyOfAddress } from './pages';
import { addString, findString, lengthOfString, startOfString } from './strings';
import { endOfString, findQuote, hashOf, hasSpecial, isEqual, QUOTE } from './text';

// Reads values. Each function takes the position of a value and returns the one after it, or IRREGULAR; what it
// read is left in `number`, `hash` or `key`.

/** A value is not as Ruby writes it when all is well. No position: nothing is at address 0. */
export const IRREGULAR: usize = 0;

/** `"0x` */
const ADDRESS_HEAD: u32 = 0x783022;
/** `true`, `null`, `fals` */
const TRUE: u32 = 0x65757274;
const NULL: u32 = 0x6c6c756e;
const FALS: u32 = 0x736c6166;
/** A longer path or name is left to the slow reader: the quote that ends it may be in a later record. */
const MAX_TEXT: usize = 4096;

/** The number, or the string id, read last. */
export let number: u64 = 0;
/** Hash of the string read last. */
export let hash: u32 = 0;
/** Key of the address read last. */
export let key: u32 = 0;

/** `"0x…"` */
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
  // Pairs of digits, the last pair first; then each pair in a byte: the address in the order of memory.
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

/** An address of any length, in digits of either case. */
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
 * `"text"` that Ruby may have written raw (file, name, method …): its string id. A backslash or a control character
 * in it makes the record irregular, since only the slow reader can tell what was meant. That is looked at when a
 * text is first met: nearly every text was met before, and equal bytes are as good.
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

/** {@link readText} where it is likely to be that of the string id `guess` again: then it is compared only. */
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

/** A JSON string, leaving the hash of its text. Texts that one Ruby wrote are equal if what they escape is. */
export function readString(p: usize): usize {
  const start = p + 1;
  const end = endOfString(start);
  if (end === 0) return IRREGULAR;
  hash = hashOf(start, end);
  return end + 1;
}

/** A number without sign or fraction; one of more than 19 digits is 2^64 - 1. */
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

/** The value of a key that no column needs: string, number, true, false or null. A number stays in `number`. */
export function skipValue(p: usize): usize {
  const byte: u32 = load<u8>(p);
  if (byte === QUOTE) {
    const end = endOfString(p + 1);
    return end === 0 ? IRREGULAR : end + 1;
  }
  if (byte - 0x30 < 10) {
    p = readInteger(p);
    // Fractions, in case a later Ruby writes one.
    for (let next: u32 = load<u8>(p); next === 0x2e || next - 0x30 < 10; next = load<u8>(p)) p++;
    return p;
  }
  if (byte === 0x2d) return readInteger(p + 1);
  const head = load<u32>(p);
  if (head === TRUE || head === NULL) return p + 4;
  return head === FALS && load<u8>(p, 4) === 0x65 ? p + 5 : IRREGULAR;
}

/** `true`, which is the only value that Ruby writes of a flag that is set. */
@inline
export function readTrue(p: usize): usize {
  return load<u32>(p) === TRUE ? p + 4 : IRREGULAR;
}

/** A key that no Ruby known wrote, and its value. `p` is after its opening quote. */
export function readUnknownKey(p: usize): usize {
  while (true) {
    const byte: u32 = load<u8>(p);
    if (byte === QUOTE) break;
    if (byte !== 0x5f && byte - 0x61 > 25 && byte - 0x30 > 9) return IRREGULAR;
    p++;
  }
  return load<u8>(p, 1) === 0x3a ? skipValue(p + 2) : IRREGULAR;
}
