import type { ImportReport, Truncation } from '../../protocol/rows.ts';
import { Byte } from './bytes.ts';
import { excerptOf, type Place } from './irregularities.ts';
import { latin1Of } from './slow/record-text.ts';

/** How the first line of the interpreter's crash report is known. */
const CRASH = /\[BUG\]|\[IMPORTANT\]\n?Don't forget to include the Crash Report/;
/** Lines behind a cut record that are searched for it. */
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
 * Whether the line that a text begins with is the rest of a record: it goes on with references; or it closes more than
 * it opens, and has a field or nothing but what ends a record.
 */
export function isRestOfRecord({ bytes, start }: Place): boolean {
  const head = latin1Of(bytes, start, Math.min(bytes.length, start + SEARCHED_BYTES));
  // The rest of a list of references, which may be long.
  if (/^[0-9a-fx", ]{0,24}(, "0x[0-9a-f]+"){2}/i.test(head)) return true;
  const newline = bytes.indexOf(Byte.lf, start);
  const end = newline < 0 ? bytes.length : newline;
  const text = latin1Of(bytes, Math.max(start, end - SEARCHED_BYTES), end).trim();
  if (!text.endsWith('}')) return false;
  const closed = text.split('}').length - text.split('{').length;
  return closed > 0 && (/"[a-z_]+":/.test(text) || /^[a-z0-9"\]}]+$/.test(text));
}
