import type { LayerDecoder, Restart } from './decoder.ts';
import { BACKSLASH, QUOTE } from './escapes.ts';
import type { TextOutput } from './text-output.ts';

const PADDING = 0x3d;
/** Byte → its six bits, in both alphabets; -1 for bytes that are ignored, such as line feeds. */
const BITS = new Int8Array(256).fill(-1);
for (const [value, letter] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries()) {
  BITS[letter.charCodeAt(0)] = value;
}
BITS['-'.charCodeAt(0)] = 62;
BITS['_'.charCodeAt(0)] = 63;

/**
 * Base64, on one line or many, also in a string, where line feeds are escaped. It ends at its padding, at a quote, or
 * at the end of the input.
 */
export class Base64Decoder implements LayerDecoder {
  /** Bits that do not make a byte yet, and how many letters they came from. */
  #bits = 0;
  #letters = 0;
  /** Length of the input since the first of those letters. */
  #unread = 0;
  #ended = false;
  /** Whether a backslash was read: the letter after it is not part of the base64. */
  #isEscaped = false;
  /** Bytes to skip before the base64. */
  #before: number;

  /** `before`: number of bytes before the base64, which are left out. */
  constructor(before: number) {
    this.#before = before;
  }

  push(input: Uint8Array, output: TextOutput): void {
    const skipped = Math.min(this.#before, input.length);
    this.#before -= skipped;
    for (let at = skipped; at < input.length && !this.#ended; at++) {
      if (this.#letters === 0 && !this.#isEscaped) {
        at = decodeFours(input, at, output);
        if (at === input.length) return;
      }
      this.#take(input[at]!, output);
    }
  }

  #take(byte: number, output: TextOutput): void {
    if (this.#letters > 0) this.#unread++;
    const bits = this.#isEscaped ? -1 : BITS[byte]!;
    this.#isEscaped = byte === BACKSLASH;
    if (byte === PADDING || byte === QUOTE) this.finish(output);
    if (bits < 0) return;
    if (this.#letters === 0) this.#unread = 1;
    this.#bits = (this.#bits << 6) | bits;
    if (++this.#letters < 4) return;
    output.byte(this.#bits >> 16);
    output.byte((this.#bits >> 8) & 0xff);
    output.byte(this.#bits & 0xff);
    this.#bits = 0;
    this.#letters = 0;
    this.#unread = 0;
  }

  finish(output: TextOutput): void {
    if (this.#letters === 2) output.byte(this.#bits >> 4);
    if (this.#letters === 3) {
      output.byte(this.#bits >> 10);
      output.byte((this.#bits >> 2) & 0xff);
    }
    this.#letters = 0;
    this.#ended = true;
  }

  restart(): Restart | null {
    return this.#ended || this.#isEscaped ? null : { unread: this.#unread, state: 0 };
  }
}

/** Decodes groups of four letters, and returns the position after the last one. */
function decodeFours(input: Uint8Array, from: number, output: TextOutput): number {
  const last = input.length - 4;
  const bytes = output.room(Math.ceil((input.length - from) / 4) * 3);
  let length = output.length;
  let at = from;
  for (; at <= last; at += 4) {
    const bits =
      (BITS[input[at]!]! << 18) |
      (BITS[input[at + 1]!]! << 12) |
      (BITS[input[at + 2]!]! << 6) |
      BITS[input[at + 3]!]!;
    // Other bytes have the value -1, which makes the sum negative.
    if (bits < 0) break;
    bytes[length] = bits >> 16;
    bytes[length + 1] = (bits >> 8) & 0xff;
    bytes[length + 2] = bits & 0xff;
    length += 3;
  }
  output.setLength(length);
  return at;
}
