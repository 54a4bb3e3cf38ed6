import { BACKSLASH, QUOTE } from './escapes.ts';
import { CR, LF, LineDecoder } from './line-decoder.ts';
import { beginsRecord } from './record-marks.ts';
import type { TextOutput } from './text-output.ts';

/**
 * Joins lines that another program cut at a fixed length, without a mark. A line of exactly that length that does not
 * end a record is joined with the next one, unless a record begins there.
 */
export class CutLinesDecoder extends LineDecoder {
  readonly #lineBytes: number;
  /**
   * Whether a record continues in the next line; and the depth of brackets in it, and whether it is within a string.
   */
  #isOpen = false;
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor(lineBytes: number) {
    super();
    this.#lineBytes = lineBytes;
  }

  protected line(bytes: Uint8Array, start: number, end: number, output: TextOutput): void {
    if (this.#isOpen && beginsRecord(bytes, start, end)) {
      output.byte(LF);
      this.#isOpen = false;
    }
    if (!this.#isOpen) {
      this.#depth = 0;
      this.#inString = false;
      this.#escaped = false;
    }
    const textEnd = bytes[end - 1] === CR ? end - 1 : end;
    const canBeCut = textEnd - start === this.#lineBytes && (this.#isOpen || beginsRecord(bytes, start, end));
    if (canBeCut) this.#follow(bytes, start, textEnd);
    this.#isOpen = canBeCut && (this.#depth > 0 || this.#inString);
    output.append(bytes, start, this.#isOpen ? textEnd : end);
    if (!this.#isOpen) output.byte(LF);
  }

  protected state(): number | null {
    return this.#isOpen ? null : 0;
  }

  protected end(output: TextOutput): void {
    if (this.#isOpen) output.byte(LF);
  }

  #follow(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (this.#escaped) this.#escaped = false;
      else if (byte === QUOTE) this.#inString = !this.#inString;
      else if (this.#inString) this.#escaped = byte === BACKSLASH;
      else if (byte === 0x7b || byte === 0x5b) this.#depth++;
      else if (byte === 0x7d || byte === 0x5d) this.#depth--;
    }
  }
}
