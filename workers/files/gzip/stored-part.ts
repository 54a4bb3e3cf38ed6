import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import { type StoredBytes, unreadable } from '../stored-bytes.ts';

/** What is left of a file when something in it is passed over. */
export interface StoredPart extends StoredBytes {
  /** Of the whole file. */
  readonly fileBytes: Bytes;
  /** Where a byte of the part, or its end, is in the whole file. */
  placeOf(offset: ByteOffset): Promise<ByteOffset>;
}

/** A file that is read from its first byte to its last. */
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

/** A number of bytes of a file, or all up to its end. Throws a `ProblemError` if the file has become shorter. */
export async function readAll(stored: StoredBytes, offset: ByteOffset, most: Bytes): Promise<Uint8Array> {
  const length = Math.min(most, stored.length - offset);
  const first = await stored.read(offset, length);
  if (first.length === length) return first;
  const bytes = new Uint8Array(length);
  bytes.set(first);
  for (let filled = first.length; filled < length; ) {
    const more = await stored.read(offset + filled, length - filled);
    // A file that shrinks while it is read must not be waited for.
    if (more.length === 0) throw unreadable(stored.name, `it has no byte ${offset + filled} any more`);
    bytes.set(more, filled);
    filled += more.length;
  }
  return bytes;
}
