import type { Bytes } from './units.ts';

/**
 * A file that is served and can be read in ranges, such as a dump that lies beside the page. Its bytes are fetched as
 * they are needed, by the threads that read; it is never downloaded as a whole.
 */
export interface ServedFile {
  /** Absolute. */
  url: string;
  name: string;
  size: Bytes;
  /** The server's name for this version of the file: where it changes, reading fails. Null if the server gives none. */
  etag: string | null;
}

/** What a dump can be read from. */
export type DumpFile = Blob | ServedFile;

/** The start of the range that a server sent and the size of the whole file, as `Content-Range` says; null if it does not. */
export function contentRange(header: string | null): { start: Bytes; size: Bytes } | null {
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(header ?? '');
  return match === null ? null : { start: Number(match[1]), size: Number(match[2]) };
}
