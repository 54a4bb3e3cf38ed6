import { concatenated } from '../opened-text.ts';
import type { LayerDecoder, Restart } from './decoder.ts';
import { QUOTE } from './escapes.ts';
import { CR, LF } from './line-decoder.ts';
import type { TextOutput } from './text-output.ts';

const NOTHING = new Uint8Array(0);
/** Separators of fields: comma, semicolon, tab, vertical bar. */
const DELIMITERS: readonly number[] = [0x2c, 0x3b, 0x09, 0x7c];
/** A key of a record with doubled quotes. One character per byte. */
const DOUBLED_KEY = /""(?:address""\s*:\s*""0x[0-9a-f]|type""\s*:\s*""ROOT"")/i;

/** Position of the first record with doubled quotes in a text, as in a field of CSV (RFC 4180); -1 if there is none. */
export function findDoubledKey(text: string): number {
  return text.search(DOUBLED_KEY);
}

const AT_FIELD = 1;
const INSIDE = 2;

/** Removes the quotes around CSV fields, and undoubles the quotes in them. Everything else passes through. */
export class CsvDecoder implements LayerDecoder {
  #state: number;
  /** A quote at the end of the input so far, whose meaning depends on the next byte. */
  #rest: Uint8Array = NOTHING;

  /** `state`: from {@link restart}, or null at the start. */
  constructor(state: number | null) {
    this.#state = state ?? AT_FIELD;
  }

  push(input: Uint8Array, output: TextOutput): void {
    const bytes = this.#rest.length === 0 ? input : concatenated(this.#rest, input);
    this.#rest = NOTHING;
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if ((this.#state & INSIDE) === 0) {
        if (byte === QUOTE && this.#state === AT_FIELD) {
          output.append(bytes, from, at);
          from = at + 1;
          this.#state = INSIDE;
        } else this.#state = isFieldEnd(byte) ? AT_FIELD : 0;
        continue;
      }
      if (byte !== QUOTE) continue;
      if (at + 1 === bytes.length) {
        this.#rest = bytes.slice(at);
        output.append(bytes, from, at);
        return;
      }
      const next = bytes[at + 1]!;
      if (next === QUOTE) {
        output.append(bytes, from, at);
        from = ++at;
      } else if (isFieldEnd(next)) {
        output.append(bytes, from, at);
        from = at + 1;
        this.#state = 0;
      }
    }
    output.append(bytes, from);
  }

  /** A remaining quote closes the last field. */
  finish(): void {
    this.#rest = NOTHING;
  }

  restart(): Restart {
    return { unread: this.#rest.length, state: this.#state };
  }
}

function isFieldEnd(byte: number): boolean {
  return byte === LF || byte === CR || DELIMITERS.includes(byte);
}
