import type { LayerDecoder, Restart } from './decoder.ts';
import type { TextOutput } from './text-output.ts';

export const LF = 0x0a;
export const CR = 0x0d;

/** Longer lines pass through unchanged: a line must be in memory as a whole to be decoded. */
const MAX_LINE_BYTES = 64 << 20;

/** A decoder for a wrapping around each line. */
export abstract class LineDecoder implements LayerDecoder {
  /** The beginning of a line whose end has not come yet. */
  #held = new Uint8Array(0);
  #heldBytes = 0;
  /** Whether the current line is too long to be decoded: the rest of it passes through. */
  #tooLong = false;

  /** Decodes a line, which ends before a line feed or with the input. */
  protected abstract line(bytes: Uint8Array, start: number, end: number, output: TextOutput): void;
  /** The state for a restart between two lines; null if that is not possible now. */
  protected abstract state(): number | null;
  /** Writes what was held back, at the end of the input. */
  protected abstract end(output: TextOutput): void;

  push(input: Uint8Array, output: TextOutput): void {
    for (let at = 0; at < input.length; ) {
      const newline = input.indexOf(LF, at);
      if (newline < 0) {
        this.#hold(input, at, input.length, output);
        return;
      }
      this.#complete(input, at, newline, output);
      at = newline + 1;
    }
  }

  finish(output: TextOutput): void {
    if (this.#heldBytes > 0) this.#complete(new Uint8Array(0), 0, 0, output);
    this.end(output);
  }

  restart(): Restart | null {
    const state = this.state();
    return state === null || this.#tooLong ? null : { unread: this.#heldBytes, state };
  }

  #complete(input: Uint8Array, start: number, end: number, output: TextOutput): void {
    if (this.#tooLong) {
      output.append(input, start, end);
      output.byte(LF);
      this.#tooLong = false;
    } else if (this.#heldBytes === 0) this.line(input, start, end, output);
    else {
      this.#hold(input, start, end, output);
      if (this.#tooLong) output.byte(LF);
      else this.line(this.#held, 0, this.#heldBytes, output);
      this.#tooLong = false;
      this.#heldBytes = 0;
    }
  }

  #hold(input: Uint8Array, start: number, end: number, output: TextOutput): void {
    if (this.#heldBytes + end - start > MAX_LINE_BYTES) {
      output.append(this.#held, 0, this.#heldBytes);
      this.#heldBytes = 0;
      this.#held = new Uint8Array(0);
      this.#tooLong = true;
    }
    if (this.#tooLong) {
      output.append(input, start, end);
      return;
    }
    const needed = this.#heldBytes + end - start;
    if (needed > this.#held.length) {
      const larger = new Uint8Array(Math.max(needed, this.#held.length * 2));
      larger.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = larger;
    }
    this.#held.set(input.subarray(start, end), this.#heldBytes);
    this.#heldBytes = needed;
  }
}
