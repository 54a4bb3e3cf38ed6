import type { ColumnBatch } from '../../model/column-batch.ts';
import { Byte } from './bytes.ts';
import { Irregularities } from './irregularities.ts';
import { Field, Outcome, Type } from './record-codes.ts';
import { RecordFields } from './record-fields.ts';
import { RecordRepairer } from './record-repairer.ts';
import { RecordScanner } from './record-scanner.ts';

/** Text is scanned from a window of this size: it stays in the processor's cache. A longer record enlarges it. */
const WINDOW_BYTES = 1 << 18;
/** A record that a newline in a path cut in two continues within so many lines and bytes. */
const MAX_JOINED_LINES = 8;
const MAX_JOINED_BYTES = 1 << 20;

const RECORD_STARTS = ['{"address":"0x', '{"type":"ROOT"'].map(text => new TextEncoder().encode(text));
const BYTE_ORDER_MARK = new Uint8Array([0xef, 0xbb, 0xbf]);

/** Why a record that was read is not kept. */
const REASONS: Readonly<Partial<Record<Outcome, string>>> = {
  [Outcome.noType]: 'it has no type',
  [Outcome.tooLarge]: 'its memsize is larger than any memory',
  [Outcome.duplicate]: 'another record has the same address',
  [Outcome.noAddress]: 'its address is missing or not aligned',
};

/**
 * Cuts text that comes in slices into records and sees to each: well-formed ones, which are nearly all, in one pass
 * of the scanner; the others with the lenient reader, over several lines if need be. What can be read by neither is
 * counted and noted.
 */
export class DumpReader {
  readonly irregularities = new Irregularities();
  readonly scanner: RecordScanner;
  readonly #fields = new RecordFields();
  readonly #repairer: RecordRepairer;
  readonly #emit: (batch: ColumnBatch) => void;
  /** Bytes in the window, and the offset of its first one in the text. */
  #filled = 0;
  #offset = 0;
  /** Line being read, from 1. */
  #line = 1;
  /** How far the window is being read; and its bytes up to there, copied when the lenient reader first needs them. */
  #stop = 0;
  #copy: Uint8Array | null = null;

  /** `addressShift`: addresses are multiples of 2^shift. `emit` is given what was read, in order. */
  constructor(addressShift: 2 | 3, emit: (batch: ColumnBatch) => void) {
    this.scanner = new RecordScanner(addressShift);
    this.scanner.enlargeWindow(WINDOW_BYTES);
    this.#repairer = new RecordRepairer(this.scanner, this.#fields);
    this.#emit = emit;
  }

  /** Lines passed so far. */
  get lines(): number {
    return this.#line - 1;
  }

  /** Reads the records that end in this slice of the text, and emits them. The slice is not kept. */
  push(slice: Uint8Array): void {
    for (let from = 0; from < slice.length; ) {
      if (this.#filled === this.scanner.windowBytes) this.scanner.enlargeWindow(this.#filled * 2);
      const taken = Math.min(slice.length - from, this.scanner.windowBytes - this.#filled);
      const added = slice.subarray(from, from + taken);
      this.scanner.put(added, this.#filled);
      const newline = added.lastIndexOf(Byte.lf);
      const stop = newline < 0 ? 0 : this.#filled + newline + 1;
      this.#filled += taken;
      from += taken;
      if (stop > 0) this.#read(stop, false);
    }
    this.#emit(this.scanner.takeBatch());
  }

  /** The text is over: reads its last record, which may be cut short, and emits it. */
  finish(): void {
    if (this.#filled > 0) {
      if (this.scanner.copyOfWindow(this.#filled)[this.#filled - 1] !== Byte.lf) {
        // A newline makes a last record without one well-formed; a cut one stays cut.
        this.scanner.enlargeWindow(Math.max(this.scanner.windowBytes, this.#filled + 1));
        this.scanner.put(new Uint8Array([Byte.lf]), this.#filled++);
      }
      this.#read(this.#filled, true);
    }
    this.#emit(this.scanner.takeBatch());
  }

  /**
   * Reads the records in the window up to `stop`, which is behind a newline. What it needs to see more of moves to
   * the front of the window; there is nothing such if these are the `last` bytes.
   */
  #read(stop: number, last: boolean): void {
    const { scanner } = this;
    this.#stop = stop;
    this.#copy = null;
    let at = this.#offset === 0 && this.#hasByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
    while (at < stop) {
      const outcome = scanner.scan(at, stop, this.#offset + at);
      this.#line += scanner.lines;
      at = scanner.position;
      if (outcome === Outcome.done) break;
      if (outcome === Outcome.full) this.#emit(scanner.takeBatch());
      else if (outcome === Outcome.irregular) {
        const next = this.#irregular(this.#bytes(), at, stop, this.#offset, last);
        if (next < 0) break;
        at = next;
      } else {
        const { end } = scanner;
        this.#see(outcome, at, end);
        this.#line++;
        at = end;
      }
    }
    scanner.moveToFront(at, this.#filled);
    this.#filled -= at;
    this.#offset += at;
  }

  #hasByteOrderMark(): boolean {
    const head = this.scanner.copyOfWindow(Math.min(this.#filled, BYTE_ORDER_MARK.length));
    return head.length === BYTE_ORDER_MARK.length && startsWith(head, 0, BYTE_ORDER_MARK);
  }

  /** The window up to where it is being read. A copy: the window itself may move when the scanner is asked. */
  #bytes(): Uint8Array {
    this.#copy ??= this.scanner.copyOfWindow(this.#stop);
    return this.#copy;
  }

  /** Sees to what became of a record in `start` … `end` that was read. False if it is not kept. */
  #see(outcome: Outcome, start: number, end: number): boolean {
    this.scanner.took(outcome);
    if (outcome === Outcome.done || outcome === Outcome.root) return true;
    if (outcome === Outcome.foreign) this.#noteForeign(this.#bytes(), start, end, this.#offset);
    else this.#skip(REASONS[outcome] ?? '', this.#bytes(), start, end, this.#offset);
    return false;
  }

  #noteForeign(bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.irregularities.foreign(this.#line, offset + start, bytes, start, end);
  }

  #skip(reason: string, bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.irregularities.skipped(this.#line, offset + start, reason, bytes, start, end);
  }

  /** A line that is no well-formed record. The position behind what was made of it, or -1 if more is needed. */
  #irregular(bytes: Uint8Array, at: number, end: number, offset: number, last: boolean): number {
    const lineEnd = endOfLine(bytes, at, end);
    if (lineEnd === end && !last) return -1;
    const textEnd = withoutCarriageReturn(bytes, at, lineEnd);
    if (textEnd === at) return this.#nextLine(lineEnd, end);
    if (bytes[at] !== Byte.openBrace || bytes[at + 1] !== Byte.quote) {
      return this.#foreign(bytes, at, textEnd, lineEnd, end, offset);
    }

    const alone = this.#repairer.read(bytes, at, textEnd);
    const ended = alone.complete && !this.scanner.lacksMemsize(this.#fields);
    if (ended && alone.usable) {
      this.#keepRepaired(alone.damage, bytes, at, textEnd, offset);
      return this.#nextLine(lineEnd, end);
    }

    // Another record on the same line: this one was cut where that begins.
    const inner = findRecordStart(bytes, at + 1, lineEnd);
    if (inner >= 0) {
      this.#piece(bytes, at, inner, offset, 'it is cut off where another record begins');
      return inner;
    }
    if (!ended) {
      const joined = this.#joinLines(bytes, at, lineEnd, end, offset, last);
      if (joined !== 0) return joined;
    }
    this.#piece(bytes, at, textEnd, offset, alone.damage ?? 'it has neither address nor type');
    if (last && lineEnd + 1 >= end && !alone.complete) this.irregularities.report.truncated = true;
    return this.#nextLine(lineEnd, end);
  }

  /** Keeps a piece of a record if it says enough, or counts it as skipped. */
  #piece(bytes: Uint8Array, start: number, end: number, offset: number, reason: string): void {
    const piece = this.#repairer.read(bytes, start, end);
    if (piece.usable) {
      this.#keepRepaired(piece.damage, bytes, start, end, offset);
      return;
    }
    const values = this.#fields.values;
    const isRecord = values[Field.hasAddress] === 1 || values[Field.type] !== Type.other;
    if (isRecord || !piece.complete) this.#skip(reason, bytes, start, end, offset);
    else this.#noteForeign(bytes, start, end, offset);
  }

  #keepRepaired(damage: string | null, bytes: Uint8Array, start: number, end: number, offset: number): void {
    const kept = this.#see(this.scanner.write(this.#fields, offset + start), start, end);
    if (kept && damage !== null)
      this.irregularities.rescued(this.#line, offset + start, damage, bytes, start, end);
  }

  /**
   * A record that goes on in the next lines, because a path has a newline: the position behind it; 0 if it does
   * not go on; -1 if more bytes are needed to tell.
   */
  #joinLines(
    bytes: Uint8Array,
    at: number,
    firstEnd: number,
    end: number,
    offset: number,
    last: boolean,
  ): number {
    let lineEnd = firstEnd;
    for (let lines = 2; lines <= MAX_JOINED_LINES && lineEnd - firstEnd < MAX_JOINED_BYTES; lines++) {
      const next = lineEnd + 1;
      if (next + RECORD_STARTS[0]!.length > end && !last) return -1;
      if (next >= end || RECORD_STARTS.some(text => startsWith(bytes, next, text))) return 0;
      lineEnd = endOfLine(bytes, next, end);
      if (lineEnd === end && !last) return -1;
      const textEnd = withoutCarriageReturn(bytes, at, lineEnd);
      const joined = this.#repairer.read(bytes, at, textEnd);
      if (joined.complete && joined.usable && !this.scanner.lacksMemsize(this.#fields)) {
        this.#keepRepaired(`a newline in the record; ${joined.damage}`, bytes, at, textEnd, offset);
        this.#line += lines - 1;
        return this.#nextLine(lineEnd, end);
      }
    }
    return 0;
  }

  #foreign(
    bytes: Uint8Array,
    at: number,
    textEnd: number,
    lineEnd: number,
    end: number,
    offset: number,
  ): number {
    const record = findRecordStart(bytes, at + 1, lineEnd);
    this.#noteForeign(bytes, at, record < 0 ? textEnd : record, offset);
    return record < 0 ? this.#nextLine(lineEnd, end) : record;
  }

  #nextLine(lineEnd: number, end: number): number {
    if (lineEnd < end) this.#line++;
    return Math.min(end, lineEnd + 1);
  }
}

function endOfLine(bytes: Uint8Array, from: number, end: number): number {
  const at = bytes.indexOf(Byte.lf, from);
  return at < 0 || at >= end ? end : at;
}

function withoutCarriageReturn(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === Byte.cr ? end - 1 : end;
}

function findRecordStart(bytes: Uint8Array, from: number, end: number): number {
  for (
    let at = bytes.indexOf(Byte.openBrace, from);
    at >= 0 && at < end;
    at = bytes.indexOf(Byte.openBrace, at + 1)
  ) {
    if (RECORD_STARTS.some(text => startsWith(bytes, at, text))) return at;
  }
  return -1;
}

function startsWith(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text[i]) return false;
  return true;
}
