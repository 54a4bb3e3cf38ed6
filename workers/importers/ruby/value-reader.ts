import type { AddressPages } from '../../model/address-pages.ts';
import { HASH_SEED, hashByte, hashWord, type StringTable } from '../../model/string-table.ts';
import { Byte, HEX } from './bytes.ts';
import { wordOf } from './word-table.ts';

/** A value is not as Ruby writes it when all is well. */
export const IRREGULAR = -1;

const QUOTE_WORD = 0x22222222;
const BACKSLASH_WORD = 0x5c5c5c5c;
const TRUE = wordOf('true');
const NULL = wordOf('null');
const FALSE = wordOf('fals');
/** A longer path or name is left to the lenient reader: the quote that ends it may be in a later record. */
const MAX_TEXT = 4096;

/**
 * Reads values at positions of a buffer. Each method takes the position of a value and returns the one behind it,
 * or {@link IRREGULAR}; what it read is left in `number`, `hash` or `key`, so that nothing is allocated.
 */
export class ValueReader {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** The number, or the string id, read last. */
  number = 0;
  /** Hash of the string read last. */
  hash = 0;
  /** Key of the address read last. */
  key = 0;
  readonly #pages: AddressPages;
  readonly #strings: StringTable;

  constructor(pages: AddressPages, strings: StringTable) {
    this.#pages = pages;
    this.#strings = strings;
  }

  /** The bytes to read from next. */
  setBuffer(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** `"0x…"`: the key of the address. */
  address(p: number): number {
    const bytes = this.bytes;
    if (bytes[p] !== Byte.quote || bytes[p + 1] !== Byte.zero || bytes[p + 2] !== 0x78) return IRREGULAR;
    if (bytes[p + 15] === Byte.quote) {
      // Twelve digits, as on nearly every 64-bit machine: eight tell the page, four the place in it.
      const view = this.view;
      const first = fourDigits(view.getInt32(p + 3, true));
      const second = fourDigits(view.getInt32(p + 7, true));
      const low = fourDigits(view.getInt32(p + 11, true));
      // A first digit of 8 or more would be a kernel's address: the general way reads it.
      if ((first | second | low) >= 0 && first < 0x8000) {
        this.key = this.#pages.key((first << 16) | second, low);
        return p + 16;
      }
    }
    let value = 0;
    for (p += 3; ; p++) {
      const digit = HEX[bytes[p]!]!;
      if (digit < 0) break;
      value = value * 16 + digit;
    }
    if (bytes[p] !== Byte.quote) return IRREGULAR;
    this.key = this.#pages.key(Math.floor(value / 65536), value % 65536);
    return p + 1;
  }

  /**
   * `"text"` that Ruby may have written raw (file, name, method …): its string id. A backslash or a control
   * character in it makes the record irregular, since only the lenient reader can tell what was meant. That is
   * looked at when a text is first met: nearly every text was met before, and equal bytes are as good.
   */
  text(p: number): number {
    const bytes = this.bytes;
    const view = this.view;
    if (bytes[p] !== Byte.quote) return IRREGULAR;
    const start = ++p;
    const limit = Math.min(start + MAX_TEXT, bytes.length - 4);
    let hash = HASH_SEED;
    for (;;) {
      if (p > limit) return IRREGULAR;
      const word = view.getInt32(p, true);
      const quote = word ^ QUOTE_WORD;
      if (((quote - 0x01010101) & ~quote & 0x80808080) !== 0) break;
      hash = hashWord(hash, word);
      p += 4;
    }
    let byte = bytes[p]!;
    while (byte !== Byte.quote) {
      hash = hashByte(hash, byte);
      byte = bytes[++p]!;
    }
    const known = this.#strings.find(view, start, p, hash);
    if (known >= 0) this.number = known;
    else {
      for (let at = start; at < p; at++)
        if (bytes[at] === Byte.backslash || bytes[at]! < 0x20) return IRREGULAR;
      this.number = this.#strings.intern(bytes, start, p, hash);
    }
    return p + 1;
  }

  /** {@link text} where it is likely to be that of the string id `guess` again: then it is compared only. */
  textLike(p: number, guess: number): number {
    const { bytes } = this;
    const start = p + 1;
    const end = start + this.#strings.lengthOf(guess);
    if (bytes[p] !== Byte.quote || bytes[end] !== Byte.quote) return this.text(p);
    if (!this.#strings.isText(guess, this.view, start, end)) return this.text(p);
    this.number = guess;
    return end + 1;
  }

  /**
   * The rest of a JSON string from `p` on: past its closing quote, leaving the hash of its text. Equal texts
   * written by one Ruby have equal hashes, for their escapes are written alike.
   */
  string(p: number): number {
    const bytes = this.bytes;
    const view = this.view;
    let hash = HASH_SEED;
    for (;;) {
      const word = view.getInt32(p, true);
      if (hasSpecial(word) === 0) {
        hash = hashWord(hash, word);
        p += 4;
        continue;
      }
      const byte = bytes[p]!;
      if (byte === Byte.quote) break;
      if (byte < 0x20) return IRREGULAR;
      hash = hashByte(hash, byte);
      p++;
      if (byte === Byte.backslash) {
        if (bytes[p]! < 0x20) return IRREGULAR;
        hash = hashByte(hash, bytes[p]!);
        p++;
      }
    }
    this.hash = hash;
    return p + 1;
  }

  /** A number without sign or fraction; up to 2^53 exactly. */
  integer(p: number): number {
    const bytes = this.bytes;
    let digit = bytes[p]! - Byte.zero;
    if (digit < 0 || digit > 9) return IRREGULAR;
    let value = digit;
    for (;;) {
      digit = bytes[++p]! - Byte.zero;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.number = value;
    return p;
  }

  /** The value of a key that no column needs: string, number, true, false or null. A number is left behind. */
  skipValue(p: number): number {
    const byte = this.bytes[p]!;
    if (byte === Byte.quote) return this.string(p + 1);
    if (byte >= Byte.zero && byte <= Byte.nine) {
      p = this.integer(p);
      // Fractions, in case a later Ruby writes one.
      while (this.bytes[p] === 0x2e || (this.bytes[p]! >= Byte.zero && this.bytes[p]! <= Byte.nine)) p++;
      return p;
    }
    if (byte === 0x2d) return this.integer(p + 1);
    const head = this.view.getInt32(p, true);
    if (head === TRUE || head === NULL) return p + 4;
    return head === FALSE && this.bytes[p + 4] === 0x65 ? p + 5 : IRREGULAR;
  }

  /** A key that no Ruby known wrote, and its value. `p` is behind its opening quote. */
  unknownKey(p: number): number {
    const bytes = this.bytes;
    while (bytes[p] !== Byte.quote) {
      const byte = bytes[p]!;
      const inName =
        byte === 0x5f || (byte >= 0x61 && byte <= 0x7a) || (byte >= Byte.zero && byte <= Byte.nine);
      if (!inName) return IRREGULAR;
      p++;
    }
    return bytes[p + 1] === 0x3a ? this.skipValue(p + 2) : IRREGULAR;
  }
}

/**
 * Four lower-case hex digits, the first in the lowest byte, as a number; -1 if one of the bytes is none. All four
 * at once: 0-9 are 0x30-0x39, a-f are 0x61-0x66, so that bit 6 tells a letter, whose low bits are 9 too few.
 */
function fourDigits(word: number): number {
  const letters = (word >>> 6) & 0x01010101;
  const digits = (word & 0x0f0f0f0f) + letters * 9;
  // Back to text: what was no digit does not come out as it was.
  const above9 = ((digits + 0x06060606) >>> 4) & 0x01010101;
  if (((digits + 0x30303030 + above9 * 0x27) | 0) !== word) return -1;
  const pairs = ((digits << 4) | (digits >>> 8)) & 0x00ff00ff;
  return ((pairs & 0xff) << 8) | (pairs >>> 16);
}

/**
 * Not 0 if one of the four bytes is a quote, a backslash or below 0x20. Exact as a test of "any" (S. E.
 * Anderson, Bit Twiddling Hacks, "Determine if a word has a zero byte" and "… a byte less than n").
 */
function hasSpecial(word: number): number {
  const quote = word ^ QUOTE_WORD;
  const backslash = word ^ BACKSLASH_WORD;
  return (
    (((quote - 0x01010101) & ~quote) |
      ((backslash - 0x01010101) & ~backslash) |
      ((word - 0x20202020) & ~word)) &
    0x80808080
  );
}
