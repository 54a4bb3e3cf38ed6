import { Byte } from '../bytes.ts';
import { KEY_NAMES } from '../record-keys.ts';
import { isSpace } from './json-record.ts';
import { latin1Of } from './record-text.ts';

const KNOWN_KEYS = new Set(KEY_NAMES.slice(1));
const MAX_KEY_BYTES = 24;
/** Records that a program wrote over several lines are not indented by more than this. */
const MAX_SPACES = 200;

/** Whether Ruby is known to write this key. */
export function isKnownKey(key: string): boolean {
  return KNOWN_KEYS.has(key);
}

/** The key whose opening quote is at `p`, and where its value starts; null if there is no key with a colon. */
export function keyAt(bytes: Uint8Array, p: number, end: number): { key: string; value: number } | null {
  if (p >= end || bytes[p] !== Byte.quote) return null;
  let q = p + 1;
  while (q < end && q - p <= MAX_KEY_BYTES && isKeyByte(bytes[q]!)) q++;
  if (q === p + 1 || q >= end || bytes[q] !== Byte.quote) return null;
  const colon = skipSpaces(bytes, q + 1, end);
  if (colon >= end || bytes[colon] !== Byte.colon) return null;
  return { key: latin1Of(bytes, p + 1, q), value: skipSpaces(bytes, colon + 1, end) };
}

/** The position after the spaces and newlines at `p`, of which at most {@link MAX_SPACES} are skipped. */
export function skipSpaces(bytes: Uint8Array, p: number, end: number): number {
  const stop = Math.min(end, p + MAX_SPACES);
  let q = p;
  while (q < stop && isSpace(bytes[q]!)) q++;
  return q;
}

export function isKeyByte(byte: number): boolean {
  return byte === 0x5f || (byte >= 0x61 && byte <= 0x7a);
}

/** The most bytes that are needed to tell whether a record starts. */
const START_BYTES = MAX_SPACES * 2 + MAX_KEY_BYTES + 4;

/**
 * Finds where records start in a text: an opening brace and a key that Ruby writes. No valid JSON string contains
 * that, since a quote in it has a backslash. Bytes are examined only once.
 */
export class RecordStarts {
  /** There is no start in `#from` … `#to`; with `#found`, there is one at `#to`. */
  #from = 0;
  #to = 0;
  #found = false;

  /** Subtracts `by` from all positions. */
  moved(by: number): void {
    this.#from -= by;
    this.#to -= by;
  }

  /** The first start in `from` … `end`; `end` if none is known yet. */
  next(bytes: Uint8Array, from: number, end: number): number {
    if (from < this.#from || from > this.#to) {
      this.#from = from;
      this.#to = from;
      this.#found = false;
    }
    if (this.#found) return Math.min(this.#to, end);
    let at = nextBrace(bytes, this.#to, end);
    while (at < end && !this.#startsAt(bytes, at, end)) at = nextBrace(bytes, at + 1, end);
    this.#found = at < end;
    this.#to = this.#found ? at : Math.max(this.#to, end - START_BYTES);
    return at;
  }

  #startsAt(bytes: Uint8Array, at: number, end: number): boolean {
    const key = keyAt(bytes, skipSpaces(bytes, at + 1, end), end);
    return key !== null && KNOWN_KEYS.has(key.key);
  }
}

/** The first opening brace in `from` … `end`, or `end`. */
export function nextBrace(bytes: Uint8Array, from: number, end: number): number {
  if (from >= end) return end;
  const at = bytes.subarray(from, end).indexOf(Byte.openBrace);
  return at < 0 ? end : from + at;
}

/** Whether a byte may stand between records: a space, newline, comma, bracket, NUL or record separator. */
export function isSeparator(byte: number): boolean {
  switch (byte) {
    case Byte.space:
    case Byte.tab:
    case Byte.lf:
    case Byte.cr:
    case Byte.comma:
    case Byte.nul:
    case Byte.recordSeparator:
    case Byte.openBracket:
    case Byte.closeBracket:
      return true;
    default:
      return false;
  }
}
