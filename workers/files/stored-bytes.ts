import { ProblemError } from '../protocol/errors.ts';
import type { ByteOffset, Bytes } from '../protocol/units.ts';
import { BlobReader } from './blob-reader.ts';

/** A file as it is stored, wherever that is. */
export interface StoredBytes {
  readonly name: string;
  readonly length: Bytes;
  /** So many bytes from an offset on; fewer where the file ends. Throws a `ProblemError` if they cannot be read. */
  read(offset: ByteOffset, length: Bytes): Promise<Uint8Array>;
  /** Reads it from its start on, which is faster than piece by piece; null if there is no such way. */
  inOrder(): OrderedReader | null;
}

/** Reads a file from front to back. */
export interface OrderedReader {
  /**
   * The next bytes, in the buffer, which is taken over: as many as fit, fewer at the end of the file.
   * Throws a `ProblemError` if they cannot be read.
   */
  fill(buffer: ArrayBuffer): Promise<Uint8Array>;
  /** Ends it; to be called in any case. */
  stop(): void;
}

/** The bytes of a file that the browser knows. */
export function blobBytes(blob: Blob, name: string): StoredBytes {
  const told = (error: unknown): never => {
    throw unreadable(name, String(error));
  };
  return {
    name,
    length: blob.size,
    read: async (offset, length) => {
      const piece = blob.slice(offset, offset + length);
      return new Uint8Array(await piece.arrayBuffer().catch(told));
    },
    inOrder: () => {
      if (!BlobReader.canFill(blob)) return null;
      const reader = new BlobReader(blob);
      return { fill: buffer => reader.fill(buffer).catch(told), stop: () => reader.stop() };
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
