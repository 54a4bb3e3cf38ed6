import type { ImportReport, SkippedRecord } from '../../protocol/rows.ts';
import { latin1Of } from './record-tokens.ts';

/** How many of each kind are kept with their text; all are counted. */
const KEPT = 20;
const EXCERPT_BYTES = 200;

/** Counts what was not read as it stood, and keeps the first of each kind. */
export class Irregularities {
  readonly report: ImportReport = {
    records: 0,
    skippedRecords: 0,
    rescuedRecords: 0,
    foreignLines: 0,
    duplicateAddresses: 0,
    damagedFields: 0,
    rewrittenRecords: 0,
    skipped: [],
    rescued: [],
    foreign: [],
    damaged: [],
    truncated: false,
    truncation: null,
    beginsWithinRecord: false,
    secondDump: null,
    damage: null,
    notes: [],
    layers: [],
  };

  skipped(line: number, offset: number, reason: string, bytes: Uint8Array, start: number, end: number): void {
    this.report.skippedRecords++;
    keep(this.report.skipped, line, offset, reason, bytes, start, end);
  }

  rescued(line: number, offset: number, reason: string, bytes: Uint8Array, start: number, end: number): void {
    this.report.rescuedRecords++;
    keep(this.report.rescued, line, offset, reason, bytes, start, end);
  }

  foreign(line: number, offset: number, bytes: Uint8Array, start: number, end: number): void {
    this.report.foreignLines++;
    keep(this.report.foreign, line, offset, 'no record of a heap dump', bytes, start, end);
  }
}

function keep(
  list: SkippedRecord[],
  line: number,
  offset: number,
  reason: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  if (list.length >= KEPT) return;
  const shown = bytes.subarray(start, Math.min(end, start + EXCERPT_BYTES));
  const text = new TextDecoder().decode(shown);
  // Control characters would be invisible where the excerpt is shown.
  const excerpt = [...text].map(char => (char < ' ' ? '␀' : char)).join('');
  list.push({ line, offset, reason, excerpt: excerpt || latin1Of(shown, 0, shown.length) });
}
