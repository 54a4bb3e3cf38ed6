import type { DamagedField, SkippedRecord } from '../../protocol/import-report.ts';
import { emptyReport } from '../import-report.ts';
import { latin1Of } from './slow/record-text.ts';

/** How many irregularities of each kind are kept with their text. All of them are counted. */
const KEPT = 20;
const EXCERPT_BYTES = 200;
const VALUE_BYTES = 60;

/** A place in the text, and the bytes at it. */
export interface Place {
  line: number;
  offset: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** Counts what could not be read as it stands, and keeps the first of each kind. */
export class Irregularities {
  readonly report = emptyReport();
  /** The line of the last foreign text: each line counts once. */
  #foreignLine = 0;

  skipped(place: Place, reason: string): void {
    this.report.skippedRecords++;
    keep(this.report.skipped, place, reason);
  }

  rescued(place: Place, reason: string): void {
    this.report.rescuedRecords++;
    keep(this.report.rescued, place, reason);
  }

  /** Counts a line that has text besides records, once. */
  foreign(line: number): void {
    if (this.#foreignLine === line) return;
    this.#foreignLine = line;
    this.report.foreignLines++;
  }

  /** Whether {@link showForeign} should be called for such text on this line, before it is counted. */
  showsForeign(line: number): boolean {
    return this.#foreignLine !== line && this.report.foreign.length < KEPT;
  }

  showForeign(place: Place): void {
    keep(this.report.foreign, place, 'no record of a heap dump');
  }

  /** `start` … `end` of the place: the value of the field. */
  damaged({ line, offset, bytes, start, end }: Place, field: string): void {
    this.report.damagedFields++;
    const { damaged } = this.report;
    if (damaged.length >= KEPT) return;
    const value = visible(bytes.subarray(start, Math.min(end, start + VALUE_BYTES)));
    damaged.push({ line, offset, field, value } satisfies DamagedField);
  }
}

function keep(list: SkippedRecord[], { line, offset, bytes, start, end }: Place, reason: string): void {
  if (list.length >= KEPT) return;
  list.push({ line, offset, reason, excerpt: excerptOf(bytes, start, end) });
}

/** The first bytes of a text, as plain text. */
export function excerptOf(bytes: Uint8Array, start: number, end: number): string {
  const shown = bytes.subarray(start, Math.min(end, start + EXCERPT_BYTES));
  return visible(shown) || latin1Of(shown, 0, shown.length);
}

/** Replaces control characters, which would be invisible where the text is shown. */
function visible(bytes: Uint8Array): string {
  return [...new TextDecoder().decode(bytes)].map(char => (char < ' ' ? '␀' : char)).join('');
}
