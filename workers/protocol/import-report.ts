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

/** A second dump after the first in the same file. It is counted, but not part of the heap. */
export interface SecondDump {
  /** Where its first record starts. */
  line: LineNumber;
  offset: ByteOffset;
  /** Records from there on, whether or not the first dump has their addresses. */
  records: Count;
}

/** What the importer could not read as it was, and how often. */
export interface ImportReport {
  /**
   * All records in the text: objects, roots, shapes, free slots, skipped records, duplicate addresses, and the
   * records of a second dump.
   */
  records: Count;
  /** Records that could not be read at all, and are ignored. Duplicate addresses are not among them. */
  skippedRecords: Count;
  /** Damaged records that could be read nevertheless, and count. */
  rescuedRecords: Count;
  /** Lines, and pieces of lines between records, that are not records: other output of the program. */
  foreignLines: Count;
  /** Records whose address an earlier record has, including those of a second dump. They are ignored. */
  duplicateAddresses: Count;
  /**
   * Fields with an impossible value, such as a memsize of 2^64 - 1. Their records count as if they did not have them.
   */
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
  /**
   * Why the text of a compressed file ended too early, or cannot be trusted; one sentence. Null if there is no damage.
   */
  damage: string | null;
  /** Oddities of the file that were corrected without affecting its text; one sentence each. */
  notes: readonly string[];
  /**
   * Wrappers around the text that were removed, the outermost first: "docker json-file log". Empty for nearly all
   * files.
   */
  layers: string[];
}
