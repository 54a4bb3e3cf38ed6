import type { ColumnBatch } from '../../model/column-batch.ts';
import type { ImportReport } from '../../protocol/import-report.ts';
import { Outcome } from './record-codes.ts';
import type { RecordScanner } from './record-scanner.ts';
import { MIN_REPEATED, type RunStart, SecondDumpWatch } from './second-dump.ts';

/** Takes what the scanner read, counts it and passes it on. Records of a second dump are only counted. */
export class ReadRecords {
  readonly #scanner: RecordScanner;
  readonly #report: ImportReport;
  readonly #emit: (batch: ColumnBatch) => void;
  readonly #secondDump = new SecondDumpWatch();
  /** Number of objects at the last call of {@link offer}. */
  #offered = 0;

  constructor(scanner: RecordScanner, report: ImportReport, emit: (batch: ColumnBatch) => void) {
    this.#scanner = scanner;
    this.#report = report;
    this.#emit = emit;
  }

  /** Handles a record that the scanner did not simply add to its columns. */
  took(outcome: Outcome, line: number, offset: number): void {
    if (outcome === Outcome.duplicate) {
      this.#report.duplicateAddresses++;
      this.count(1);
      if (this.#report.secondDump === null) {
        const at = this.#secondDump.duplicate(this.#scanner.objects);
        // The roots, and the duplicates that revealed it.
        if (at !== null) this.#begins(at, MIN_REPEATED);
      }
    } else if (outcome === Outcome.root) this.#root(line, offset);
  }

  /** Counts records that were read. */
  count(records: number): void {
    this.#report.records += records;
    if (this.#report.secondDump !== null) this.#report.secondDump.records += records;
  }

  #root(line: number, offset: number): void {
    const root = this.#scanner.takeRoot();
    this.count(1);
    if (this.#report.secondDump !== null) return;
    // Earlier records are passed on now, in case a second dump begins here.
    if (this.#secondDump.settleBefore(root.name, this.#scanner.objects)) this.flush();
    const at = this.#secondDump.root(root, { line, offset }, this.#scanner.objects);
    if (at !== null) this.#begins(at, 0);
  }

  /**
   * A second dump begins at `at`. `read`: its records so far, without its roots and without those not passed on yet.
   */
  #begins(at: RunStart, read: number): void {
    this.#report.secondDump = { ...at, records: this.#secondDump.drop() + read };
    this.#count(this.#scanner.takeBatch());
  }

  #count(batch: ColumnBatch): void {
    this.count(batch.keys.length + batch.shapeIds.length + batch.freeSlots);
  }

  /**
   * Passes on the records read since the last call, unless they may belong to a second dump, or there are no new
   * objects: even an empty batch costs some microseconds, and slices can be tiny.
   */
  offer(): void {
    const { objects } = this.#scanner;
    if (objects === this.#offered || this.#secondDump.mayBelongToSecondDump(objects)) return;
    this.#offered = objects;
    this.flush();
  }

  /** Passes on what was read since the last time. `isOver`: the text has ended. */
  flush(isOver = false): void {
    if (isOver && this.#report.secondDump === null) {
      const at = this.#secondDump.finish(this.#scanner.objects);
      if (at !== null) this.#begins(at, 1);
    }
    const batch = this.#scanner.takeBatch();
    this.#count(batch);
    if (this.#report.secondDump !== null) return;
    batch.roots = this.#secondDump.take(this.#scanner.objects, isOver);
    this.#emit(batch);
  }
}
