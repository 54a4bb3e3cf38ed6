import type { Bytes } from './units.ts';

/**
 * A file on a server that supports range requests, such as a dump in the folder of the page. The reading threads fetch
 * its bytes as needed; it is never downloaded as a whole.
 */
export interface ServedFile {
  /** Absolute. */
  url: string;
  name: string;
  size: Bytes;
  /** The server's `ETag`: if it changes, reading fails. Null if the server sends none. */
  etag: string | null;
}

/** A file in the origin-private file system of the browser, or a range of it. */
export interface KeptFile {
  handle: FileSystemFileHandle;
  name: string;
  /** Where the range starts in the file. */
  start: Bytes;
  /** Length of the range. */
  size: Bytes;
}

/** What a dump can be read from. */
export type DumpFile = Blob | ServedFile | KeptFile;

/** A range of a file of this device, for another thread; null for a served file. */
export function rangeOf(file: DumpFile, start: Bytes, size: Bytes): Blob | KeptFile | null {
  if (file instanceof Blob) return file.slice(start, start + size);
  return 'handle' in file ? { ...file, start: file.start + start, size } : null;
}

/**
 * The start of the range that a server sent and the size of the whole file, from `Content-Range`; null if it lacks
 * either.
 */
export function contentRange(header: string | null): { start: Bytes; size: Bytes } | null {
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(header ?? '');
  return match === null ? null : { start: Number(match[1]), size: Number(match[2]) };
}
