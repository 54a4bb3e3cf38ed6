import type { Bytes } from '../protocol/units.ts';
import type { Opened } from './model/profile.ts';
import type { Head } from './reading/head.ts';

/** The input of a format's reader. */
export interface TextInput {
  /** The name of the file. */
  name: string;
  fileBytes: Bytes;
  head: Head;
  /** The uncompressed text from its start, in slices. A slice is valid until the next one is requested. */
  slices: AsyncIterable<Uint8Array>;
  /** Aborts reading with a message for the user: what is wrong or missing, and what to do. */
  fail(message: string, advice: string): never;
}

/**
 * A file format of profiles, reports or series. `sniff` recognises it by its content, `read` returns a profile or a
 * series; nothing outside a format's folder knows its syntax.
 */
export interface ProfileFormat {
  /** "massif" */
  id: string;
  /** Display name: "Valgrind massif". */
  label: string;
  /**
   * Whether a file with this beginning has this format. Must be certain: the first format that returns true reads the
   * file.
   */
  sniff(head: Head): boolean;
  /**
   * Whether files of this format contain nothing else, so that a large one need not be searched for a heap dump first.
   */
  hasNoOtherContents?: true;
  /** Reads the file to its end. Unreadable lines are counted; it fails only if the whole file is unusable. */
  read(input: TextInput): Promise<Opened>;
}
