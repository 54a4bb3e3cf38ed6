import { Byte } from '../bytes.ts';
import { endOfScalar, isJsonScalar, type Token } from './json-record.ts';
import { isKnownKey, isSeparator, keyAt, skipSpaces } from './record-starts.ts';
import { isValidJson, latin1Of } from './record-text.ts';
import { neverHasQuotes } from './reread.ts';

/** What could be read of a record that is not JSON. */
export interface RawReading {
  /** `more`: more bytes are needed to decide. */
  outcome: 'more' | 'whole' | 'cut';
  tokens: Token[];
  /** The position after the closing brace of a whole record; in a cut one, where nothing more could be read. */
  end: number;
  /** What was wrong, to be shown. */
  damage: string;
}

/** What is known about the surroundings of the record. */
export interface RawBounds {
  /** The end of the bytes. More bytes may follow unless they are the `last`. */
  end: number;
  last: boolean;
  /** The start of another record; `end` if none is known. */
  next: number;
  /** Something in a text that looks like a record but is not: no text ends there. An empty range if there is none. */
  phantomStart: number;
  phantomEnd: number;
  /** Whether a record with these fields lacks its memsize. */
  lacksMemsize(tokens: readonly Token[]): boolean;
}

/** Limits of a text that Ruby writes raw: its length, and the number of newlines in it. */
const MAX_RAW_BYTES = 1 << 20;
const MAX_RAW_NEWLINES = 7;
const MAX_SCALAR_BYTES = 400;
/** A comma, spaces, a key and a colon take at most this much. */
const KEY_BYTES = 256;

/**
 * Continues with a record where it stops being JSON: Ruby writes `file`, and before 3.4 class names, without escaping
 * them, and Ruby 3.0 and 3.1 put stale bytes into method names. A text ends at the first quote that is followed by a
 * key Ruby is known to write, or by the end of the record. If that also fails, reading continues at the next known
 * key. Nothing after the start of another record is examined. `tokens` are the fields read so far, of which those
 * from `from` on are read again. O(length).
 */
export function readRaw(
  bytes: Uint8Array,
  tokens: readonly Token[],
  from: number,
  bounds: RawBounds,
): RawReading {
  return new RawReader(bytes, tokens.slice(), bounds).read(from);
}

/** Instead of a position: nothing is there; more bytes are needed. */
const NONE = -1;
const MORE = -2;

class RawReader {
  readonly #bytes: Uint8Array;
  readonly #tokens: Token[];
  readonly #bounds: RawBounds;
  /** The end of the record: nothing from here on belongs to it. */
  readonly #stop: number;
  #damage: string | null = null;
  /** Where nothing more could be read. */
  #stuckAt = 0;

  constructor(bytes: Uint8Array, tokens: Token[], bounds: RawBounds) {
    this.#bytes = bytes;
    this.#tokens = tokens;
    this.#bounds = bounds;
    this.#stop = Math.min(bounds.next, bounds.end);
  }

  read(from: number): RawReading {
    const tokens = this.#tokens;
    while (tokens.length > 0 && tokens.at(-1)!.field >= from) tokens.pop();
    let p = from;
    for (;;) {
      if (keyAt(this.#bytes, p, this.#stop) === null) p = this.#nextField(p);
      if (p >= 0) p = this.#field(p);
      if (p >= 0) p = this.#behindField(p);
      if (p === MORE) return this.#reading('more', this.#stuckAt);
      if (p === NONE) return this.#reading('cut', this.#stuckAt);
      if (this.#bytes[p] === Byte.closeBrace) return this.#reading('whole', p + 1);
    }
  }

  #reading(outcome: RawReading['outcome'], end: number): RawReading {
    const damage = this.#damage ?? (outcome === 'cut' ? 'the record is cut off' : 'a field cannot be read');
    return { outcome, tokens: this.#tokens, end, damage };
  }

  #damaged(reason: string): void {
    this.#damage ??= reason;
  }

  /** Nothing can be read at `p`; or more bytes are needed. */
  #stuck(p: number): number {
    this.#stuckAt = p;
    return this.#stop === this.#bounds.end && !this.#bounds.last ? MORE : NONE;
  }

  /** Continues at the next known key after `p`, on the same line. */
  #nextField(p: number): number {
    this.#damaged('a field cannot be read');
    const stop = Math.min(this.#stop, p + MAX_RAW_BYTES);
    for (let q = p; q < stop; q++) {
      const byte = this.#bytes[q]!;
      if (byte !== Byte.comma && byte !== Byte.lf) continue;
      const key = this.#knownKeyBehind(q);
      if (key >= 0) return key;
      if (byte === Byte.lf && q + KEY_BYTES <= this.#stop) return this.#cutAt(p);
    }
    return stop < this.#stop ? this.#cutAt(p) : this.#stuck(p);
  }

  #cutAt(p: number): number {
    this.#stuckAt = p;
    return NONE;
  }

  /** What follows a field: the opening quote of the next key, or the closing brace of the record. */
  #behindField(p: number): number {
    const q = skipSpaces(this.#bytes, p, this.#stop);
    if (q >= this.#stop) return this.#stuck(p);
    if (this.#bytes[q] === Byte.closeBrace) return q;
    const next = this.#bytes[q] === Byte.comma ? skipSpaces(this.#bytes, q + 1, this.#stop) : -1;
    if (next >= this.#stop) return this.#stuck(q);
    return next >= 0 && keyAt(this.#bytes, next, this.#stop) !== null ? next : this.#nextField(p);
  }

  /** Reads the field whose key is at `p`, and returns the position after it. */
  #field(p: number): number {
    const { key, value } = keyAt(this.#bytes, p, this.#stop)!;
    if (value >= this.#stop) return this.#stuck(p);
    const first = this.#bytes[value];
    if (first === Byte.quote) return this.#text(key, p, value + 1);
    if (first === Byte.openBracket) return this.#list(key, p, value + 1);
    if (first === Byte.openBrace) return this.#object(key, p, value + 1);
    const end = endOfScalar(this.#bytes, value, this.#stop);
    if (end === this.#stop) return this.#stuck(p);
    const follows = skipSpaces(this.#bytes, end, this.#stop);
    if (follows === this.#stop) return this.#stuck(p);
    // A number may be cut in two: 12 of 1234 would be wrong.
    const isShort = end > value && end - value <= MAX_SCALAR_BYTES;
    if (!isShort || !this.#endsScalar(follows, isJsonScalar(latin1Of(this.#bytes, value, end)))) {
      return this.#nextField(value);
    }
    return this.#token(key, 'scalar', p, value, end, end);
  }

  /** Whether what follows at `p` ends a value. A value that is not JSON must be followed by a known key. */
  #endsScalar(p: number, isJson: boolean): boolean {
    const byte = this.#bytes[p];
    return byte === Byte.closeBrace || (byte === Byte.comma && (isJson || this.#knownKeyBehind(p) >= 0));
  }

  #token(key: string, kind: Token['kind'], field: number, start: number, end: number, next: number): number {
    this.#tokens.push({ key, kind, field, start, end });
    return next;
  }

  #text(key: string, field: number, start: number): number {
    const close = this.#jsonEnd(start);
    if (close >= 0) {
      const ends = this.#endsField(close + 1);
      if (ends === MORE) return this.#stuck(field);
      // After a text that cannot contain a quote, the record may be cut.
      if (ends >= 0 || neverHasQuotes(key)) {
        if (!isValidJson(this.#bytes, start, close)) this.#damaged(`"${key}" is not escaped`);
        return this.#token(key, 'text', field, start, close, close + 1);
      }
    }
    const end = this.#rawEnd(start);
    if (end === NONE) return this.#cutAt(field);
    if (end === MORE) return MORE;
    this.#damaged(this.#hasNewline(start, end) ? `"${key}" has a newline` : `"${key}" is not escaped`);
    return this.#token(key, 'text', field, start, end, end + 1);
  }

  #hasNewline(start: number, end: number): boolean {
    return this.#bytes.subarray(start, end).includes(Byte.lf);
  }

  /** The closing quote of a JSON string on one line, or NONE. */
  #jsonEnd(start: number): number {
    for (let p = start; p < this.#stop; p++) {
      const byte = this.#bytes[p];
      if (byte === Byte.backslash) p++;
      else if (byte === Byte.quote) return p;
      else if (byte === Byte.lf) return NONE;
    }
    return NONE;
  }

  /** The first quote after which a field ends as Ruby writes it. */
  #rawEnd(start: number): number {
    const stop = Math.min(this.#stop, start + MAX_RAW_BYTES);
    let newlines = 0;
    for (let p = start; p < stop; p++) {
      const byte = this.#bytes[p];
      if (byte === Byte.lf && ++newlines > MAX_RAW_NEWLINES) return NONE;
      if (byte !== Byte.quote) continue;
      const ends = this.#endsField(p + 1);
      if (ends !== NONE) return ends === MORE ? MORE : p;
    }
    return stop < this.#stop ? NONE : this.#stuck(start);
  }

  /** Whether a text that ends before `p` is followed by what can follow a field: 0 if so, NONE or MORE. */
  #endsField(p: number): number {
    if (p > this.#bounds.phantomStart && p <= this.#bounds.phantomEnd) return NONE;
    const q = skipSpaces(this.#bytes, p, this.#stop);
    if (q >= this.#stop) return this.#stuck(p);
    if (this.#bytes[q] === Byte.comma) return this.#endsAtComma(q);
    if (this.#bytes[q] !== Byte.closeBrace || this.#bounds.lacksMemsize(this.#tokens)) return NONE;
    return this.#endsLine(q + 1);
  }

  #endsAtComma(p: number): number {
    if (this.#knownKeyBehind(p) >= 0) return 0;
    const isNear = p + KEY_BYTES > this.#stop;
    return isNear && this.#stuck(p) === MORE ? MORE : NONE;
  }

  /** Whether only separators, or another record, follow on the line. */
  #endsLine(p: number): number {
    let q = p;
    while (q < this.#stop && isSeparator(this.#bytes[q]!) && this.#bytes[q] !== Byte.lf) q++;
    if (q >= this.#stop) return this.#stop < this.#bounds.end || this.#bounds.last ? 0 : MORE;
    return this.#bytes[q] === Byte.lf ? 0 : NONE;
  }

  /** A list of addresses. The addresses before the end of a cut list are kept. */
  #list(key: string, field: number, start: number): number {
    let p = start;
    for (; p < this.#stop; p++) {
      const byte = this.#bytes[p]!;
      if (byte === Byte.closeBracket) return this.#token(key, 'list', field, start, p, p + 1);
      if (byte === Byte.quote) {
        const close = this.#jsonEnd(p + 1);
        if (close < 0) break;
        p = close;
      } else if (byte === Byte.lf && !this.#goesOn(p)) break;
    }
    const close = this.#endOfBrokenList(p);
    if (close === MORE) return this.#stuck(p);
    if (close >= 0) {
      this.#damaged(`"${key}" has a newline`);
      return this.#token(key, 'list', field, start, close, close + 1);
    }
    this.#token(key, 'list', field, start, p, p);
    return this.#stop < this.#bounds.end || this.#bounds.last ? this.#cutAt(p) : this.#stuck(p);
  }

  /** The end of a list that a newline split at `p`, if the record continues after the list. */
  #endOfBrokenList(p: number): number {
    let newlines = 0;
    const stop = Math.min(this.#stop, p + MAX_RAW_BYTES);
    for (let q = p; q < stop; q++) {
      const byte = this.#bytes[q];
      if (byte === Byte.lf && ++newlines > MAX_RAW_NEWLINES) return NONE;
      if (byte !== Byte.closeBracket) continue;
      const next = skipSpaces(this.#bytes, q + 1, this.#stop);
      if (next >= this.#stop) return this.#stuck(p);
      if (this.#bytes[next] === Byte.closeBrace) return q;
      const ends = this.#bytes[next] === Byte.comma ? this.#endsAtComma(next) : NONE;
      if (ends !== NONE) return ends === MORE ? MORE : q;
    }
    return stop < this.#stop ? NONE : this.#stuck(p);
  }

  /** Whether a list that a program wrote over several lines continues after the newline at `p`. */
  #goesOn(p: number): boolean {
    const q = skipSpaces(this.#bytes, p, this.#stop);
    return q < this.#stop && (this.#bytes[q] === Byte.quote || this.#bytes[q] === Byte.closeBracket);
  }

  #object(key: string, field: number, start: number): number {
    let depth = 1;
    for (let p = start; p < this.#stop; p++) {
      const byte = this.#bytes[p];
      if (byte === Byte.openBrace) depth++;
      else if (byte === Byte.closeBrace && --depth === 0)
        return this.#token(key, 'object', field, start, p, p + 1);
      else if (byte === Byte.quote) {
        p = this.#jsonEnd(p + 1);
        if (p < 0) break;
      }
    }
    return this.#stuck(field);
  }

  /** The opening quote of the known key that follows the comma, or newline, at `p`; -1 if there is none. */
  #knownKeyBehind(p: number): number {
    const q = skipSpaces(this.#bytes, p + 1, this.#stop);
    const key = keyAt(this.#bytes, q, this.#stop);
    return key !== null && isKnownKey(key.key) ? q : -1;
  }
}
