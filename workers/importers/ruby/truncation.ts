import type { ImportReport, Truncation } from '../../protocol/import-report.ts';
import { excerptOf, type Place } from './irregularities.ts';
import { latin1Of } from './slow/record-text.ts';

/** Matches the first line of the interpreter's crash report. */
const CRASH = /\[BUG\]|\[IMPORTANT\]\n?Don't forget to include the Crash Report/;
/** Lines after a cut record that are searched for a crash report. */
const SEARCHED_LINES = 40;
const SEARCHED_BYTES = 4096;

/** Detects whether a dump stops within a record: the last record is cut, whatever text follows. */
export class TruncationWatch {
  #cut: Truncation | null = null;
  #linesAfter = 0;

  /** A whole record was read: if one was cut before, the damage is within the dump. */
  record(): void {
    this.#cut = null;
  }

  /** A record was read that is cut off. Text of a crash report may be on its last line. */
  cut(place: Place): void {
    this.#cut = { line: place.line, offset: place.offset, cause: 'end-of-file', followedBy: null };
    this.#linesAfter = 0;
    const crash = crashLine(place);
    if (crash !== null) this.#cut = { ...this.#cut, cause: 'crash', followedBy: crash };
  }

  /** Whether text that is not a record may still explain the cut. */
  get isWatching(): boolean {
    return this.#cut !== null && this.#cut.cause !== 'crash' && this.#linesAfter < SEARCHED_LINES;
  }

  /** Text was read that is not a record. */
  foreign(place: Place): void {
    const cut = this.#cut;
    if (cut === null || !this.isWatching) return;
    this.#linesAfter++;
    const crash = crashLine(place);
    if (crash !== null) this.#cut = { ...cut, cause: 'crash', followedBy: crash };
    else if (cut.cause === 'end-of-file') {
      this.#cut = { ...cut, cause: 'other-text', followedBy: excerptOf(place.bytes, place.start, place.end) };
    }
  }

  /** To be called at the end of the text. */
  finish(report: ImportReport): void {
    report.truncation = this.#cut;
    report.truncated = this.#cut !== null;
  }
}

/** The crash report's first line, from its known words on; null if there is none. */
function crashLine({ bytes, start, end }: Place): string | null {
  const text = latin1Of(bytes, start, Math.min(end, start + SEARCHED_BYTES));
  const at = text.search(CRASH);
  return at < 0 ? null : excerptOf(bytes, start + at, end);
}

/**
 * Whether the text at the start of a dump, up to where an object may start, is the rest of a record: it has a field
 * after a comma, continues a list of references, or is only the end of a record.
 */
export function isRestOfRecord({ bytes, start, end }: Place): boolean {
  const text = latin1Of(bytes, start, Math.min(end, start + SEARCHED_BYTES)).trim();
  if (/^[0-9a-fx", ]{0,24}(, "0x[0-9a-f]+"){2}/i.test(text)) return true;
  return /, ?"[a-z_]+": ?(["[0-9]|true|$)/.test(text) || /^[a-z0-9"\]}]*\}$/.test(text);
}
