import { ProblemError } from '../protocol/errors.ts';
import type { ByteOffset, Bytes } from '../protocol/units.ts';
import { BlobReader } from './blob-reader.ts';

/** A file as it is stored, wherever that is. */
export interface StoredBytes {
  readonly name: string;
  readonly length: Bytes;
  /** Reads bytes from an offset; fewer where the file ends. Throws a `ProblemError` if they cannot be read. */
  read(offset: ByteOffset, length: Bytes): Promise<Uint8Array>;
  /** A reader for the whole file from its start, which is faster than reading pieces; null if there is none. */
  inOrder(): OrderedReader | null;
}

/** Reads a file from front to back. */
export interface OrderedReader {
  /**
   * The next bytes, in the buffer, which is taken over: as many as fit, fewer at the end of the file.
   * Throws a `ProblemError` if they cannot be read.
   */
  fill(buffer: ArrayBuffer): Promise<Uint8Array>;
  /** Stops reading. Must be called in any case. */
  stop(): void;
}

/** The bytes of a file of the browser. */
export function blobBytes(blob: Blob, name: string): StoredBytes {
  const rethrow = (error: unknown): never => {
    throw unreadable(name, String(error));
  };
  return {
    name,
    length: blob.size,
    read: async (offset, length) => {
      const piece = blob.slice(offset, offset + length);
      return new Uint8Array(await piece.arrayBuffer().catch(rethrow));
    },
    inOrder: () => {
      if (!BlobReader.canFill(blob)) return null;
      const reader = new BlobReader(blob);
      return { fill: buffer => reader.fill(buffer).catch(rethrow), stop: () => reader.stop() };
    },
  };
}

/** The error for a file that can no longer be read. */
export function unreadable(name: string, details: string): ProblemError {
  return new ProblemError({
    code: 'unreadable-file',
    file: name,
    message: 'The file could not be read.',
    advice: 'It may have been changed, moved or deleted since it was chosen. Choose it again.',
    details,
  });
}
