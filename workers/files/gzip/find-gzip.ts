import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { isGzip, mayBeHeader } from './gzip-header.ts';
import { GzipReader } from './gzip-reader.ts';
import { partFrom, readAll, type StoredPart, wholeOf } from './stored-part.ts';
import { isTranslated, withoutCarriageReturns } from './terminal-copy.ts';

/** A gzip stream in a file, and what was done to find it. */
export interface FoundGzip {
  stored: StoredPart;
  /** What was done, one sentence each. */
  notes: readonly string[];
  /** Why the stream may be damaged, if it is; one sentence. */
  likelyCause: string | null;
}

/** How much text before a gzip stream is searched. */
const MAX_PREFIX_BYTES = 1 << 16;
const LF = 0x0a;
const CR = 0x0d;
/** Matches records of a dump, but not messages of other programs. */
const RECORD = /"address": *"0x/;

/**
 * The gzip stream of a file: from its first byte on, or after some lines of text (such as messages of
 * `kubectl exec` on the same output), with line ends restored that a terminal translated. Null if there is none.
 */
export async function findGzip(stored: StoredBytes): Promise<FoundGzip | null> {
  const head = await readAll(stored, 0, MAX_PREFIX_BYTES);
  if (isGzip(head)) return streamAt(stored, head, 0);
  for (let at = head.indexOf(0x1f); at >= 0; at = head.indexOf(0x1f, at + 1)) {
    const before = head.subarray(0, at);
    // Records before a stream are a separate dump.
    if (!isText(before) || RECORD.test(new TextDecoder().decode(before))) return null;
    if (!mayBeHeader(head.subarray(at))) continue;
    const found = await streamAt(stored, head, at);
    if ((await new GzipReader(found.stored, null).next()) !== null) return found;
  }
  return null;
}

/** The stream that begins at byte `start` of a file, which begins with `head`. */
async function streamAt(stored: StoredBytes, head: Uint8Array, start: ByteOffset): Promise<FoundGzip> {
  const part = start === 0 ? wholeOf(stored) : partFrom(stored, start);
  const notes: string[] = [];
  if (start > 0) {
    notes.push(`${withThousands(start)} bytes of text before the gzip stream were left out.`);
  }
  if (!isTranslated(head.subarray(start))) return { stored: part, notes, likelyCause: null };
  const mended = await withoutCarriageReturns(part);
  if (!(await isBetter(mended, part))) return { stored: part, notes, likelyCause: null };
  const what =
    'Each line feed in the gzip file has a carriage return before it: the file was copied through a terminal.';
  notes.push(
    `${what} The carriage returns were left out. Use kubectl cp, or exec without -t, to copy a file as it is.`,
  );
  const likelyCause = `${what} Use kubectl cp, or exec without -t, to copy it again.`;
  return { stored: mended, notes, likelyCause };
}

/**
 * Whether to read the repaired stream instead of the stored one: the stored one is damaged, and the repaired one is
 * not, or gives more text. Carriage returns may be before line feeds by chance, or since stored blocks hold text with
 * such line ends.
 */
async function isBetter(mended: StoredBytes, stored: StoredBytes): Promise<boolean> {
  const asStored = new GzipReader(stored, null);
  while ((await asStored.next()) !== null);
  if (asStored.damage === null) return false;
  const reader = new GzipReader(mended, null);
  while (reader.textOffset <= asStored.textOffset && (await reader.next()) !== null);
  return reader.textOffset > asStored.textOffset || reader.damage === null;
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte >= 0x20 || byte === LF || byte === CR || byte === 0x09 || byte === 0x1b);
}
