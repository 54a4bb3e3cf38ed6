import { concatenated } from '../opened-text.ts';
import type { LayerDecoder, Restart } from './decoder.ts';
import type { TextOutput } from './text-output.ts';

const NOTHING = new Uint8Array(0);

/** Converts UTF-16, as PowerShell's `>` writes it, to UTF-8. A byte order mark at the start is dropped. */
export class Utf16Decoder implements LayerDecoder {
  readonly #decoder: TextDecoder;
  readonly #highByte: 0 | 1;
  readonly #encoder = new TextEncoder();
  #encoded = new Uint8Array(0);
  /** Half of a code unit, or half of a surrogate pair. */
  #rest: Uint8Array = NOTHING;
  #atStart: boolean;

  constructor(bigEndian: boolean, state: number | null) {
    this.#decoder = new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le', { ignoreBOM: true });
    this.#highByte = bigEndian ? 0 : 1;
    this.#atStart = state === null;
  }

  push(input: Uint8Array, output: TextOutput): void {
    const bytes = this.#rest.length === 0 ? input : concatenated(this.#rest, input);
    let end = bytes.length & ~1;
    if (end >= 2 && (bytes[end - 2 + this.#highByte]! & 0xfc) === 0xd8) end -= 2;
    this.#write(bytes.subarray(0, end), output);
    this.#rest = bytes.slice(end);
  }

  finish(output: TextOutput): void {
    this.#write(this.#rest, output);
    this.#rest = NOTHING;
  }

  restart(): Restart {
    return { unread: this.#rest.length, state: 0 };
  }

  #write(bytes: Uint8Array, output: TextOutput): void {
    if (bytes.length === 0) return;
    let text = this.#decoder.decode(bytes);
    if (this.#atStart && text.startsWith('\ufeff')) text = text.slice(1);
    this.#atStart = false;
    if (this.#encoded.length < text.length * 3) this.#encoded = new Uint8Array(text.length * 3);
    const { written } = this.#encoder.encodeInto(text, this.#encoded);
    output.append(this.#encoded, 0, written);
  }
}
