import { CR, LF, LineDecoder } from './line-decoder.ts';
import { type LogStream, LogStreams } from './log-streams.ts';
import type { TextOutput } from './text-output.ts';

/** Matches what is before the text of each line: time, stream, and whether the line is partial (P) or full (F). */
export const CRI_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (stdout|stderr) ([PF])(?::\S*)? /;
/** Longer than any prefix. */
const PREFIX_BYTES = 96;

/**
 * The log of a container as stored by Kubernetes (CRI): `TIME stdout F text`. Long lines are cut into pieces, marked P
 * except for the last.
 */
export class CriLogDecoder extends LineDecoder {
  readonly #streams: LogStreams;

  constructor(state: number) {
    super();
    this.#streams = new LogStreams(state);
  }

  protected line(bytes: Uint8Array, lineStart: number, end: number, output: TextOutput): void {
    const start = lineStart + byteOrderMark(bytes, lineStart);
    const match = CRI_PREFIX.exec(ascii(bytes, start, Math.min(end, start + PREFIX_BYTES)));
    const stream = (match?.[1] ?? 'stderr') as LogStream;
    const isPiece = match?.[2] === 'P';
    const target = this.#streams.target(stream, output);
    // A piece ends with a carriage return only if the line ends of the log itself were changed.
    const textEnd = isPiece && bytes[end - 1] === CR ? end - 1 : end;
    target.append(bytes, start + (match?.[0].length ?? 0), textEnd);
    if (!isPiece) target.byte(LF);
    this.#streams.pieceWritten(stream, !isPiece, output);
  }

  protected state(): number | null {
    return this.#streams.state;
  }

  protected end(output: TextOutput): void {
    this.#streams.end(output);
  }
}

/** Length of a UTF-8 byte order mark at the start of a line, which an editor or a shell put before the log. */
function byteOrderMark(bytes: Uint8Array, at: number): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? 3 : 0;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
