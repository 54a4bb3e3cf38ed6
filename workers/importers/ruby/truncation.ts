import type { ImportReport, Truncation } from '../../protocol/import-report.ts';
import { excerptOf, type Place } from './irregularities.ts';
import { latin1Of } from './slow/record-text.ts';

/** How the first line of the interpreter's crash report is known. */
const CRASH = /\[BUG\]|\[IMPORTANT\]\n?Don't forget to include the Crash Report/;
/** Lines after a cut record that are searched for it. */
const SEARCHED_LINES = 40;
const SEARCHED_BYTES = 4096;

/** Knows whether a dump stops within a record: the last record is cut, whatever text follows. */
export class TruncationWatch {
  #cut: Truncation | null = null;
  #linesBehind = 0;

  /** A whole record was met: what was cut before is damage within the dump. */
  record(): void {
    this.#cut = null;
  }

  /** A record was met that stops within. Text of the crash report may be on its last line. */
  cut(place: Place): void {
    this.#cut = { line: place.line, offset: place.offset, cause: 'end-of-file', followedBy: null };
    this.#linesBehind = 0;
    const crash = crashLine(place);
    if (crash !== null) this.#cut = { ...this.#cut, cause: 'crash', followedBy: crash };
  }

  /** Whether text that is no record may tell something. */
  get isWatching(): boolean {
    return this.#cut !== null && this.#cut.cause !== 'crash' && this.#linesBehind < SEARCHED_LINES;
  }

  /** Text was met that is no record. */
  foreign(place: Place): void {
    const cut = this.#cut;
    if (cut === null || !this.isWatching) return;
    this.#linesBehind++;
    const crash = crashLine(place);
    if (crash !== null) this.#cut = { ...cut, cause: 'crash', followedBy: crash };
    else if (cut.cause === 'end-of-file') {
      this.#cut = { ...cut, cause: 'other-text', followedBy: excerptOf(place.bytes, place.start, place.end) };
    }
  }

  /** The text is over. */
  finish(report: ImportReport): void {
    report.truncation = this.#cut;
    report.truncated = this.#cut !== null;
  }
}

/** From the crash report's first words on; null if they are not there. */
function crashLine({ bytes, start, end }: Place): string | null {
  const text = latin1Of(bytes, start, Math.min(end, start + SEARCHED_BYTES));
  const at = text.search(CRASH);
  return at < 0 ? null : excerptOf(bytes, start + at, end);
}

/**
 * Whether the text that a dump begins with, up to where an object may start, is the rest of a record: it has a field
 * after a comma, or continues with references, or is nothing but what ends a record.
 */
export function isRestOfRecord({ bytes, start, end }: Place): boolean {
  const text = latin1Of(bytes, start, Math.min(end, start + SEARCHED_BYTES)).trim();
  if (/^[0-9a-fx", ]{0,24}(, "0x[0-9a-f]+"){2}/i.test(text)) return true;
  return /, ?"[a-z_]+": ?(["[0-9]|true|$)/.test(text) || /^[a-z0-9"\]}]*\}$/.test(text);
}
