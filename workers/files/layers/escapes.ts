import { LF } from './line-decoder.ts';
import type { TextOutput } from './text-output.ts';

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LOWER_U = 0x75;
const LOWER_X = 0x78;
const REPLACEMENT = 0xfffd;

/** The longest escape: `\u{…}` with a few code points, or two `\uXXXX` of a surrogate pair. */
export const LONGEST_ESCAPE = 64;

/** Escapes of one letter, in JSON and in Ruby's `inspect`. After a backslash, any other character means itself. */
const LETTERS: Readonly<Record<string, number>> = {
  n: 0x0a,
  t: 0x09,
  r: 0x0d,
  b: 0x08,
  f: 0x0c,
  e: 0x1b,
  a: 0x07,
  v: 0x0b,
  s: 0x20,
};
const LETTER_OF = Uint8Array.from({ length: 128 }, (_, code) => LETTERS[String.fromCharCode(code)] ?? code);

/**
 * Writes the contents of a string from `at` up to a quote or the end of the line, or to an escape that may continue
 * after `end`. Returns the position where it stopped. Never writes more than it reads.
 */
export function writeString(
  bytes: Uint8Array,
  at: number,
  end: number,
  last: boolean,
  output: TextOutput,
): number {
  let memory = output.room(end - at);
  let to = output.length;
  let from = at;
  while (from < end) {
    const byte = bytes[from]!;
    if (byte === QUOTE || byte === LF) break;
    if (byte !== BACKSLASH) {
      memory[to++] = byte;
      from++;
    } else if (from + 1 < end && (bytes[from + 1] === QUOTE || bytes[from + 1] === BACKSLASH)) {
      memory[to++] = bytes[from + 1]!;
      from += 2;
    } else {
      output.setLength(to);
      const next = writeUnescaped(bytes, from, end, last, output);
      if (next < 0) return from;
      from = next;
      memory = output.room(end - from);
      to = output.length;
    }
  }
  output.setLength(to);
  return from;
}

/**
 * Writes the meaning of the escape at `at`, a backslash, and returns the position after it. Returns -1 and writes
 * nothing if it may continue after `end`, unless `last`.
 */
function writeUnescaped(
  bytes: Uint8Array,
  at: number,
  end: number,
  last: boolean,
  output: TextOutput,
): number {
  if (!last && at + 2 > end) return -1;
  if (at + 2 > end) {
    output.byte(BACKSLASH);
    return end;
  }
  const letter = bytes[at + 1]!;
  if (letter === LOWER_U) {
    return bytes[at + 2] === OPEN_BRACE && at + 2 < end
      ? bracedCodePoints(bytes, at, end, last, output)
      : codeUnit(bytes, at, end, last, output);
  }
  const isHex = letter === LOWER_X;
  const isOctal = letter >= 0x30 && letter <= 0x37;
  if (!isHex && !isOctal) {
    output.byte(LETTER_OF[letter] ?? letter);
    return at + 2;
  }
  const base = isHex ? 16 : 8;
  const first = isHex ? at + 2 : at + 1;
  const limit = first + (isHex ? 2 : 3);
  if (limit > end && !last) return -1;
  let value = 0;
  let next = first;
  for (; next < Math.min(limit, end); next++) {
    const digit = hexDigit(bytes[next]!);
    if (digit < 0 || digit >= base) break;
    value = value * base + digit;
  }
  output.byte(next === first ? letter : value & 0xff);
  return Math.max(next, at + 2);
}

/** Writes `\uXXXX`, with the second half of a surrogate pair after it. */
function codeUnit(bytes: Uint8Array, at: number, end: number, last: boolean, output: TextOutput): number {
  if (at + 6 > end && !last) return -1;
  const unit = hexNumber(bytes, at + 2, Math.min(at + 6, end));
  if (unit < 0) {
    output.byte(LOWER_U);
    return at + 2;
  }
  if (unit < 0xd800 || unit > 0xdfff) {
    output.codePoint(unit);
    return at + 6;
  }
  if (unit > 0xdbff) {
    output.codePoint(REPLACEMENT);
    return at + 6;
  }
  if (at + 12 > end && !last) return -1;
  const isPair = at + 12 <= end && bytes[at + 6] === BACKSLASH && bytes[at + 7] === LOWER_U;
  const second = isPair ? hexNumber(bytes, at + 8, at + 12) : -1;
  if (second < 0xdc00 || second > 0xdfff) {
    output.codePoint(REPLACEMENT);
    return at + 6;
  }
  output.codePoint(0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00));
  return at + 12;
}

/** Writes `\u{1F600}`, which may have several code points, separated by spaces. */
function bracedCodePoints(
  bytes: Uint8Array,
  at: number,
  end: number,
  last: boolean,
  output: TextOutput,
): number {
  const limit = Math.min(end, at + LONGEST_ESCAPE);
  let close = at + 3;
  while (close < limit && bytes[close] !== CLOSE_BRACE) close++;
  if (close === end && !last && close < at + LONGEST_ESCAPE) return -1;
  const codes = String.fromCharCode(...bytes.subarray(at + 3, close)).split(' ');
  if (close === limit || !codes.every(code => /^[0-9a-f]{1,6}$/i.test(code))) {
    output.byte(LOWER_U);
    return at + 2;
  }
  for (const code of codes) {
    const value = Number.parseInt(code, 16);
    output.codePoint(value > 0x10ffff ? REPLACEMENT : value);
  }
  return close + 1;
}

function hexNumber(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 4) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = hexDigit(bytes[at]!);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
