import type { RedactionReport, RedactionRules } from '../../../protocol/redaction.ts';
import type { TextRedactor } from '../../importer.ts';
import { Byte } from '../bytes.ts';
import type { Token } from '../slow/json-record.ts';
import { RecordCutter } from '../slow/record-cutter.ts';
import { CLASSES, LineRedactor, textKindOf } from './line-redactor.ts';
import { RedactedText } from './redacted-text.ts';
import { ByteClass, LineOutcome, TextKind } from './redaction-codes.ts';
import { NameReplacer } from './rules.ts';

/** Text is read in pieces of this size; a longer record enlarges the window. */
const WINDOW_BYTES = 1 << 20;
const PLACEHOLDER = '(left out)\n';

/**
 * Redacts the text of a dump, in slices of any size. A record is copied except for the texts that the rules replace;
 * unknown content is never copied. Records in Ruby's layout take one pass; of others, the fields that the slow reader
 * finds are written again. O(text).
 */
export class Redactor implements TextRedactor {
  readonly report: RedactionReport = { records: 0, values: 0, leftOut: 0 };
  readonly #replaced: readonly TextKind[];
  readonly #names: NameReplacer;
  readonly #lines: LineRedactor;
  readonly #out: RedactedText;
  readonly #cutter = new RecordCutter();
  #window: Uint8Array;
  #filled = 0;

  /** `emit` receives the redacted text in pieces, which it owns. */
  constructor({ key, hashPaths, hashNames }: RedactionRules, emit: (piece: Uint8Array<ArrayBuffer>) => void) {
    this.#replaced = [
      TextKind.secret,
      ...(hashPaths ? [TextKind.path] : []),
      ...(hashNames ? [TextKind.name] : []),
    ];
    this.#names = new NameReplacer(bytes => this.#lines.hash(bytes));
    this.#lines = new LineRedactor(key, this.#replaced, (kind, bytes) =>
      this.#names.replacement(kind, bytes),
    );
    this.#window = this.#lines.windowOf(WINDOW_BYTES);
    this.#out = new RedactedText(emit);
  }

  /** Redacts the records that end in this slice. The slice is not kept. */
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

  /** To be called at the end of the text. */
  finish(): void {
    this.#redact(true);
    this.#out.flush();
  }

  #enlarge(): void {
    this.#window = this.#lines.windowOf(this.#window.length * 2);
  }

  /** Redacts the text in the window; an incomplete rest moves to its front. */
  #redact(last: boolean): void {
    const bytes = this.#window;
    const stop = bytes.subarray(0, this.#filled).lastIndexOf(Byte.lf) + 1;
    let at = 0;
    while (at < this.#filled) {
      // Line ends after records that the cutter read, and empty lines.
      if (bytes[at] === Byte.lf || bytes[at] === Byte.cr) {
        at++;
        continue;
      }
      if (at < stop) {
        const outcome = this.#lines.redact(at, stop);
        const { output } = this.#lines;
        this.#out.copy(output, 0, output.length);
        this.report.records += this.#lines.records;
        this.report.values += this.#lines.secrets;
        at = this.#lines.position;
        if (outcome !== LineOutcome.irregular) continue;
      }
      if (!this.#next(bytes, at, last)) break;
      at = this.#cutter.end;
    }
    this.#window.copyWithin(0, at, this.#filled);
    this.#filled -= at;
    this.#cutter.moved(at);
  }

  /** Redacts a record or other text in any layout. False if its end is not in the window. */
  #next(bytes: Uint8Array, at: number, last: boolean): boolean {
    let kind = this.#cutter.next(bytes, at, this.#filled, last);
    while (kind === 'pause') kind = this.#cutter.next(bytes, at, this.#filled, last);
    if (kind === 'more') return false;
    if (kind === 'object' || kind === 'cut') this.#record(bytes, this.#cutter.tokens, kind === 'cut');
    else if (kind === 'foreign') {
      this.report.leftOut += 1;
      this.#out.write(PLACEHOLDER);
    }
    return true;
  }

  /** Writes the fields of a record again. A record that was cut stays open at its end. */
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

  /** What a field becomes: text to write, `true` to copy the value, or null to leave the field out. */
  #value(bytes: Uint8Array, { key, kind, start, end }: Token): string | true | null {
    if (!/^[a-z_]+$/.test(key)) return null;
    if (kind === 'list') return isOf(bytes, start, end, ByteClass.list) ? true : null;
    if (kind === 'object') return key === 'flags' && isOf(bytes, start, end, ByteClass.flags) ? true : null;
    if (kind === 'scalar') return isOf(bytes, start, end, ByteClass.scalar) ? true : null;
    const textKind = textKindOf(key);
    if (textKind === TextKind.known) return isOf(bytes, start, end, ByteClass.known) ? true : null;
    if (textKind === TextKind.secret) this.report.values += 1;
    if (start === end || !this.#replaced.includes(textKind)) return true;
    if (textKind === TextKind.secret) return this.#lines.secret(start, end);
    return this.#names.replacement(textKind, bytes.subarray(start, end));
  }
}

const BRACKETS: Record<Token['kind'], readonly [string, string]> = {
  text: ['"', '"'],
  list: ['[', ']'],
  object: ['{', '}'],
  scalar: ['', ''],
};

function isOf(bytes: Uint8Array, start: number, end: number, kind: ByteClass): boolean {
  for (let p = start; p < end; p++) if ((CLASSES[bytes[p]!]! & kind) === 0) return false;
  return true;
}
