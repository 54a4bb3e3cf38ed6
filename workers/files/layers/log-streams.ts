import { LF } from './line-decoder.ts';
import { TextOutput } from './text-output.ts';

/** The stream that a line of a container's log comes from. */
export type LogStream = 'stdout' | 'stderr';

/** How much text of one stream may wait for the end of a line of the other. If there is more, the line is ended. */
const MAX_HELD_BYTES = 8 << 20;
/** The stream whose line is unfinished, by its number in the state for a restart. */
const STREAMS = [null, 'stdout', 'stderr'] as const;

/**
 * Joins the pieces of lines of two streams that were logged alternately. The text of each stream stays as it was
 * written; what one stream wrote within a line of the other comes after that line.
 */
export class LogStreams {
  /** The stream whose line is unfinished in the output. */
  #open: LogStream | null;
  /** What the other stream wrote in the meantime. */
  readonly #held = new TextOutput();

  /** `state`: of the streams to continue; 0 at the start. */
  constructor(state: number) {
    this.#open = STREAMS[state] ?? null;
  }

  /** Where the text of a stream has to be written now. Call {@link pieceWritten} after each piece. */
  target(stream: LogStream, output: TextOutput): TextOutput {
    return this.#open === null || this.#open === stream ? output : this.#held;
  }

  /** Notes that a piece was written to the target. `ended`: with the line feed that ends its line. */
  pieceWritten(stream: LogStream, ended: boolean, output: TextOutput): void {
    if (this.target(stream, output) === output) {
      this.#open = ended ? null : stream;
      if (ended) this.#release(otherThan(stream), output);
    } else if (this.#held.length > MAX_HELD_BYTES) this.#interrupt(output);
  }

  /** Writes the held text, at the end of the log. */
  end(output: TextOutput): void {
    if (this.#held.length > 0) this.#interrupt(output);
  }

  /** The state for a restart; null while text is held. */
  get state(): number | null {
    return this.#held.length > 0 ? null : STREAMS.indexOf(this.#open);
  }

  /** Ends the unfinished line, although the rest of it may follow. */
  #interrupt(output: TextOutput): void {
    output.byte(LF);
    this.#release(otherThan(this.#open ?? 'stdout'), output);
  }

  #release(held: LogStream, output: TextOutput): void {
    if (this.#held.length === 0) return;
    output.append(this.#held.text);
    this.#open = this.#held.last === LF ? null : held;
    this.#held.clear();
  }
}

function otherThan(stream: LogStream): LogStream {
  return stream === 'stdout' ? 'stderr' : 'stdout';
}
