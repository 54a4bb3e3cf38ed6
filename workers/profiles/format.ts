import type { Bytes } from '../protocol/units.ts';
import type { Opened } from './model/profile.ts';
import type { Head } from './reading/head.ts';

/** A file on its way into a format's reader. */
export interface TextInput {
  /** The name of the file. */
  name: string;
  fileBytes: Bytes;
  head: Head;
  /** The uncompressed text from its start, in slices. A slice is valid until the next one is requested. */
  slices: AsyncIterable<Uint8Array>;
  /** Ends the reading with an error for people: what is wrong or missing, and what to do. */
  fail(message: string, advice: string): never;
}

/**
 * A file format of profiles, reports or series. `sniff` tells it by its content, `read` makes a profile or a series of
 * it; nothing outside of a format's folder knows its syntax.
 */
export interface ProfileFormat {
  /** "massif" */
  id: string;
  /** For people: "Valgrind massif". */
  label: string;
  /** Whether a file that begins so is of this format. Must be sure: the first format that says yes reads the file. */
  sniff(head: Head): boolean;
  /** Whether files of this format hold nothing else, so that a large one need not be searched for a heap dump first. */
  holdsNothingElse?: true;
  /** Reads the file to its end. Lines that cannot be read are counted; what makes all of it useless is an error. */
  read(input: TextInput): Promise<Opened>;
}
