import { ProblemError } from '../protocol/errors.ts';
import type { ByteOffset, Bytes } from '../protocol/units.ts';

/** A file as it is stored, wherever that is. */
export interface StoredBytes {
  readonly name: string;
  readonly length: Bytes;
  /** So many bytes from an offset on; fewer where the file ends. Throws a `ProblemError` where they cannot be read. */
  read(offset: ByteOffset, length: Bytes): Promise<Uint8Array>;
}

/** The bytes of a file that the browser knows. */
export function blobBytes(blob: Blob, name: string): StoredBytes {
  return {
    name,
    length: blob.size,
    read: async (offset, length) => {
      try {
        return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (error) {
        throw unreadable(name, String(error));
      }
    },
  };
}

/** The error of a file that was there and cannot be read any more. */
export function unreadable(name: string, details: string): ProblemError {
  return new ProblemError({
    code: 'unreadable-file',
    file: name,
    message: 'The file could not be read.',
    advice: 'It may have been changed, moved or deleted since it was chosen. Choose it again.',
    details,
  });
}
