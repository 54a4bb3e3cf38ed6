import { Byte, HEX } from './bytes.ts';
import { KEY_NAMES } from './record-keys.ts';

/** One field of a record: where its value stands. */
export interface Token {
  key: string;
  kind: 'text' | 'list' | 'object' | 'scalar';
  /** The value's bytes, without quotes, brackets or braces. */
  start: number;
  end: number;
}

export interface Tokens {
  tokens: Token[];
  /** The record ends where the bytes end, with its closing brace. */
  complete: boolean;
  /** What was wrong, for people; null if it is valid JSON. */
  damage: string | null;
}

const KNOWN_KEYS = new Set(KEY_NAMES.slice(1));
const COLON = 0x3a;

/**
 * Cuts a record into fields, leniently: Ruby writes `file`, and before 3.4 class names, without escaping them,
 * and Ruby 3.0 and 3.1 put stale bytes into method names. A text ends at the first quote that is followed by a
 * key Ruby is known to write, or by the end of the record. Where even that fails, reading goes on at the next
 * known key; a field that the bytes end in is left out. O(length) for all but hopeless input.
 */
export function tokenize(bytes: Uint8Array, start: number, end: number): Tokens {
  return new Tokenizer(bytes, end).run(start);
}

class Tokenizer {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #tokens: Token[] = [];
  #damage: string | null = null;

  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes;
    this.#end = end;
  }

  run(start: number): Tokens {
    let complete = false;
    let p = start + 1;
    while (p < this.#end) {
      p = this.#field(p);
      if (p < 0) {
        this.#damaged('the record is cut off');
        break;
      }
      if (this.#bytes[p] === Byte.closeBrace && p + 1 === this.#end) {
        complete = true;
        break;
      }
      const next = this.#keyAfterComma(p);
      if (next >= 0) p = next;
      else {
        this.#damaged('a field cannot be read');
        p = this.#nextKnownKey(p);
        if (p < 0) break;
      }
    }
    return { tokens: this.#tokens, complete, damage: this.#damage };
  }

  #damaged(reason: string): void {
    this.#damage ??= reason;
  }

  /** One `"key":value` from `p`, at the opening quote; the position behind it, or -1 if the bytes end before. */
  #field(p: number): number {
    const bytes = this.#bytes;
    const nameEnd = this.#keyEnd(p);
    if (nameEnd < 0) return p;
    const key = latin1Of(bytes, p + 1, nameEnd);
    const at = nameEnd + 2;
    const first = bytes[at];
    if (first === Byte.quote) return this.#text(key, at + 1);
    if (first === Byte.openBracket) return this.#enclosed(key, 'list', at + 1, Byte.closeBracket);
    if (first === Byte.openBrace) return this.#enclosed(key, 'object', at + 1, Byte.closeBrace);
    let end = at;
    while (end < this.#end && bytes[end] !== Byte.comma && bytes[end] !== Byte.closeBrace) end++;
    if (end === this.#end) return -1; // A number may be cut in two: 12 of 1234 would be wrong.
    if (!/^(true|false|null|-?\d+(\.\d+)?)$/.test(latin1Of(bytes, at, Math.min(end, at + 40)))) {
      this.#damaged(`"${key}" is no number`);
    }
    return this.#token(key, 'scalar', at, end, end);
  }

  #token(key: string, kind: Token['kind'], start: number, end: number, next: number): number {
    this.#tokens.push({ key, kind, start, end });
    return next;
  }

  #enclosed(key: string, kind: 'list' | 'object', start: number, close: number): number {
    const end = this.#bytes.indexOf(close, start);
    if (end >= 0 && end < this.#end) return this.#token(key, kind, start, end, end + 1);
    // What a cut list holds before the cut is still true.
    if (kind === 'list') this.#token(key, kind, start, this.#end, this.#end);
    return -1;
  }

  #text(key: string, start: number): number {
    let end = this.#jsonEnd(start);
    if (end < 0 || !this.#endsField(end + 1)) {
      end = this.#rawEnd(start);
      if (end < 0) return -1;
      this.#damaged(`"${key}" is not escaped`);
    } else if (!isValidJson(this.#bytes, start, end)) {
      this.#damaged(`"${key}" is not escaped`);
    }
    return this.#token(key, 'text', start, end, end + 1);
  }

  /** The quote that ends a JSON string, or -1. */
  #jsonEnd(p: number): number {
    for (; p < this.#end; p++) {
      if (this.#bytes[p] === Byte.backslash) p++;
      else if (this.#bytes[p] === Byte.quote) return p;
    }
    return -1;
  }

  /** The first quote behind which a field ends in a way that Ruby writes, or -1. */
  #rawEnd(p: number): number {
    for (; p < this.#end; p++) {
      if (this.#bytes[p] === Byte.quote && this.#endsField(p + 1)) return p;
    }
    return -1;
  }

  #endsField(p: number): boolean {
    return (this.#bytes[p] === Byte.closeBrace && p + 1 === this.#end) || this.#knownKeyAfterComma(p);
  }

  /** Position of the quote that ends a key which starts at the quote `p`, or -1. */
  #keyEnd(p: number): number {
    const bytes = this.#bytes;
    if (bytes[p] !== Byte.quote) return -1;
    let q = p + 1;
    while (q < this.#end && (bytes[q] === 0x5f || (bytes[q]! >= 0x61 && bytes[q]! <= 0x7a))) q++;
    return q > p + 1 && q + 2 < this.#end && bytes[q] === Byte.quote && bytes[q + 1] === COLON ? q : -1;
  }

  /** The quote of the key that follows `,` or `, `; -1 if none does. */
  #keyAfterComma(p: number): number {
    if (this.#bytes[p] !== Byte.comma) return -1;
    const q = this.#bytes[p + 1] === Byte.space ? p + 2 : p + 1;
    return this.#keyEnd(q) < 0 ? -1 : q;
  }

  #knownKeyAfterComma(p: number): boolean {
    const q = this.#keyAfterComma(p);
    return q >= 0 && KNOWN_KEYS.has(latin1Of(this.#bytes, q + 1, this.#keyEnd(q)));
  }

  #nextKnownKey(p: number): number {
    for (let q = p; q < this.#end; q++) {
      if (this.#bytes[q] === Byte.comma && this.#knownKeyAfterComma(q)) return this.#keyAfterComma(q);
    }
    return -1;
  }
}

/**
 * Bytes as a string of one character each, so that positions stay those of the file. ASCII is itself; what the
 * others become matters to nobody.
 */
export function latin1Of(bytes: Uint8Array, start: number, end: number): string {
  return LATIN1.decode(bytes.subarray(start, end));
}

const LATIN1 = new TextDecoder('latin1');

const ESCAPES = '"\\/bfnrtu';

/** Whether the inside of a string is as JSON wants it. */
export function isValidJson(bytes: Uint8Array, start: number, end: number): boolean {
  for (let p = start; p < end; p++) {
    const byte = bytes[p]!;
    if (byte < 0x20 || byte === Byte.quote) return false;
    if (byte !== Byte.backslash) continue;
    const escaped = bytes[++p]!;
    if (p >= end || !ESCAPES.includes(String.fromCharCode(escaped))) return false;
    if (escaped !== 0x75) continue;
    for (let i = 1; i <= 4; i++) if (p + i >= end || HEX[bytes[p + i]!]! < 0) return false;
    p += 4;
  }
  return true;
}

/**
 * A text as people should read it. `escaped` texts are those that Ruby escapes, or newer Rubies do: they are
 * unescaped where they can be. Bytes that are no UTF-8 become U+FFFD.
 */
export function textOf(bytes: Uint8Array, token: Token, escaped: boolean): string {
  const raw = escaped
    ? withoutStaleBytes(bytes.subarray(token.start, token.end))
    : bytes.subarray(token.start, token.end);
  const text = new TextDecoder().decode(raw);
  if (!escaped || !raw.includes(Byte.backslash) || !isValidJson(raw, 0, raw.length)) return text;
  return JSON.parse(`"${text}"`) as string;
}

/**
 * A method name as Ruby 3.0 and 3.1 write it, with U+FFFD for each run of bytes they lost: every byte from 0x80
 * on came out as `\u00ff`, a NUL and five bytes of an older buffer (fixed in 3.2).
 */
function withoutStaleBytes(bytes: Uint8Array): Uint8Array {
  const mark = [0x5c, 0x75, 0x30, 0x30, 0x66, 0x66, 0x00];
  const isMark = (at: number) => mark.every((byte, i) => bytes[at + i] === byte);
  if (!bytes.includes(0)) return bytes;
  const cleaned: number[] = [];
  let lost = false;
  for (let at = 0; at < bytes.length; ) {
    if (isMark(at)) {
      if (!lost) cleaned.push(0xef, 0xbf, 0xbd);
      lost = true;
      at += mark.length + 5;
    } else {
      cleaned.push(bytes[at++]!);
      lost = false;
    }
  }
  return Uint8Array.from(cleaned);
}
