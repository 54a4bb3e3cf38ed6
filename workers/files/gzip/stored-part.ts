import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import { type StoredBytes, unreadable } from '../stored-bytes.ts';

/** The part of a file that is read, if something in it is left out. */
export interface StoredPart extends StoredBytes {
  /** Length of the whole file. */
  readonly fileBytes: Bytes;
  /** Converts an offset in the part, or its end, to one in the whole file. */
  placeOf(offset: ByteOffset): Promise<ByteOffset>;
}

/** The whole file as a part. */
export function wholeOf(stored: StoredBytes): StoredPart {
  return partFrom(stored, 0);
}

/** A file from one of its bytes on. */
export function partFrom(stored: StoredBytes, start: ByteOffset): StoredPart {
  return {
    name: stored.name,
    length: stored.length - start,
    fileBytes: stored.length,
    read: (offset, length) => stored.read(start + offset, length),
    inOrder: () => null,
    placeOf: async offset => start + offset,
  };
}

/** Reads a number of bytes of a file, or all up to its end. Throws a `ProblemError` if the file has become shorter. */
export async function readAll(stored: StoredBytes, offset: ByteOffset, most: Bytes): Promise<Uint8Array> {
  const length = Math.min(most, stored.length - offset);
  const first = await stored.read(offset, length);
  if (first.length === length) return first;
  const bytes = new Uint8Array(length);
  bytes.set(first);
  for (let filled = first.length; filled < length; ) {
    const more = await stored.read(offset + filled, length - filled);
    // If the file shrinks while it is read, do not wait for bytes that never come.
    if (more.length === 0) throw unreadable(stored.name, `it has no byte ${offset + filled} any more`);
    bytes.set(more, filled);
    filled += more.length;
  }
  return bytes;
}
