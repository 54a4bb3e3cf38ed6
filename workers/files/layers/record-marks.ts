/** The beginnings of lines of a heap dump, as Ruby writes them. */
const LINE_STARTS = ['{"address":"0x', '{"type":"ROOT"'].map(text => new TextEncoder().encode(text));

/** Whether a record begins at `start`, in Ruby's own layout. */
export function beginsRecord(bytes: Uint8Array, start: number, end: number): boolean {
  return LINE_STARTS.some(
    text => start + text.length <= end && text.every((byte, index) => bytes[start + index] === byte),
  );
}

/** Whitespace; within a string, tabs and newlines are escaped. */
const SPACES = String.raw`(?:\s|\\{1,31}[tnr])*`;

/**
 * A member that identifies a record of a heap dump, in any layout, also in nested strings: the first group is a quote
 * with the backslashes before it, 2ⁿ - 1 of them within n strings; some programs escape a quote as `\u0022`. The
 * number of backslashes is limited because every position is tried. One character a byte.
 */
const MARK = new RegExp(
  String.raw`(?<!\\)(\\{0,31}"|\\{1,31}u0022)(?:address\1${SPACES}:${SPACES}\1(?:0x)[0-9a-f]|type\1${SPACES}:${SPACES}\1ROOT\1)`,
  'i',
);

/** The mark of the first record of a text: its position, and the number of backslashes before its quotes. */
export interface RecordMark {
  index: number;
  backslashes: number;
}

/** The first mark of a record in a text; null if there is none. O(length). */
export function findRecordMark(text: string): RecordMark | null {
  const match = MARK.exec(text);
  return match && { index: match.index, backslashes: match[1]!.search(/["u]/) };
}

const LATIN1 = new TextDecoder('latin1');

/** Bytes as one character each, for patterns. Only ASCII is meaningful. */
export function asText(bytes: Uint8Array): string {
  return LATIN1.decode(bytes);
}
