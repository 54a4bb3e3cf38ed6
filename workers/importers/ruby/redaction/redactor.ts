import type { RedactionReport, RedactionRules } from '../../../protocol/redaction.ts';
import type { TextRedactor } from '../../importer.ts';
import { Byte } from '../bytes.ts';
import type { Token } from '../slow/json-record.ts';
import { RecordCutter } from '../slow/record-cutter.ts';
import { latin1Of } from '../slow/record-text.ts';
import { KeyTable } from './key-table.ts';
import { RedactedText } from './redacted-text.ts';
import { TEXT_KINDS, type TextKind, TextReplacer } from './rules.ts';

/** Text is read in pieces of this size; a longer record enlarges the window. */
const WINDOW_BYTES = 1 << 20;
const PLACEHOLDER = '(left out)\n';

/** What a byte may be part of. */
enum Class {
  /** A list of addresses: hexadecimal digits, quotes, commas, spaces. */
  list = 1,
  /** A number or a word such as `true`. */
  scalar = 2,
  /** `flags`: words and numbers. */
  flags = 4,
}

const CLASSES = new Uint8Array(256);
for (const [characters, kind] of [
  ['0123456789abcdefABCDEFxX", ', Class.list],
  ['0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-.', Class.scalar],
  ['0123456789abcdefghijklmnopqrstuvwxyz_":, ', Class.flags],
] as const) {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= kind;
}

/**
 * Redacts the text of a dump, in slices of any size. A record is copied except for the texts that the rules replace; only
 * what is understood is copied at all. Records that Ruby wrote well go through in one pass; of others, the fields that the
 * reader of damaged records finds are written again. O(text).
 */
export class Redactor implements TextRedactor {
  readonly report: RedactionReport = { records: 0, values: 0, leftOut: 0 };
  readonly #keys = new KeyTable();
  readonly #texts: TextReplacer;
  readonly #out: RedactedText;
  readonly #cutter = new RecordCutter();
  /** The texts of a line that are to be replaced: kept from line to line. */
  readonly #kinds: TextKind[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #window = new Uint8Array(WINDOW_BYTES);
  #filled = 0;

  /** `emit` is given the redacted text in pieces, which are its own. */
  constructor(rules: RedactionRules, emit: (piece: Uint8Array<ArrayBuffer>) => void) {
    this.#texts = new TextReplacer(rules);
    this.#out = new RedactedText(emit);
  }

  /** Redacts a slice as far as its records end in it. The slice is not kept. */
  push(slice: Uint8Array): void {
    for (let from = 0; from < slice.length; ) {
      if (this.#filled === this.#window.length) this.#enlarge();
      const taken = Math.min(slice.length - from, this.#window.length - this.#filled);
      this.#window.set(slice.subarray(from, from + taken), this.#filled);
      this.#filled += taken;
      from += taken;
      if (this.#filled === this.#window.length) this.#redact(false);
    }
  }

  /** The text is over. */
  finish(): void {
    this.#redact(true);
    this.#out.flush();
  }

  #enlarge(): void {
    const larger = new Uint8Array(this.#window.length * 2);
    larger.set(this.#window);
    this.#window = larger;
  }

  /** Redacts what is in the window; what only more bytes can tell moves to its front. */
  #redact(last: boolean): void {
    const bytes = this.#window;
    let at = 0;
    while (at < this.#filled) {
      const next = this.#line(bytes, at, this.#filled);
      if (next > 0) {
        at = next;
        continue;
      }
      const kind = this.#cutter.next(bytes, at, this.#filled, last);
      if (kind === 'pause') continue;
      if (kind === 'more') break;
      if (kind === 'object' || kind === 'cut') this.#record(bytes, this.#cutter.tokens, kind === 'cut');
      else if (kind === 'foreign') {
        this.report.leftOut += 1;
        this.#out.write(PLACEHOLDER);
      }
      at = this.#cutter.end;
    }
    this.#window.copyWithin(0, at, this.#filled);
    this.#filled -= at;
    this.#cutter.moved(at);
  }

  /** Copies a record that Ruby wrote well, in a line of its own. Returns where the next line starts; 0 if it is none. */
  #line(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== Byte.openBrace) return 0;
    let planned = 0;
    let p = start + 1;
    for (;;) {
      if (bytes[p] !== Byte.quote) return 0;
      const key = this.#keys.find(bytes, p + 1, end);
      if (key === undefined) return 0;
      p += 1 + key.bytes.length;
      const first = bytes[p];
      if (first === Byte.quote) {
        const close = endOfString(bytes, p + 1, end);
        if (close < 0) return 0;
        if (this.#texts.replaces(key.kind)) {
          this.#kinds[planned] = key.kind;
          this.#starts[planned] = p + 1;
          this.#ends[planned++] = close;
        }
        p = close + 1;
      } else {
        p = endOfValue(bytes, p, end);
        if (p < 0) return 0;
      }
      if (bytes[p] === Byte.closeBrace) break;
      if (bytes[p] !== Byte.comma) return 0;
      p += bytes[p + 1] === Byte.space ? 2 : 1;
    }
    // A path that holds the end of a record would leave text after it.
    if (p + 1 >= end || bytes[p + 1] !== Byte.lf) return 0;
    let copied = start;
    for (let at = 0; at < planned; at++) {
      const kind = this.#kinds[at]!;
      this.#out.copy(bytes, copied, this.#starts[at]!);
      copied = this.#ends[at]!;
      this.#out.write(this.#texts.replacement(kind, bytes, this.#starts[at]!, copied));
      if (kind === 'secret') this.report.values += 1;
    }
    this.#out.copy(bytes, copied, p + 2);
    this.report.records += 1;
    return p + 2;
  }

  /** Writes the fields of a record again. One that is cut stays open at its end. */
  #record(bytes: Uint8Array, tokens: readonly Token[], isCut: boolean): void {
    let separator = '{';
    for (const token of tokens) {
      const value = this.#value(bytes, token);
      if (value === null) continue;
      const [open, close] = BRACKETS[token.kind];
      this.#out.write(`${separator}"${token.key}":${open}`);
      if (typeof value === 'string') this.#out.write(value);
      else this.#out.copy(bytes, token.start, token.end);
      this.#out.write(close);
      separator = ', ';
    }
    this.report.records += 1;
    this.#out.write(isCut ? `${separator}\n` : separator === '{' ? '{}\n' : '}\n');
  }

  /** What a field becomes: text to write, `true` to copy it, null to leave it out. */
  #value(bytes: Uint8Array, { key, kind, start, end }: Token): string | true | null {
    if (!/^[a-z_]+$/.test(key)) return null;
    if (kind === 'list') return isOf(bytes, start, end, Class.list) ? true : null;
    if (kind === 'object') return key === 'flags' && isOf(bytes, start, end, Class.flags) ? true : null;
    if (kind === 'scalar') return isOf(bytes, start, end, Class.scalar) ? true : null;
    // A text under a key that Ruby does not write may be anything.
    const textKind = TEXT_KINDS[key] ?? 'secret';
    if (textKind === 'known') {
      const text = latin1Of(bytes, start, end);
      return /^[\w/:. ()<>+-]*$/.test(text) ? text : null;
    }
    if (!this.#texts.replaces(textKind)) return true;
    if (textKind === 'secret') this.report.values += 1;
    return this.#texts.replacement(textKind, bytes, start, end);
  }
}

const BRACKETS: Record<Token['kind'], readonly [string, string]> = {
  text: ['"', '"'],
  list: ['[', ']'],
  object: ['{', '}'],
  scalar: ['', ''],
};

/** The quote that ends a text; -1 if it is not as JSON wants it. */
function endOfString(bytes: Uint8Array, from: number, end: number): number {
  for (let p = from; p < end; p++) {
    const byte = bytes[p]!;
    if (byte === Byte.quote) return p;
    if (byte < 0x20) return -1;
    // What is escaped is judged by the reader of damaged records, unless it is a single character.
    if (byte === Byte.backslash) p += 1;
  }
  return -1;
}

/** After a list, an object or a word; -1 if it has other bytes than Ruby writes there. */
function endOfValue(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from];
  if (first === Byte.openBracket || first === Byte.openBrace) {
    const [kind, close] =
      first === Byte.openBracket ? [Class.list, Byte.closeBracket] : [Class.flags, Byte.closeBrace];
    let p = from + 1;
    while (p < end && (CLASSES[bytes[p]!]! & kind) !== 0) p++;
    return p < end && bytes[p] === close ? p + 1 : -1;
  }
  let p = from;
  while (p < end && (CLASSES[bytes[p]!]! & Class.scalar) !== 0) p++;
  return p > from && p < end ? p : -1;
}

function isOf(bytes: Uint8Array, start: number, end: number, kind: Class): boolean {
  for (let p = start; p < end; p++) if ((CLASSES[bytes[p]!]! & kind) === 0) return false;
  return true;
}
