import { Byte, HEX } from '../bytes.ts';

/**
 * Bytes as a string of one character each, so that positions are those of the file. Only ASCII keeps its
 * meaning, which is enough.
 */
export function latin1Of(bytes: Uint8Array, start: number, end: number): string {
  return LATIN1.decode(bytes.subarray(start, end));
}

const LATIN1 = new TextDecoder('latin1');

const ESCAPES = '"\\/bfnrtu';

/** Whether the inside of a string is valid JSON. */
export function isValidJson(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    if (byte < 0x20 || byte === Byte.quote) return false;
    if (byte !== Byte.backslash) continue;
    const escaped = bytes[++p]!;
    if (p >= end || !ESCAPES.includes(String.fromCharCode(escaped))) return false;
    if (escaped !== 0x75) continue;
    for (let i = 1; i <= 4; i++) if (p + i >= end || HEX[bytes[p + i]!]! < 0) return false;
    p += 4;
  }
  return true;
}

/**
 * A text for display. `escaped`: texts that Ruby, or newer Rubies, escape; they are unescaped if possible. Bytes that
 * are not UTF-8 become U+FFFD.
 */
export function textOf(bytes: Uint8Array, token: { start: number; end: number }, escaped: boolean): string {
  const raw = escaped
    ? withoutStaleBytes(bytes.subarray(token.start, token.end))
    : bytes.subarray(token.start, token.end);
  const text = new TextDecoder().decode(raw);
  if (!escaped || !raw.includes(Byte.backslash) || !isValidJson(raw, 0, raw.length)) return text;
  return JSON.parse(`"${text}"`) as string;
}

/**
 * A method name as Ruby 3.0 and 3.1 write it, with U+FFFD for each run of lost bytes: every byte from 0x80 on was
 * written as `\u00ff`, a NUL and five bytes of an older buffer (fixed in 3.2).
 */
function withoutStaleBytes(bytes: Uint8Array): Uint8Array {
  const mark = [0x5c, 0x75, 0x30, 0x30, 0x66, 0x66, 0x00];
  const isMark = (at: number) => mark.every((byte, i) => bytes[at + i] === byte);
  if (!bytes.includes(0)) return bytes;
  const cleaned: number[] = [];
  let lost = false;
  for (let at = 0; at < bytes.length; ) {
    if (isMark(at)) {
      if (!lost) cleaned.push(0xef, 0xbf, 0xbd);
      lost = true;
      at += mark.length + 5;
    } else {
      cleaned.push(bytes[at++]!);
      lost = false;
    }
  }
  return Uint8Array.from(cleaned);
}
