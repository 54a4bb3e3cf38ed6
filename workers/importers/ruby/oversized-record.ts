import { Byte } from './bytes.ts';
import type { Irregularities } from './irregularities.ts';
import type { ReadRecords } from './read-records.ts';
import { RecordStarts } from './slow/record-starts.ts';
import type { Cursor } from './slow/slow-reader.ts';

/** Bytes of such a record that are kept to be shown. */
const SHOWN_BYTES = 400;
const MIB = 2 ** 20;

/** Skips a record that is too long to be kept in memory. It ends with its line, or where another record starts. */
export class OversizedRecord {
  readonly #maxBytes: number;
  readonly #records: ReadRecords;
  readonly #irregularities: Irregularities;
  /** The beginning of the record being skipped; null if none is. */
  #head: Uint8Array | null = null;
  #line = 0;
  #offset = 0;

  constructor(maxBytes: number, records: ReadRecords, irregularities: Irregularities) {
    this.#maxBytes = maxBytes;
    this.#records = records;
    this.#irregularities = irregularities;
  }

  get isPassing(): boolean {
    return this.#head !== null;
  }

  /** Whether the unread text, which is all of one record so far, is too long. If so, the record is skipped. */
  begins(bytes: Uint8Array, cursor: Cursor): boolean {
    if (bytes.length < this.#maxBytes) return false;
    this.#head = bytes.slice(0, SHOWN_BYTES);
    this.#line = cursor.line;
    this.#offset = cursor.windowOffset;
    for (let at = bytes.indexOf(Byte.lf); at >= 0; at = bytes.indexOf(Byte.lf, at + 1)) cursor.line++;
    return true;
  }

  /** Skips following bytes, and returns how many. */
  pass(bytes: Uint8Array, cursor: Cursor): number {
    const newline = bytes.indexOf(Byte.lf);
    const line = newline < 0 ? bytes : bytes.subarray(0, newline);
    const passed = new RecordStarts().next(bytes, 0, line.length);
    cursor.windowOffset += passed;
    if (passed < bytes.length) this.finish(cursor);
    return passed;
  }

  /** The record ends before the cursor, or with the text. */
  finish({ windowOffset }: Cursor): void {
    if (this.#head === null) return;
    const length = Math.round((windowOffset - this.#offset) / MIB);
    const reason = `it is ${length} MiB long; records of up to ${this.#maxBytes / MIB} MiB are read`;
    const place = {
      line: this.#line,
      offset: this.#offset,
      bytes: this.#head,
      start: 0,
      end: this.#head.length,
    };
    this.#records.count(1);
    this.#irregularities.skipped(place, reason);
    this.#head = null;
  }
}
