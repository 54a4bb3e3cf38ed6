import { withThousands } from '../../protocol/digits.ts';
import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { headerBytes, isGzip } from './gzip-header.ts';
import { GzipReader } from './gzip-reader.ts';

/** A gzip stream in a file, and what was done to get at it, one sentence each. */
export interface FoundGzip {
  stored: StoredBytes;
  notes: string[];
}

/** Text before a gzip stream is looked through up to here. */
const MAX_PREFIX_BYTES = 1 << 16;
/** Line feeds from which on it is no chance that each has a carriage return before it: 1 in 256^8. */
const TRANSLATED_LINES = 8;
/** Bytes whose carriage returns are counted together. */
const CHUNK_BYTES = 1 << 16;
const LF = 0x0a;
const CR = 0x0d;

/**
 * The gzip stream of a file: from its first byte on, or behind some lines of text (what `kubectl exec` says before it
 * writes to the same output), and with line ends put right that a terminal translated. Null if there is none.
 */
export async function findGzip(stored: StoredBytes): Promise<FoundGzip | null> {
  const head = await stored.read(0, MAX_PREFIX_BYTES);
  if (isGzip(head)) return streamAt(stored, head, 0);
  for (let at = head.indexOf(0x1f); at >= 0; at = head.indexOf(0x1f, at + 1)) {
    if (!isText(head.subarray(0, at))) return null;
    const found = isGzip(head.subarray(at)) ? await streamAt(stored, head, at) : null;
    if (found !== null && (await inflates(found.stored))) return found;
  }
  return null;
}

/** The stream that begins at a byte of a file, which begins with `head`. */
async function streamAt(stored: StoredBytes, head: Uint8Array, start: ByteOffset): Promise<FoundGzip> {
  const notes: string[] = [];
  if (start > 0) {
    notes.push(`The gzip stream begins at byte ${withThousands(start)}. The text before it is left out.`);
  }
  const stream = start === 0 ? stored : tailOf(stored, start);
  if (!isTranslated(head.subarray(start))) return { stored: stream, notes };
  notes.push(
    'Each line feed of the gzip stream had a carriage return before it: the file was copied through a terminal. The carriage returns are left out. To copy it unchanged, use kubectl cp, or exec without -t.',
  );
  return { stored: await withoutCarriageReturns(stream), notes };
}

/** Whether a stream is gzip beyond its first bytes. */
async function inflates(stored: StoredBytes): Promise<boolean> {
  if (Number.isNaN(headerBytes(await stored.read(0, MAX_PREFIX_BYTES)) ?? 0)) return false;
  return (await new GzipReader(stored, null).next()) !== null;
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte >= 0x20 || byte === LF || byte === CR || byte === 0x09 || byte === 0x1b);
}

/** Whether all line feeds have carriage returns before them, and there are enough of them to tell. */
function isTranslated(bytes: Uint8Array): boolean {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] !== CR) return false;
    lines++;
  }
  return lines >= TRANSLATED_LINES;
}

/** A file from one of its bytes on. */
function tailOf(stored: StoredBytes, start: ByteOffset): StoredBytes {
  return {
    name: stored.name,
    length: stored.length - start,
    read: (offset, length) => stored.read(start + offset, length),
    inOrder: () => null,
  };
}

/** A file without the carriage return before each line feed. Reads it once, to count them. O(file). */
async function withoutCarriageReturns(stored: StoredBytes): Promise<StoredBytes> {
  /** Chunk → carriage returns left out before it. */
  const leftOut = [0];
  for (let at = 0; at < stored.length; at += CHUNK_BYTES) {
    leftOut.push(leftOut.at(-1)! + (await chunkAt(stored, at)).leftOut);
  }
  const read = async (offset: ByteOffset, length: Bytes): Promise<Uint8Array> => {
    let chunk = leftOut.findLastIndex((before, index) => index * CHUNK_BYTES - before <= offset);
    const result = new Uint8Array(Math.max(0, Math.min(length, stored.length - leftOut.at(-1)! - offset)));
    for (let filled = 0; filled < result.length; chunk++) {
      const { bytes } = await chunkAt(stored, chunk * CHUNK_BYTES);
      const skipped = Math.max(0, offset - (chunk * CHUNK_BYTES - leftOut[chunk]!));
      const wanted = bytes.subarray(skipped, skipped + result.length - filled);
      result.set(wanted, filled);
      filled += wanted.length;
    }
    return result;
  };
  return { name: stored.name, length: stored.length - leftOut.at(-1)!, read, inOrder: () => null };
}

/** A chunk without the carriage returns whose line feed is in the file, be it in the next chunk. */
async function chunkAt(stored: StoredBytes, at: ByteOffset): Promise<{ bytes: Uint8Array; leftOut: number }> {
  const raw = await stored.read(at, CHUNK_BYTES + 1);
  const length = Math.min(raw.length, CHUNK_BYTES);
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (let i = 0; i < length; i++) {
    if (raw[i] !== CR || raw[i + 1] !== LF) bytes[filled++] = raw[i]!;
  }
  return { bytes: bytes.subarray(0, filled), leftOut: length - filled };
}
