/** A buffer for the text that a decoder produces. It grows as needed, and can be emptied. */
export class TextOutput {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #lastCleared = -1;

  get length(): number {
    return this.#length;
  }

  /** The last byte that was written, even if the output was emptied since; -1 if there is none. */
  get last(): number {
    return this.#length === 0 ? this.#lastCleared : this.#bytes[this.#length - 1]!;
  }

  /** The text. Writing after {@link clear} overwrites it. */
  get text(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  append(bytes: Uint8Array, start = 0, end = bytes.length): void {
    if (this.#length + end - start > this.#bytes.length) this.#grow(end - start);
    this.#bytes.set(bytes.subarray(start, end), this.#length);
    this.#length += end - start;
  }

  /** Makes room for a number of bytes and returns the memory. Write from `length` on, then call {@link setLength}. */
  room(bytes: number): Uint8Array {
    if (this.#length + bytes > this.#bytes.length) this.#grow(bytes);
    return this.#bytes;
  }

  /** Sets the end of what was written to the memory. */
  setLength(end: number): void {
    this.#length = end;
  }

  /** Appends a code point as UTF-8. */
  codePoint(code: number): void {
    if (code < 0x80) {
      this.byte(code);
      return;
    }
    if (code < 0x800) this.byte(0xc0 | (code >> 6));
    else {
      if (code < 0x10000) this.byte(0xe0 | (code >> 12));
      else {
        this.byte(0xf0 | (code >> 18));
        this.byte(0x80 | ((code >> 12) & 0x3f));
      }
      this.byte(0x80 | ((code >> 6) & 0x3f));
    }
    this.byte(0x80 | (code & 0x3f));
  }

  clear(): void {
    this.#lastCleared = this.last;
    this.#length = 0;
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.max(this.#length + needed, this.#bytes.length * 2));
    bytes.set(this.text);
    this.#bytes = bytes;
  }
}
