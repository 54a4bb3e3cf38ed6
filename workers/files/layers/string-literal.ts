import { concatenated } from '../opened-text.ts';
import type { LayerDecoder, Restart } from './decoder.ts';
import { BACKSLASH, LONGEST_ESCAPE, QUOTE, writeString } from './escapes.ts';
import { CR, LF } from './line-decoder.ts';
import type { TextOutput } from './text-output.ts';

const OPEN_BRACE = 0x7b;
const COLON = 0x3a;
const SPACE = 0x20;
const NOTHING = new Uint8Array(0);

/** The state of the decoder for a restart: one bit each. */
const INSIDE = 1;
/** The line began as an object: strings in it belong to it, unless the dump is a member of one. */
const IN_OBJECT = 2;
const AT_LINE_START = 4;
/** The last line of the output has text but no end yet. */
const MID_LINE = 8;

/**
 * The value of `ObjectSpace.dump_all(output: :string)` as a console prints it, `=> "{\"type\":\"ROOT\"…\n"`, or as a
 * string in JSON. Escapes of both languages are undone. Text outside such strings passes through, on lines of its own.
 */
export class StringLiteralDecoder implements LayerDecoder {
  readonly #isMember: boolean;
  /** Position of the first opening quote, and the current position in the input. */
  readonly #opening: number;
  #position = 0;
  #state: number;
  /** Whether the output was in the middle of a line where this decoder took over. */
  readonly #beganMidLine: boolean;
  #isMidLine: boolean;
  /** The end of the input so far, which is too short to be decoded. */
  #rest: Uint8Array = NOTHING;

  /**
   * `isMember`: the string is the value of a member of an object. `opening`: the position of the quote that opens
   * the first literal, in bytes of the input; negative if it was passed.
   */
  constructor(isMember: boolean, opening: number, state: number | null) {
    this.#isMember = isMember;
    this.#opening = opening;
    this.#state = (state ?? AT_LINE_START) & ~MID_LINE;
    this.#beganMidLine = state !== null && (state & MID_LINE) !== 0;
    this.#isMidLine = this.#beganMidLine;
  }

  push(input: Uint8Array, output: TextOutput): void {
    const bytes = this.#rest.length === 0 ? input : concatenated(this.#rest, input);
    const read = this.#run(bytes, false, output);
    this.#position += read;
    this.#rest = bytes.slice(read);
  }

  finish(output: TextOutput): void {
    this.#run(this.#rest, true, output);
    this.#rest = NOTHING;
  }

  restart(): Restart {
    return { unread: this.#rest.length, state: this.#state | (this.#isMidLine ? MID_LINE : 0) };
  }

  /** Decodes until more input is needed, and returns the position. */
  #run(bytes: Uint8Array, last: boolean, output: TextOutput): number {
    let at = 0;
    while (at < bytes.length) {
      const next =
        (this.#state & INSIDE) === 0
          ? this.#outside(bytes, at, last, output)
          : this.#inside(bytes, at, last, output);
      if (next < 0) break;
      at = next;
    }
    this.#isMidLine = this.#isWithinLine(output);
    return at;
  }

  #isWithinLine(output: TextOutput): boolean {
    return output.last === -1 ? this.#beganMidLine : output.last !== LF;
  }

  #endLine(output: TextOutput): void {
    if (this.#isWithinLine(output)) output.byte(LF);
  }

  /** Decodes the literal to its end, or until more input is needed. */
  #inside(bytes: Uint8Array, at: number, last: boolean, output: TextOutput): number {
    if (bytes[at] === QUOTE) return this.#close(bytes, at + 1, last, output);
    if (bytes[at] === LF) {
      // Literals do not continue across lines: this one was cut.
      this.#state = AT_LINE_START;
      output.byte(LF);
      return at + 1;
    }
    const next = writeString(bytes, at, bytes.length, last, output);
    return next === at ? -1 : next;
  }

  /**
   * Continues after the closing quote. ` +` and ` \` at the end of a line join literals, so they get no line of their
   * own.
   */
  #close(bytes: Uint8Array, at: number, last: boolean, output: TextOutput): number {
    const joint = 4;
    if (at + joint > bytes.length && !last) return -1;
    this.#endLine(output);
    this.#state = 0;
    const isJoint = bytes[at] === SPACE && (bytes[at + 1] === 0x2b || bytes[at + 1] === BACKSLASH);
    const lineEnd = bytes[at + 2] === CR ? at + 3 : at + 2;
    if (isJoint && bytes[lineEnd] === LF) {
      this.#state = AT_LINE_START;
      return lineEnd + 1;
    }
    if (bytes[at] !== LF) return at;
    this.#state = AT_LINE_START;
    return at + 1;
  }

  /** Passes text through, up to the next literal or the end of the line. */
  #outside(bytes: Uint8Array, at: number, last: boolean, output: TextOutput): number {
    if ((this.#state & AT_LINE_START) !== 0) {
      if (at + 2 > bytes.length && !last) return -1;
      const isObject = bytes[at] === OPEN_BRACE && bytes[at + 1] === QUOTE;
      this.#state = isObject ? IN_OBJECT : 0;
    }
    let end = at;
    for (; end < bytes.length; end++) {
      const byte = bytes[end]!;
      if (byte === LF) {
        output.append(bytes, at, end + 1);
        this.#state = AT_LINE_START;
        return end + 1;
      }
      if (byte !== QUOTE) continue;
      if (end + LONGEST_OPENING > bytes.length && !last) break;
      if (!this.#opens(bytes, at, end)) continue;
      // Around the string, the punctuation of its object and a console's arrow are not text.
      const isArrow = end - at === 3 && bytes[at] === 0x3d && !this.#isWithinLine(output);
      if ((this.#state & IN_OBJECT) === 0 && !isArrow) output.append(bytes, at, end);
      this.#endLine(output);
      this.#state = INSIDE;
      return end + 1;
    }
    // The text before a quote decides whether it opens the literal: keep a little of it.
    const kept = last ? 0 : bytes.length - end + KEPT_BYTES;
    const stop = Math.max(at, bytes.length - kept);
    if (stop === at && !last) return -1;
    output.append(bytes, at, stop);
    return stop;
  }

  #opens(bytes: Uint8Array, from: number, quote: number): boolean {
    if (this.#position + quote === this.#opening) return true;
    if (!beginsObject(bytes, quote + 1)) return false;
    if ((this.#state & IN_OBJECT) === 0) return true;
    let before = quote - 1;
    while (before >= from && bytes[before] === SPACE) before--;
    return this.#isMember && before >= from && bytes[before] === COLON;
  }
}

/** An object must begin within this many bytes of a quote for it to open another literal. */
const LONGEST_OPENING = LONGEST_ESCAPE;

/** Whether the first quote within a string is escaped and comes after a brace. */
function beginsObject(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + LONGEST_OPENING - 3; at++) {
    const byte = bytes[at];
    if (byte === undefined || byte === QUOTE || byte === LF) return false;
    if (byte !== BACKSLASH) continue;
    at++;
    if (bytes[at] === QUOTE || isEscapedQuote(bytes, at)) return bytes[at - 2] === OPEN_BRACE;
  }
  return false;
}

/** Whether `u0022` follows a backslash: some programs write quotes in JSON like this. */
function isEscapedQuote(bytes: Uint8Array, at: number): boolean {
  return UNICODE_QUOTE.every((byte, index) => bytes[at + index] === byte);
}

const UNICODE_QUOTE = [0x75, 0x30, 0x30, 0x32, 0x32];

/** Room for a colon and the spaces after it, or a console's arrow. */
const KEPT_BYTES = LONGEST_ESCAPE;
