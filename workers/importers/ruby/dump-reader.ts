import type { ColumnBatch } from '../../model/column-batch.ts';
import type { Bytes } from '../../protocol/units.ts';
import { Byte } from './bytes.ts';
import { Irregularities } from './irregularities.ts';
import { OversizedRecord } from './oversized-record.ts';
import { ReadRecords } from './read-records.ts';
import { Outcome } from './record-codes.ts';
import { RecordScanner } from './record-scanner.ts';
import { type Cursor, SlowReader } from './slow/slow-reader.ts';

/** Text is scanned in a window of this size, which stays in the processor's cache. A longer record enlarges it. */
const WINDOW_BYTES = 1 << 18;
/** Longer records are skipped without being read. */
const MAX_RECORD_BYTES = 1 << 28;

/** Pieces that the slow reader reads in one step. */
const PIECES_A_STEP = 32;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Limits on memory. */
export interface ReadingLimits {
  /** Of one record. */
  maxRecordBytes?: Bytes;
  /** Of the index of addresses. */
  availableBytes?: Bytes;
}

/** Reading in steps: the caller may do other work between them. */
export type ReadingSteps = Generator<void, void, void>;

/**
 * Reads the records of a text that comes in slices. Nearly all are well-formed and read in one pass of the
 * scanner; where it gives up, the slow reader reads one piece. Text that neither can read is counted and recorded.
 */
export class DumpReader {
  readonly irregularities = new Irregularities();
  readonly scanner: RecordScanner;
  readonly #records: ReadRecords;
  readonly #slow: SlowReader;
  readonly #oversized: OversizedRecord;
  readonly #cursor: Cursor = { at: 0, line: 1, windowOffset: 0 };
  /** Bytes in the window; how many it takes before it is read; and how many there must be to continue. */
  #filled = 0;
  #room = WINDOW_BYTES;
  #needed = 0;
  /** The end of the last whole line in the window. */
  #stop = 0;

  /** `addressShift`: addresses are multiples of 2^shift. `emit` receives what was read, in order. */
  constructor(
    addressShift: 2 | 3,
    emit: (batch: ColumnBatch) => void,
    { maxRecordBytes = MAX_RECORD_BYTES, availableBytes = Number.POSITIVE_INFINITY }: ReadingLimits = {},
  ) {
    this.scanner = new RecordScanner(addressShift, availableBytes);
    this.scanner.enlargeWindow(WINDOW_BYTES);
    this.#records = new ReadRecords(this.scanner, this.irregularities.report, emit);
    this.#slow = new SlowReader(this.scanner, this.#records, this.irregularities);
    this.#oversized = new OversizedRecord(maxRecordBytes, this.#records, this.irregularities);
  }

  /** Number of newlines read so far. */
  get lines(): number {
    return this.#cursor.line - 1;
  }

  /** Reads the records that end in this slice of the text, and emits them. The slice is not kept. */
  *push(slice: Uint8Array): ReadingSteps {
    for (let from = 0; from < slice.length; ) {
      if (this.#oversized.isPassing) {
        from += this.#oversized.pass(slice.subarray(from), this.#cursor);
        continue;
      }
      if (this.#filled === this.#room) this.#enlarge();
      const taken = Math.min(slice.length - from, this.#room - this.#filled);
      const added = slice.subarray(from, from + taken);
      this.scanner.put(added, this.#filled);
      const newline = added.lastIndexOf(Byte.lf);
      if (newline >= 0) this.#stop = this.#filled + newline + 1;
      this.#filled += taken;
      from += taken;
      if (this.#filled >= this.#needed || this.#filled === this.#room) yield* this.#read(false);
    }
    this.#records.offer();
  }

  /** To be called at the end of the text: reads its last record, which may be cut short, and emits it. */
  *finish(): ReadingSteps {
    yield* this.#read(true);
    this.#oversized.finish(this.#cursor);
    this.#slow.finish();
    this.#records.flush(true);
  }

  #enlarge(): void {
    this.#room *= 2;
    if (this.#room > this.scanner.windowBytes) this.scanner.enlargeWindow(this.#room);
  }

  /**
   * Reads the text in the window as far as possible without further text; the rest moves to the front. `last`: there
   * is no further text.
   */
  *#read(last: boolean): ReadingSteps {
    const cursor = this.#cursor;
    if (cursor.windowOffset === 0 && cursor.at === 0) this.#passByteOrderMark();
    this.#needed = 0;
    this.#slow.filled();
    let pieces = 0;
    for (;;) {
      if (cursor.at < this.#stop && this.#scan()) continue;
      if (!last && !this.#mayReadSlowly()) break;
      if (cursor.at >= this.#filled) break;
      let kind = this.#slow.read(cursor, this.#filled, last);
      for (; kind === 'pause'; kind = this.#slow.read(cursor, this.#filled, last)) yield;
      if (++pieces % PIECES_A_STEP === 0) yield;
      if (kind !== 'more') continue;
      // Retried only when there is a quarter more text, which bounds the cost of starting over.
      this.#needed = this.#filled + ((this.#filled - cursor.at) >>> 2) + 1;
      break;
    }
    this.#moveToFront();
    yield;
  }

  /** Whether the slow reader may read the piece at the cursor: the scanner reads whole lines only. */
  #mayReadSlowly(): boolean {
    const { at } = this.#cursor;
    if (at < this.#stop) return true;
    if (this.#filled - at < WINDOW_BYTES) return false;
    return this.scanner.window(at + 1)[at] !== Byte.openBrace || this.#slow.hasStart(at + 1, this.#filled);
  }

  /** Scans lines up to the last newline. Returns false if the slow reader has to continue, or if nothing is left. */
  #scan(): boolean {
    const { scanner } = this;
    const cursor = this.#cursor;
    const before = cursor.at;
    const outcome = scanner.scan(cursor.at, this.#stop, cursor.windowOffset + cursor.at);
    cursor.line += scanner.lines;
    cursor.at = scanner.position;
    if (cursor.at > before + scanner.lines) this.#slow.scannedRecord();
    if (outcome === Outcome.done || outcome === Outcome.irregular) return false;
    if (outcome === Outcome.full) this.#records.flush();
    else {
      this.#records.took(outcome, cursor.line, cursor.windowOffset + cursor.at);
      this.#slow.scannedRecord();
      cursor.line++;
      cursor.at = scanner.end;
    }
    return true;
  }

  #passByteOrderMark(): void {
    const head = this.scanner.window(Math.min(this.#filled, BYTE_ORDER_MARK.length));
    if (BYTE_ORDER_MARK.every((byte, at) => head[at] === byte)) this.#cursor.at = BYTE_ORDER_MARK.length;
  }

  #moveToFront(): void {
    const cursor = this.#cursor;
    const by = cursor.at;
    if (by > 0) {
      this.scanner.moveToFront(by, this.#filled);
      this.#slow.moved(by);
      this.#filled -= by;
      this.#needed = Math.max(0, this.#needed - by);
      this.#stop = Math.max(0, this.#stop - by);
      cursor.windowOffset += by;
      cursor.at = 0;
      if (this.#filled < WINDOW_BYTES) this.#room = WINDOW_BYTES;
    }
    if (this.#oversized.begins(this.scanner.window(this.#filled), cursor)) {
      cursor.windowOffset += this.#filled;
      this.#filled = 0;
      this.#stop = 0;
      this.#needed = 0;
      this.#room = WINDOW_BYTES;
    }
  }
}
