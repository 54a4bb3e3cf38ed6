import type { ColumnBatch } from '../../model/column-batch.ts';
import type { ImportReport } from '../../protocol/rows.ts';
import { Outcome } from './record-codes.ts';
import type { RecordScanner } from './record-scanner.ts';
import { SecondDumpWatch } from './second-dump.ts';

/** Takes what the scanner read, counts it and passes it on; what belongs to a second dump is counted alone. */
export class ReadRecords {
  readonly #scanner: RecordScanner;
  readonly #report: ImportReport;
  readonly #emit: (batch: ColumnBatch) => void;
  readonly #secondDump = new SecondDumpWatch();

  constructor(scanner: RecordScanner, report: ImportReport, emit: (batch: ColumnBatch) => void) {
    this.#scanner = scanner;
    this.#report = report;
    this.#emit = emit;
  }

  /** Sees to a record that the scanner could not put into its columns alone. */
  took(outcome: Outcome, line: number, offset: number): void {
    if (outcome === Outcome.duplicate) {
      this.#report.duplicateAddresses++;
      this.count(1);
    } else if (outcome === Outcome.root) this.#root(line, offset);
  }

  /** Counts records that were met. */
  count(records: number): void {
    this.#report.records += records;
    if (this.#report.secondDump !== null) this.#report.secondDump.records += records;
  }

  #root(line: number, offset: number): void {
    const root = this.#scanner.takeRoot();
    this.count(1);
    if (this.#report.secondDump !== null) return;
    const at = this.#secondDump.root(root, { line, offset }, this.#scanner.objects);
    if (at === null) return;
    this.flush(false);
    this.#report.secondDump = { ...at, records: this.#secondDump.drop() };
  }

  /** Passes on what was read since the last time. `isOver`: that was all. */
  flush(isOver: boolean): void {
    const batch = this.#scanner.takeBatch();
    this.count(batch.keys.length + batch.shapeIds.length + batch.freeSlots);
    if (this.#report.secondDump !== null) return;
    batch.roots = this.#secondDump.take(this.#scanner.objects, isOver);
    this.#emit(batch);
  }
}
