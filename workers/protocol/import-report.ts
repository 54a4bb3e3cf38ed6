import type { ByteOffset, Count, LineNumber } from './units.ts';

/** A record or a line that could not be read, or only in part. */
export interface SkippedRecord {
  line: LineNumber;
  offset: ByteOffset;
  reason: string;
  /** The first bytes of it, as plain text; at most 200 characters. */
  excerpt: string;
}

/** A field whose value cannot be true: the record counts, the field as if it were absent. */
export interface DamagedField {
  /** Where the record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /** The key, such as "memsize". */
  field: string;
  /** The value as it is in the file, as plain text; at most 60 characters. */
  value: string;
}

/** Where a dump stops within a record. */
export interface Truncation {
  /** Where the cut record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /**
   * `end-of-file`: the file ends there. `crash`: the interpreter's crash report follows, so the process crashed
   * while writing the dump. `other-text`: other text follows.
   */
  cause: 'end-of-file' | 'crash' | 'other-text';
  /** The first line of the text that follows, at most 200 characters: "[BUG] Segmentation fault at …". */
  followedBy: string | null;
}

/** A second dump behind the first in the same file. It plays no part. */
export interface SecondDump {
  /** Where its first record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /** Records from there on, whether or not the first dump has their addresses. */
  records: Count;
}

/** What the importer could not take as it stood, and how much there was of it. */
export interface ImportReport {
  /**
   * All records in the text: objects, roots, shapes, free slots, skipped records, duplicate addresses, and the
   * records of a second dump.
   */
  records: Count;
  /** Records that could not be read at all: they play no part. Duplicate addresses are not among them. */
  skippedRecords: Count;
  /** Damaged records that were read in spite of it, and count. */
  rescuedRecords: Count;
  /** Lines, and pieces of lines between records, that are no records: other output of the program. */
  foreignLines: Count;
  /** Records whose address an earlier record has, those of a second dump included: they play no part. */
  duplicateAddresses: Count;
  /** Fields with an impossible value, such as a memsize of 2^64 - 1: their records count without them. */
  damagedFields: Count;
  /**
   * Complete records in a layout that Ruby does not write: other spacing, several lines, another order of keys. They
   * were read by the slower reader.
   */
  rewrittenRecords: Count;
  /** The first twenty of each, in file order. */
  skipped: SkippedRecord[];
  rescued: SkippedRecord[];
  foreign: SkippedRecord[];
  damaged: DamagedField[];
  /** The dump stops within a record, whatever follows: it is incomplete. The same as `truncation !== null`. */
  truncated: boolean;
  truncation: Truncation | null;
  /** The text begins within a record: it is a later part of a dump that was split, and incomplete. */
  beginsWithinRecord: boolean;
  /** Null if the file holds one dump, as nearly all do. */
  secondDump: SecondDump | null;
  /** Why the text of a compressed file ended too early, or is not to be trusted; one sentence. Null if all is well. */
  damage: string | null;
  /** What was odd about the file and was put right, without harm to its text; one sentence each. */
  notes: readonly string[];
  /** What was around the text and was undone, the outermost first: "docker json-file log". Empty for nearly all files. */
  layers: string[];
}
