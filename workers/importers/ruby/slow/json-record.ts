import { Byte, HEX } from '../bytes.ts';
import { latin1Of } from './record-text.ts';

/** The position of one field of a record. */
export interface Token {
  key: string;
  kind: 'text' | 'list' | 'object' | 'scalar';
  /** Position of the opening quote of the key. */
  field: number;
  /** The bytes of the value, without quotes, brackets or braces. */
  start: number;
  end: number;
}

/**
 * `more`: all bytes are read and the object continues. `whole`: it ended. `broken`: it is not JSON. `inner`:
 * another record starts within it, and it never ends.
 */
export type JsonOutcome = 'more' | 'whole' | 'broken' | 'inner';

/** What is expected next. */
enum Next {
  keyOrClose,
  key,
  colon,
  value,
  valueOrClose,
  comma,
  string,
}

/** Which fields of a record were seen in a nested object. */
enum Seen {
  none,
  address,
  type = 2,
  both = 3,
}

const MAX_SCALAR_BYTES = 400;
/** The outer record must end within this many bytes from the start of a nested record. */
const MAX_INNER_BYTES = 1 << 16;
/** The same, if the nested record contains another one. */
const MAX_TWICE_INNER_BYTES = 1 << 10;
const MAX_KEY_BYTES = 200;
const ESCAPED = new Set([...'"\\/bfnrtu'].map(char => char.charCodeAt(0)));
const LOWER_U = 0x75;
const [ADDRESS, TYPE, ROOT] = ['address', 'type', 'ROOT'].map(text => new TextEncoder().encode(text)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

/**
 * Reads one JSON object strictly, to its closing brace, in any spacing, with any order of keys, over several lines. It
 * can be read in pieces: {@link run} continues where it stopped. O(length) in all. Fields of nested objects are not
 * kept.
 */
export class JsonRecord {
  /** The fields read so far, without those of nested objects. */
  readonly tokens: Token[] = [];
  /** The opening brace. */
  start = -1;
  /** The position up to which it was read; after the closing brace, or where it is broken. */
  position = 0;
  /** The opening quote of the text that is being read, or the start of any other token. */
  tokenStart = 0;
  /** The opening quote of the last string, keys included; `start` if there was none. */
  stringStart = 0;
  /**
   * Where the first nested object with an address and a type starts; -1 if there is none. If this record is complete,
   * that is one of its values; otherwise this record, or one around it, was cut before it.
   */
  innerStart = -1;
  #innerDepth = 0;
  #innerBytes = MAX_INNER_BYTES;
  /** Whether there are spaces where Ruby writes none: anywhere but after commas. */
  isSpaced = false;
  /** Whether a space is missing after a comma, where Ruby writes one. */
  isTight = false;
  #next = Next.keyOrClose;
  #isKey = false;
  /** Position of the key of the current field. */
  #field = 0;
  #depth = 0;
  #maxDepth = 0;
  /** The current key of the record itself; and which sign of a record the last key of a nested object is. */
  #key = '';
  #sign = Seen.none;
  /** For each depth: whether it is a list, where it starts, and what was seen. */
  readonly #isList: boolean[] = [];
  readonly #starts: number[] = [];
  readonly #seen: number[] = [];

  /** Starts to read the object whose opening brace is at `start`. An object deeper than `maxDepth` is broken. */
  begin(start: number, maxDepth = Number.POSITIVE_INFINITY): void {
    this.#maxDepth = maxDepth;
    this.tokens.length = 0;
    this.start = start;
    this.position = start + 1;
    this.tokenStart = start;
    this.stringStart = start;
    this.innerStart = -1;
    this.#innerBytes = MAX_INNER_BYTES;
    this.isSpaced = false;
    this.isTight = false;
    this.#depth = 0;
    this.#field = start + 1;
    this.#open(start, false);
  }

  /** Subtracts `by` from all positions. */
  moved(by: number): void {
    this.start -= by;
    this.position -= by;
    this.tokenStart -= by;
    this.stringStart -= by;
    if (this.innerStart >= 0) this.innerStart -= by;
    this.#field -= by;
    for (let depth = 1; depth <= this.#depth; depth++) this.#starts[depth]! -= by;
    for (const token of this.tokens) {
      token.field -= by;
      token.start -= by;
      token.end -= by;
    }
  }

  /** The key whose value is being read; null if there is none. */
  get openKey(): string | null {
    const inValue = this.#next === Next.value || (this.#next === Next.string && !this.#isKey);
    return this.#depth > 1 || inValue ? this.#key : null;
  }

  /** Whether the last token was a value: a number may have been cut in two. */
  get isAfterValue(): boolean {
    return this.#depth === 1 && this.#next === Next.comma;
  }

  /** Start of the field that is being read; between fields, the position up to which it was read. */
  get openField(): number {
    const isBetween = this.#next === Next.comma || this.#next === Next.key || this.#next === Next.keyOrClose;
    return this.#depth === 1 && isBetween ? this.position : this.#field;
  }

  /** Continues to read, up to `end` at most. */
  run(bytes: Uint8Array, end: number): JsonOutcome {
    let p = this.position;
    for (;;) {
      if (this.#next === Next.string) {
        p = this.#string(bytes, p, end);
        if (p < 0) return p === ENDS ? 'more' : 'broken';
        if (this.#endString(bytes, p++)) return 'inner';
        continue;
      }
      while (p < end && isSpace(bytes[p]!)) {
        if (bytes[p] !== Byte.space || bytes[p - 1] !== Byte.comma) this.isSpaced = true;
        p++;
      }
      this.position = p;
      if (p >= end) return 'more';
      this.tokenStart = p;
      const byte = bytes[p]!;
      if (byte === Byte.quote && this.#next !== Next.comma && this.#next !== Next.colon) {
        this.#beginString(p++);
        continue;
      }
      if (this.#next === Next.colon && byte === Byte.colon) {
        this.#next = Next.value;
        p++;
        continue;
      }
      if (this.#next === Next.comma && byte === Byte.comma) {
        this.#next = this.#isList[this.#depth] ? Next.value : Next.key;
        p++;
        continue;
      }
      const isList = this.#isList[this.#depth]!;
      if (byte === (isList ? Byte.closeBracket : Byte.closeBrace) && this.#mayClose()) {
        this.position = ++p;
        if (--this.#depth === 0) return 'whole';
        this.#value(bytes, isList ? 'list' : 'object', this.#starts[this.#depth + 1]! + 1, p - 1);
        continue;
      }
      if (this.#next !== Next.value && this.#next !== Next.valueOrClose) return 'broken';
      if (byte === Byte.openBrace || byte === Byte.openBracket) {
        if (this.#depth === this.#maxDepth) return 'broken';
        this.#open(p++, byte === Byte.openBracket);
        continue;
      }
      const stop = endOfScalar(bytes, p, end);
      if (stop === p || stop - p > MAX_SCALAR_BYTES) return 'broken';
      if (stop === end) return 'more';
      if (!areDigits(bytes, p, stop) && !isJsonScalar(latin1Of(bytes, p, stop))) return 'broken';
      if (this.#value(bytes, 'scalar', p, stop)) return 'inner';
      p = stop;
    }
  }

  #open(start: number, isList: boolean): void {
    const depth = ++this.#depth;
    this.#isList[depth] = isList;
    this.#starts[depth] = start;
    this.#seen[depth] = 0;
    this.#next = isList ? Next.valueOrClose : Next.keyOrClose;
  }

  #mayClose(): boolean {
    return this.#next === Next.comma || this.#next === Next.keyOrClose || this.#next === Next.valueOrClose;
  }

  #beginString(p: number): void {
    this.#isKey = this.#next === Next.key || this.#next === Next.keyOrClose;
    if (this.#isKey && this.#depth === 1) this.#field = p;
    this.#next = Next.string;
    this.stringStart = p;
    this.position = p + 1;
  }

  /** The closing quote of the string that continues at `from`; {@link ENDS} or {@link BROKEN} if there is none. */
  #string(bytes: Uint8Array, from: number, end: number): number {
    let p = from;
    for (; p < end; p++) {
      const byte = bytes[p]!;
      if (byte === Byte.quote) return p;
      if (byte < Byte.space) {
        this.position = p;
        return BROKEN;
      }
      if (byte !== Byte.backslash) continue;
      const escaped = bytes[p + 1];
      const length = escaped === LOWER_U ? 6 : 2;
      if (p + length > end) break;
      if (!ESCAPED.has(escaped!) || (length === 6 && !isHex(bytes, p + 2, p + 6))) {
        this.position = p;
        return BROKEN;
      }
      p += length - 1;
    }
    this.position = p;
    return ENDS;
  }

  /** Ends the current string at the quote `close`. Returns what {@link #value} returns. */
  #endString(bytes: Uint8Array, close: number): boolean {
    const start = this.tokenStart + 1;
    this.position = close + 1;
    if (!this.#isKey) return this.#value(bytes, 'text', start, close);
    this.#next = Next.colon;
    if (this.#depth > 1) {
      this.#sign = isText(bytes, start, close, ADDRESS) ? Seen.address : Seen.none;
      if (isText(bytes, start, close, TYPE)) this.#sign = Seen.type;
      return false;
    }
    const key = close - start > MAX_KEY_BYTES ? '' : unescaped(latin1Of(bytes, start, close));
    // Before this key, Ruby itself writes no space.
    if (bytes[start - 2] === Byte.comma && key !== 'edge_name') this.isTight = true;
    this.#key = key;
    return false;
  }

  /** Notes a value. Returns whether this object cannot be a record: see {@link innerStart}. */
  #value(bytes: Uint8Array, kind: Token['kind'], start: number, end: number): boolean {
    const depth = this.#depth;
    this.#next = Next.comma;
    if (this.innerStart >= 0 && end - this.innerStart > this.#innerBytes) return true;
    if (depth === 1) {
      this.tokens.push({ key: this.#key, kind, field: this.#field, start, end });
      return false;
    }
    if (kind !== 'text' || this.#isList[depth] || this.#sign === Seen.none) return false;
    if (this.#sign === Seen.type)
      this.#seen[depth]! |= isText(bytes, start, end, ROOT) ? Seen.both : Seen.type;
    else if (isAddress(bytes, start, end)) this.#seen[depth]! |= Seen.address;
    if (this.#seen[depth] === Seen.both) this.#inner(depth);
    return false;
  }

  /** Notes an object with an address and a type within this one. */
  #inner(depth: number): void {
    if (this.innerStart < 0) {
      this.innerStart = this.#starts[depth]!;
      this.#innerDepth = depth;
      return;
    }
    // Records that are cut within a list are nested in each other, and each would be read to this point.
    const isWithin = depth > this.#innerDepth && this.#starts[this.#innerDepth] === this.innerStart;
    if (isWithin) this.#innerBytes = MAX_TWICE_INNER_BYTES;
  }
}

/** A key without its escapes, which another program may have written. */
function unescaped(key: string): string {
  return key.includes('\\') ? (JSON.parse(`"${key}"`) as string) : key;
}

/** Instead of a position: the bytes end; the text is not JSON. */
const ENDS = -1;
const BROKEN = -2;

export function isSpace(byte: number): boolean {
  return byte === Byte.space || byte === Byte.lf || byte === Byte.cr || byte === Byte.tab;
}

/** The position after the number, `true`, `false`, `null` or other word at `p`. */
export function endOfScalar(bytes: Uint8Array, p: number, end: number): number {
  let stop = p;
  while (stop < end && isScalar(bytes[stop]!)) stop++;
  return stop;
}

/** Whether a byte is a letter, a digit or another character of numbers. */
function isScalar(byte: number): boolean {
  const isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
  return (
    isLetter || (byte >= Byte.zero && byte <= Byte.nine) || byte === 0x2d || byte === 0x2b || byte === 0x2e
  );
}

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) if (bytes[p]! < Byte.zero || bytes[p]! > Byte.nine) return false;
  return true;
}

/** Whether a word is a JSON value, or one that some programs write instead. */
export function isJsonScalar(word: string): boolean {
  return /^(-?\d+(\.\d+)?([eE][-+]?\d+)?|true|false|null|NaN|-?Infinity)$/.test(word);
}

function isHex(bytes: Uint8Array, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (HEX[bytes[p]!]! < 0) return false;
  return true;
}

function isText(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}

/** Whether the text is `0x` and hexadecimal digits. */
function isAddress(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end > start + 2 &&
    bytes[start] === Byte.zero &&
    (bytes[start + 1]! | 0x20) === 0x78 &&
    isHex(bytes, start + 2, end)
  );
}
