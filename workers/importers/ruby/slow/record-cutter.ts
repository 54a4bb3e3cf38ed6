import { Byte } from '../bytes.ts';
import { isSpace, type JsonOutcome, JsonRecord, type Token } from './json-record.ts';
import { type RawReading, readRaw } from './raw-record.ts';
import { isObject, mayBeRecord, typeHasMemsize, typeOf } from './record-signs.ts';
import { isSeparator, RecordStarts, skipSpaces } from './record-starts.ts';
import { mayBeRaw, rereadStart, startsFrom } from './reread.ts';

/**
 * What a piece of text is. `blank`: only separators. `object`: a JSON object, or a repaired record. `cut`: a
 * truncated record, with the fields before the cut. `foreign`: text that is not a record. `pause`: call again, to let
 * others work. `more`: more bytes are needed.
 */
export type PieceKind = 'blank' | 'object' | 'cut' | 'foreign' | 'pause' | 'more';

/** Bytes read between two pauses. */
const PAUSE_BYTES = 1 << 20;
/** This many bytes are enough to tell whether a record starts. */
const START_BYTES = 512;
/** Text without a newline is returned in pieces of at least this size. */
const FOREIGN_BYTES = 1 << 16;
const PHANTOM_BYTES = 1 << 16;
/** Maximum depth for objects that are known not to be JSON: only their own fields matter. */
const KNOWN_DEPTH = 32;
const MAX_LINE_BYTES = 1 << 20;
const CUT = 'the record is cut off';
const CUT_BY_RECORD = 'it is cut off where another record begins';

/**
 * Cuts a text into pieces: records in any layout, and what is between them. A record ends where its object ends,
 * whatever follows; a cut record ends before the next one. The result does not depend on how the bytes arrive.
 * O(length); backtracking is bounded.
 */
export class RecordCutter {
  /** Whether records of this dump contain a memsize. */
  expectsMemsize = true;
  /** The last piece: its start, and the position after it. */
  start = 0;
  end = 0;
  tokens: readonly Token[] = [];
  /** What is wrong with the piece, to be shown; null if it is valid JSON. */
  damage: string | null = null;
  /** Whether the piece is valid JSON, but in a layout that the scanner does not read. */
  isRewritten = false;
  /** Whether another program wrote the record, and escaped all texts. */
  isEscaped = false;
  readonly #json = new JsonRecord();
  readonly #probe = new JsonRecord();
  readonly #starts = new RecordStarts();
  #outcome: JsonOutcome | null = null;
  /** Objects that start before this position, within one that could not be read, cannot be read either. */
  #failedUntil = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #end = 0;
  #last = false;
  /** Whether more bytes could change the result. */
  #isUnsure = false;

  /** All positions are `by` less from now on. */
  moved(by: number): void {
    this.#json.moved(by);
    this.#starts.moved(by);
    this.#failedUntil -= by;
  }

  /** Whether a record seems to start in `from` … `end`. */
  hasStart(bytes: Uint8Array, from: number, end: number): boolean {
    return this.#starts.next(bytes, from, end) < end;
  }

  /** The piece at `at`. The bytes end at `end`; with `last`, the text ends there, too. */
  next(bytes: Uint8Array, at: number, end: number, last: boolean): PieceKind {
    this.#bytes = bytes;
    this.#end = end;
    this.#last = last;
    this.damage = null;
    this.isRewritten = false;
    this.isEscaped = false;
    this.tokens = [];
    let line = at;
    let p = at;
    for (; p < end && isSeparator(bytes[p]!); p++) if (bytes[p] === Byte.lf) line = p + 1;
    // Spaces and brackets belong to the text that follows on the same line, if there is any.
    if (p === end) return this.#piece('blank', at, last || end - line > FOREIGN_BYTES ? end : line);
    if (bytes[p] === Byte.openBrace) return this.#object(p);
    return this.#foreign(line, p);
  }

  #piece(kind: PieceKind, start: number, end: number): PieceKind {
    this.start = start;
    this.end = end;
    return kind === 'blank' && start === end ? 'more' : kind;
  }

  /** Text up to the end of the line, or to where an object may start, which is searched for from `from` on. */
  #foreign(start: number, from: number): PieceKind {
    const bytes = this.#bytes;
    for (let p = from; p < this.#end; p++) {
      if (bytes[p] === Byte.lf) return this.#piece('foreign', start, p);
      if (bytes[p] !== Byte.openBrace || p === start) continue;
      const quote = skipSpaces(bytes, p + 1, this.#end);
      if (quote === this.#end && !this.#last) return this.#unfinished(start, p);
      if (bytes[quote] === Byte.quote) return this.#piece('foreign', start, p);
    }
    return this.#last ? this.#piece('foreign', start, this.#end) : this.#unfinished(start, this.#end);
  }

  /** A long text is returned before its line ends. */
  #unfinished(start: number, end: number): PieceKind {
    return end - start < FOREIGN_BYTES ? 'more' : this.#piece('foreign', start, end);
  }

  #object(start: number): PieceKind {
    const json = this.#json;
    if (json.start !== start || this.#outcome === null) {
      json.begin(start, start < this.#failedUntil ? KNOWN_DEPTH : Number.POSITIVE_INFINITY);
    }
    const stop = Math.min(this.#end, json.position + PAUSE_BYTES);
    if (this.#outcome === null || this.#outcome === 'more') this.#outcome = json.run(this.#bytes, stop);
    if (this.#outcome === 'more') {
      if (stop < this.#end) return 'pause';
      if (!this.#last) return 'more';
    }
    this.#isUnsure = false;
    const kind = this.#ended(start);
    if (kind === 'more' || this.#isUnsure) return 'more';
    this.#outcome = null;
    return kind;
  }

  #ended(start: number): PieceKind {
    const json = this.#json;
    const isWithin = json.innerStart < 0 || (isObject(json.tokens) && !this.#isOnOwnLine(json.innerStart));
    const isRecord = this.#outcome === 'whole' && isWithin;
    if (isRecord) return this.#whole(start);
    if (json.innerStart >= 0) return this.#outer(start);
    // Text that starts within the last string pairs other quotes, and may be a record.
    this.#failedUntil = Math.max(this.#failedUntil, json.stringStart);
    if (!mayBeRecord(this.#bytes, json, this.#end)) {
      return this.#foreign(start, Math.max(start + 1, this.#nextStart()));
    }
    const raw = this.#readRaw();
    if (raw.outcome === 'more') return 'more';
    if (raw.outcome === 'whole') return this.#record('object', start, raw.end, raw.tokens, raw.damage);
    return this.#cut(start, raw);
  }

  /**
   * Whether an object starts a line although it would be the value of a key on the line before: a record that was cut
   * after a colon is followed by another one. Pretty-printers do not break lines there.
   */
  #isOnOwnLine(start: number): boolean {
    const colon = this.#behindText(start) - 1;
    return this.#bytes[start - 1] === Byte.lf && this.#bytes[colon] === Byte.colon;
  }

  /**
   * Where the next object may start within a broken one: within the last string if that ends with an opening brace,
   * since its closing quote may be the first quote of a record.
   */
  #nextStart(): number {
    const { tokenStart, stringStart } = this.#json;
    const quote = this.#behindText(tokenStart) - 1;
    const brace = this.#behindText(quote) - 1;
    const isInString = this.#bytes[quote] === Byte.quote && brace > stringStart;
    return isInString && this.#bytes[brace] === Byte.openBrace ? brace : tokenStart;
  }

  #record(
    kind: PieceKind,
    start: number,
    end: number,
    tokens: readonly Token[],
    damage: string | null,
  ): PieceKind {
    this.tokens = tokens;
    this.damage = damage;
    return this.#piece(kind, start, end);
  }

  /** An object that ends as valid JSON. A path may contain what looks like that end. */
  #whole(start: number): PieceKind {
    const { tokens, position, isSpaced, isTight } = this.#json;
    const last = tokens.at(-1);
    if (last !== undefined && mayBeRaw(last) && this.#lacksMemsize(tokens)) {
      const follows = this.#followedByText(position);
      if (follows === null) return 'more';
      const raw = follows ? this.#readRaw() : null;
      if (raw?.outcome === 'more') return 'more';
      if (raw?.outcome === 'whole') return this.#record('object', start, raw.end, raw.tokens, raw.damage);
    }
    this.isRewritten = isSpaced;
    this.isEscaped = isSpaced || isTight;
    return this.#record('object', start, position, tokens.slice(), null);
  }

  /** Whether text other than a record follows, after separators; null if more bytes are needed. */
  #followedByText(from: number): boolean | null {
    let p = from;
    while (p < this.#end && isSeparator(this.#bytes[p]!)) p++;
    if (p === this.#end) return this.#last ? false : null;
    return this.#bytes[p] !== Byte.openBrace;
  }

  /** An object in which a record starts: a cut record, or something that contains records. */
  #outer(start: number): PieceKind {
    const { tokens, innerStart } = this.#json;
    if (!mayBeRecord(this.#bytes, this.#json, innerStart)) return this.#piece('foreign', start, innerStart);
    return this.#record('cut', start, innerStart, tokens.slice(), CUT_BY_RECORD);
  }

  #readRaw(): RawReading {
    const from = rereadStart(this.#json);
    const bounds = {
      ...this.#nextRecord(startsFrom(this.#json)),
      end: this.#end,
      last: this.#last,
      lacksMemsize: (tokens: readonly Token[]) => this.#lacksMemsize(tokens),
    };
    return readRaw(this.#bytes, this.#json.tokens, from, bounds);
  }

  /**
   * Where the next record starts. Something that looks like a record in the middle of a line, lacks an
   * expected memsize and is followed by more text is part of a path.
   */
  #nextRecord(from: number): { next: number; phantomStart: number; phantomEnd: number } {
    let phantomStart = 0;
    let phantomEnd = 0;
    for (;;) {
      const next = this.#starts.next(this.#bytes, Math.max(from, phantomEnd), this.#end);
      if (next === this.#end || !this.#isPhantom(from, next)) return { next, phantomStart, phantomEnd };
      if (phantomEnd === 0) phantomStart = next;
      phantomEnd = this.#probe.position;
    }
  }

  #isPhantom(from: number, start: number): boolean {
    const before = this.#bytes.subarray(Math.max(from, start - PHANTOM_BYTES), start);
    if (start - from > PHANTOM_BYTES || before.includes(Byte.lf)) return false;
    this.#probe.begin(start, KNOWN_DEPTH);
    const stop = Math.min(this.#end, start + PHANTOM_BYTES);
    const outcome = this.#probe.run(this.#bytes, stop);
    if (outcome === 'more' && stop === this.#end) this.#isUnsure ||= !this.#last;
    if (outcome !== 'whole' || !this.#lacksMemsize(this.#probe.tokens)) return false;
    return this.#goesOnAsText(this.#probe.position);
  }

  #goesOnAsText(p: number): boolean {
    let q = p;
    while (q < this.#end && isSeparator(this.#bytes[q]!) && this.#bytes[q] !== Byte.lf) q++;
    if (q === this.#end) this.#isUnsure ||= !this.#last;
    return q < this.#end && this.#bytes[q] !== Byte.lf && this.#bytes[q] !== Byte.openBrace;
  }

  /** A record that is cut off: it ends with its line, or where the next record starts. */
  #cut(start: number, raw: RawReading): PieceKind {
    const { next } = this.#nextRecord(startsFrom(this.#json));
    // Later lines are used only if they make the record complete.
    const isEnough = raw.tokens.some(token => token.key === 'memsize');
    const from = this.#behindText(isEnough ? Math.max(raw.end, this.#json.position) : this.#json.position);
    const newline = this.#bytes.subarray(from, next).indexOf(Byte.lf);
    const end = newline < 0 ? next : from + newline;
    const isSure = this.#last || next < this.#end || (newline >= 0 && end + START_BYTES <= this.#end);
    // A line this long cannot be a record.
    if (!isSure && this.#end - from < MAX_LINE_BYTES) return 'more';
    const tokens = raw.tokens.filter(token => token.end <= end);
    const isBeforeRecord = newline < 0 && next < this.#end;
    return this.#record('cut', start, end, tokens, isBeforeRecord ? CUT_BY_RECORD : CUT);
  }

  /** The position after the last byte before `p` that is not a space or newline. */
  #behindText(p: number): number {
    let q = p;
    while (q > 0 && isSpace(this.#bytes[q - 1]!)) q--;
    return q;
  }

  #lacksMemsize(tokens: readonly Token[]): boolean {
    return (
      this.expectsMemsize &&
      typeHasMemsize(typeOf(this.#bytes, tokens)) &&
      !tokens.some(token => token.key === 'memsize')
    );
  }
}
