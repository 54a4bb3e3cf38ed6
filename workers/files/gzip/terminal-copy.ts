import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { readAll, type StoredPart } from './stored-part.ts';

// A terminal writes a carriage return before each line feed that a program writes to it (`onlcr`, see stty). Removing
// these restores a file that was copied through a terminal.

/** Size of the chunks per which carriage returns are counted. */
const CHUNK_BYTES = 1 << 16;
const LF = 0x0a;
const CR = 0x0d;

/** Whether there are line feeds, all with a carriage return before them. */
export function isTranslated(bytes: Uint8Array): boolean {
  let at = bytes.indexOf(LF);
  if (at < 0) return false;
  for (; at >= 0; at = bytes.indexOf(LF, at + 1)) if (bytes[at - 1] !== CR) return false;
  return true;
}

/** A file without the carriage returns before line feeds. Reads it once to count them. O(file). */
export async function withoutCarriageReturns(stored: StoredPart): Promise<StoredPart> {
  /** Chunk → carriage returns left out before it. The last entry is their total. */
  const leftOut = [0];
  for (let at = 0; at < stored.length; at += CHUNK_BYTES) {
    leftOut.push(leftOut.at(-1)! + (await chunkAt(stored, at)).leftOut);
  }
  const length = stored.length - leftOut.at(-1)!;
  const startOf = (chunk: number) => chunk * CHUNK_BYTES - leftOut[chunk]!;
  const chunkOf = (offset: ByteOffset) => leftOut.findLastIndex((_, chunk) => startOf(chunk) <= offset);
  const read = async (offset: ByteOffset, wanted: Bytes): Promise<Uint8Array> => {
    const result = new Uint8Array(Math.max(0, Math.min(wanted, length - offset)));
    let chunk = chunkOf(offset);
    for (let filled = 0; filled < result.length; chunk++) {
      const { bytes } = await chunkAt(stored, chunk * CHUNK_BYTES);
      const skipped = Math.max(0, offset - startOf(chunk));
      const taken = bytes.subarray(skipped, skipped + result.length - filled);
      result.set(taken, filled);
      filled += taken.length;
    }
    return result;
  };
  const placeOf = async (offset: ByteOffset): Promise<ByteOffset> => {
    if (offset >= length) return stored.placeOf(stored.length);
    const chunk = chunkOf(offset);
    const { raw } = await chunkAt(stored, chunk * CHUNK_BYTES);
    let at = 0;
    for (let kept = startOf(chunk); ; at++) {
      if (isLeftOut(raw, at)) continue;
      if (kept === offset) break;
      kept++;
    }
    return stored.placeOf(chunk * CHUNK_BYTES + at);
  };
  return { name: stored.name, length, fileBytes: stored.fileBytes, read, inOrder: () => null, placeOf };
}

function isLeftOut(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === CR && bytes[at + 1] === LF;
}

/** A chunk as it is stored, with one more byte, and without its carriage returns before line feeds. */
async function chunkAt(
  stored: StoredBytes,
  at: ByteOffset,
): Promise<{ raw: Uint8Array; bytes: Uint8Array; leftOut: number }> {
  const raw = await readAll(stored, at, CHUNK_BYTES + 1);
  const length = Math.min(raw.length, CHUNK_BYTES);
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (let i = 0; i < length; i++) if (!isLeftOut(raw, i)) bytes[filled++] = raw[i]!;
  return { raw, bytes: bytes.subarray(0, filled), leftOut: length - filled };
}
