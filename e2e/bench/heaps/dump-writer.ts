import { closeSync, openSync, writeSync } from 'node:fs';

const BUFFER_BYTES = 8 * 1024 * 1024;
/** Longer texts are written to the file directly. */
const LONGEST_PIECE = 64 * 1024;
/** Longer texts are copied by the runtime, which is faster than a loop from this length on. */
const LOOP_UP_TO = 64;
const HEX_DIGITS = Uint8Array.from('0123456789abcdef', digit => digit.charCodeAt(0));

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0));
}

/** Writes ASCII to a file through one large buffer, without concatenating strings. */
export class DumpWriter {
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #used = 0;
  #flushed = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  get writtenBytes(): number {
    return this.#flushed + this.#used;
  }

  text(text: string): void {
    const { length } = text;
    if (this.#used + length > BUFFER_BYTES) this.#flush();
    if (length <= LOOP_UP_TO) {
      const buffer = this.#buffer;
      const used = this.#used;
      for (let at = 0; at < length; at++) buffer[used + at] = text.charCodeAt(at);
      this.#used = used + length;
    } else if (length <= LONGEST_PIECE) this.#used += this.#buffer.write(text, this.#used, 'latin1');
    else this.#long(text);
  }

  /** Frequently written text, as returned by {@link ascii}. */
  bytes(bytes: Uint8Array): void {
    if (this.#used + bytes.length > BUFFER_BYTES) this.#flush();
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** A whole number below 2^31, in decimal. */
  number(value: number): void {
    if (this.#used + 10 > BUFFER_BYTES) this.#flush();
    let digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) digits++;
    this.#used += digits;
    for (let at = this.#used - 1, rest = value; digits > 0; at--, digits--) {
      const next = (rest / 10) | 0;
      this.#buffer[at] = 48 + rest - next * 10;
      rest = next;
    }
  }

  /** `0x` and lower-case hex without padding, as Ruby prints pointers. */
  address(address: number): void {
    if (this.#used + 18 > BUFFER_BYTES) this.#flush();
    const buffer = this.#buffer;
    buffer[this.#used++] = 48;
    buffer[this.#used++] = 120;
    const high = Math.floor(address / 0x100_0000);
    const low = address - high * 0x100_0000;
    let shift = 24;
    while (shift > 0 && high >>> shift === 0) shift -= 4;
    for (; shift >= 0; shift -= 4) buffer[this.#used++] = HEX_DIGITS[(high >>> shift) & 15]!;
    for (shift = 20; shift >= 0; shift -= 4) buffer[this.#used++] = HEX_DIGITS[(low >>> shift) & 15]!;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #long(text: string): void {
    this.#flush();
    for (let at = 0; at < text.length; at += BUFFER_BYTES) {
      this.#used = this.#buffer.write(text.slice(at, at + BUFFER_BYTES), 0, 'latin1');
      this.#flush();
    }
  }

  #flush(): void {
    for (let at = 0; at < this.#used; ) at += writeSync(this.#file, this.#buffer, at, this.#used - at);
    this.#flushed += this.#used;
    this.#used = 0;
  }
}
