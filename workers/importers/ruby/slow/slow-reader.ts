import { Byte } from '../bytes.ts';
import type { Irregularities, Place } from '../irregularities.ts';
import type { ReadRecords } from '../read-records.ts';
import { Feature, Field, Outcome, Type } from '../record-codes.ts';
import { RecordFields } from '../record-fields.ts';
import type { RecordScanner } from '../record-scanner.ts';
import { isRestOfRecord, TruncationWatch } from '../truncation.ts';
import { type PieceKind, RecordCutter } from './record-cutter.ts';
import { looksLikeRubyRecord, typeOf } from './record-signs.ts';
import { RecordValues } from './record-values.ts';

/** The reason given for skipping a record whose address is not a hexadecimal number. */
export const ADDRESS_LOST = 'its address cannot be read';
/** Number of pieces of other text that are read at once. */
const PIECES = 64;

/** The current position in the scanner's window, with the line and offset in the text. */
export interface Cursor {
  at: number;
  line: number;
  /** Offset of the window's first byte in the text. */
  windowOffset: number;
}

/**
 * Reads what the scanner cannot, piece by piece: records in other layouts and damaged ones, whose fields go into the
 * scanner's columns, and text between them. Everything that is lost or irregular is counted.
 */
export class SlowReader {
  readonly #scanner: RecordScanner;
  readonly #records: ReadRecords;
  readonly #irregularities: Irregularities;
  readonly #cutter = new RecordCutter();
  readonly #fields = new RecordFields();
  readonly #values: RecordValues;
  readonly #truncation = new TruncationWatch();
  /** Whether anything other than separators was read. */
  #hasText = false;
  #view: Uint8Array = new Uint8Array(0);

  constructor(scanner: RecordScanner, records: ReadRecords, irregularities: Irregularities) {
    this.#scanner = scanner;
    this.#records = records;
    this.#irregularities = irregularities;
    this.#values = new RecordValues(scanner, this.#fields);
  }

  /** Subtracts `by` from all positions in the window. */
  moved(by: number): void {
    this.#cutter.moved(by);
  }

  /** To be called after the window was filled: its memory may have moved. */
  filled(): void {
    this.#view = new Uint8Array(0);
  }

  /** To be called after the scanner read a record: if one was cut before, the damage is within the dump. */
  scannedRecord(): void {
    this.#hasText = true;
    this.#truncation.record();
  }

  /** To be called at the end of the text. */
  finish(): void {
    this.#truncation.finish(this.#irregularities.report);
  }

  /** Whether a record seems to start in `from` … `end` of the window. Text is searched only once. */
  hasStart(from: number, end: number): boolean {
    return this.#cutter.hasStart(this.#scanner.window(end), from, end);
  }

  /**
   * Reads the piece at the cursor, and those after it up to the next object, and moves the cursor after them. The
   * window holds text up to `end`; `last` if nothing follows. What kind of piece the last one was: `more` or `pause`
   * if none was read.
   */
  read(cursor: Cursor, end: number, last: boolean): PieceKind {
    this.#cutter.expectsMemsize = (this.#scanner.features & Feature.memsize) !== 0;
    let kind = this.#piece(cursor, end, last);
    for (let pieces = 1; pieces < PIECES && (kind === 'foreign' || kind === 'blank'); pieces++) {
      if (cursor.at >= end || this.#bytes(end)[cursor.at] === Byte.openBrace) break;
      const next = this.#piece(cursor, end, last);
      if (next === 'more') break;
      kind = next;
    }
    return kind;
  }

  #piece(cursor: Cursor, end: number, last: boolean): PieceKind {
    const cutter = this.#cutter;
    const kind = cutter.next(this.#bytes(end), cursor.at, end, last);
    if (kind === 'more' || kind === 'pause') return kind;
    cursor.line += countNewlines(this.#bytes(end), cursor.at, cutter.start);
    if (kind === 'foreign') this.#foreign(cursor, end);
    else if (kind !== 'blank') this.#record(kind, cursor, end);
    cursor.line += countNewlines(this.#bytes(end), cutter.start, cutter.end);
    cursor.at = cutter.end;
    return kind;
  }

  /** The window. The view is renewed when the scanner's memory was moved, which leaves the old view empty. */
  #bytes(end: number): Uint8Array {
    if (this.#view.length !== end) this.#view = this.#scanner.window(end);
    return this.#view;
  }

  /** The place of the piece. Its bytes are valid until the next call of the scanner. */
  #place({ line, windowOffset }: Cursor, end: number): Place {
    const { start, end: pieceEnd } = this.#cutter;
    return { line, offset: windowOffset + start, bytes: this.#bytes(end), start, end: pieceEnd };
  }

  #foreign(cursor: Cursor, end: number): void {
    const shows = this.#irregularities.showsForeign(cursor.line);
    // Files with such lines can have millions of them: nearly all only need to be counted.
    if (shows || this.#truncation.isWatching || !this.#hasText) {
      const place = this.#place(cursor, end);
      if (!this.#hasText) this.#irregularities.report.beginsWithinRecord = isRestOfRecord(place);
      if (shows) this.#irregularities.showForeign(place);
      this.#truncation.foreign(place);
    }
    this.#hasText = true;
    this.#irregularities.foreign(cursor.line);
  }

  #record(kind: 'object' | 'cut', cursor: Cursor, end: number): void {
    const { tokens, isEscaped } = this.#cutter;
    this.#values.read(tokens, end, isEscaped);
    const place = this.#place(cursor, end);
    const isWhole = kind === 'object';
    const reason = this.#whyLost(place, isWhole);
    if (reason === '') {
      this.#foreign(cursor, end);
      return;
    }
    this.#hasText = true;
    if (isWhole) this.#truncation.record();
    else this.#truncation.cut(place);
    if (reason !== null) {
      this.#records.count(1);
      this.#irregularities.skipped(place, reason);
    } else this.#keep(cursor, end, isWhole);
  }

  /** Why the record cannot be kept; null if it can, '' if it is not a record. */
  #whyLost({ bytes }: Place, isWhole: boolean): string | null {
    const { values } = this.#fields;
    const { keys, hasMemsize } = this.#values;
    const hasType = values[Field.type] !== Type.other || values[Field.otherType] !== 0;
    if (values[Field.type] === Type.ROOT)
      return values[Field.root] === 0 ? 'it does not say which root it is' : null;
    if (values[Field.hasAddress] === 1 && hasType && (isWhole || hasMemsize)) return null;
    if (!isWhole) return this.#cutter.damage ?? 'the record is cut off';
    if (!looksLikeRubyRecord(keys, typeOf(bytes, this.#cutter.tokens))) return '';
    if (values[Field.hasAddress] === 1) return 'it has no type';
    return keys.has('address') ? ADDRESS_LOST : 'it has no address';
  }

  #keep(cursor: Cursor, end: number, isWhole: boolean): void {
    const { damage, isRewritten, start, expectsMemsize } = this.#cutter;
    const outcome = this.#scanner.write(this.#fields, cursor.windowOffset + start);
    this.#records.took(outcome, cursor.line, cursor.windowOffset + start);
    if (outcome === Outcome.duplicate) return;
    this.#values.noteFeatures();
    const place = this.#place(cursor, end);
    for (const token of this.#values.damaged) {
      this.#irregularities.damaged({ ...place, start: token.start, end: token.end }, token.key);
    }
    if (damage !== null) this.#irregularities.rescued(place, damage);
    else if (isRewritten && isWhole) this.#irregularities.report.rewrittenRecords++;
    const lost = damage !== null && expectsMemsize && this.#lacksMemsize();
    if (lost) this.#irregularities.damaged({ ...place, end: place.start }, 'memsize');
  }

  #lacksMemsize(): boolean {
    const type = this.#fields.values[Field.type] as Type;
    const isSized = type === Type.other || (type > Type.NONE && type !== Type.ZOMBIE);
    return isSized && !this.#values.hasMemsize;
  }
}

function countNewlines(bytes: Uint8Array, start: number, end: number): number {
  let newlines = 0;
  for (let p = start; p < end; p++) if (bytes[p] === Byte.lf) newlines++;
  return newlines;
}
