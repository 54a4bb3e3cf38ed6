import { BACKSLASH, QUOTE, writeString } from './escapes.ts';
import { LF, LineDecoder } from './line-decoder.ts';
import { type LogStream, LogStreams } from './log-streams.ts';
import type { TextOutput } from './text-output.ts';

const OPEN_BRACE = 0x7b;
const COLON = 0x3a;
const LATIN1 = new TextDecoder('latin1');

/** The relevant members of a log line. */
interface LogLine {
  textStart: number;
  textEnd: number;
  stream: LogStream;
  /** Whether the line continues in the next one of its stream, if another member says so; otherwise null. */
  isPiece: boolean | null;
}

/**
 * A log whose lines are JSON objects with the text in one member. Docker's json-file driver writes
 * `{"log":"text\n","stream":"stdout","time":"…"}`, and cuts lines over 16 KiB into pieces, the last of which has a line
 * feed. Other programs mark pieces by `logtag` or `partial_message`, or write one line each.
 */
export class JsonLogDecoder extends LineDecoder {
  readonly #key: string;
  readonly #depth: number;
  readonly #streams: LogStreams;

  /**
   * `key`: the member with the text. `depth`: number of objects that it is in; 1 for a member of the line's own object.
   */
  constructor(key: string, depth: number, state: number) {
    super();
    this.#key = key;
    this.#depth = depth;
    this.#streams = new LogStreams(state);
  }

  protected line(bytes: Uint8Array, start: number, end: number, output: TextOutput): void {
    const found = logLine(bytes, start, end, this.#key, this.#depth);
    if (found === null) {
      const target = this.#streams.target('stderr', output);
      target.append(bytes, start, end);
      target.byte(LF);
      this.#streams.pieceWritten('stderr', true, output);
      return;
    }
    const { stream, isPiece } = found;
    const target = this.#streams.target(stream, output);
    writeString(bytes, found.textStart, found.textEnd, true, target);
    const hasLineFeed = endsWithLineFeed(bytes, found.textStart, found.textEnd);
    // Docker's own pieces can only be recognized by the missing line feed.
    const ended = hasLineFeed || (isPiece === null ? this.#key !== 'log' : !isPiece);
    if (ended && !hasLineFeed) target.byte(LF);
    this.#streams.pieceWritten(stream, ended, output);
  }

  protected state(): number | null {
    return this.#streams.state;
  }

  protected end(output: TextOutput): void {
    this.#streams.end(output);
  }
}

/** Whether a text ends with an escaped line feed, rather than with a backslash and an n. */
function endsWithLineFeed(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || bytes[end - 1] !== 0x6e) return false;
  let slashes = 0;
  while (end - 2 - slashes >= start && bytes[end - 2 - slashes] === BACKSLASH) slashes++;
  return slashes % 2 === 1;
}

/** The members of a line; null if it is not a JSON object with a text at `key`, nested in `keyDepth` objects. */
function logLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  key: string,
  keyDepth: number,
): LogLine | null {
  let at = bytes.indexOf(OPEN_BRACE, start);
  if (at < 0 || at >= end) return null;
  const line: LogLine = { textStart: -1, textEnd: -1, stream: 'stdout', isPiece: null };
  let depth = 0;
  let name: string | null = null;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      const close = endOfString(bytes, at + 1, end);
      if (close < 0) return null;
      const isLooked = depth === 1 || depth === keyDepth;
      if (isLooked && name === null && isMemberName(bytes, close + 1, end)) {
        name = LATIN1.decode(bytes.subarray(at + 1, close));
      } else if (isLooked && name !== null) {
        if (name === key && depth === keyDepth) {
          line.textStart = at + 1;
          line.textEnd = close;
        } else if (close - at < 16) note(line, name, LATIN1.decode(bytes.subarray(at + 1, close)));
        name = null;
      }
      at = close;
    } else if (byte === OPEN_BRACE || byte === 0x5b) {
      depth++;
      name = null;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c) name = null;
    if (depth === 0) break;
  }
  return depth === 0 && line.textStart >= 0 ? line : null;
}

function note(line: LogLine, name: string, value: string): void {
  if (name === 'stream' && value === 'stderr') line.stream = 'stderr';
  else if (name === 'logtag') line.isPiece = value.startsWith('P');
  else if (name === 'partial_message') line.isPiece ??= value === 'true';
  else if (name === 'partial_last' && value === 'true') line.isPiece = false;
}

function endOfString(bytes: Uint8Array, start: number, end: number): number {
  for (let close = bytes.indexOf(QUOTE, start); close >= 0 && close < end; ) {
    let slashes = 0;
    while (bytes[close - 1 - slashes] === BACKSLASH && close - 1 - slashes >= start) slashes++;
    if (slashes % 2 === 0) return close;
    close = bytes.indexOf(QUOTE, close + 1);
  }
  return -1;
}

function isMemberName(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at < end && bytes[at] === COLON;
}
