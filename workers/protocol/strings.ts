import type { ObjectRow, Tally } from './rows.ts';
import type { Bytes, Count } from './units.ts';

/** The beginning of the text of a string or symbol. */
export interface Excerpt {
  /** At most 80 characters; null if the dump does not have the text. */
  text: string | null;
  /** Whether the text is that of a string which this one shares, so that its own may be only a part of it. */
  shared: boolean;
}

/** Strings of equal text. */
export interface Duplicates {
  /** Texts that at least two strings have. */
  groups: Count;
  /** Strings in these groups. */
  count: Count;
  /** Shallow bytes of all but the largest of each group: what one string for each text would save. */
  bytes: Bytes;
}

/** Something that several objects have in common, and the number of these objects. */
export interface CountedLabel {
  /** null = they have none, such as a site of untraced objects. */
  label: string | null;
  objects: Count;
}

/** Strings that have one text. */
export interface DuplicateStringRow {
  /** The first of them in the file; all have its text. */
  object: ObjectRow;
  copies: Count;
  /** Bytes of the text; null if the dump does not say. */
  length: Bytes | null;
  shallowBytes: Bytes;
  /** Shallow bytes of all copies but the largest. */
  wastedBytes: Bytes;
  /** The sites that allocated most of the copies, and how many sites there are. */
  sites: CountedLabel[];
  siteCount: Count;
  /** Classes of the objects that refer to the copies, those with the most references first, and how many there are. */
  holders: CountedLabel[];
  holderCount: Count;
}

/** A summary of the strings of a set. */
export interface StringSummary {
  strings: Tally;
  /** Strings whose text is not in the dump: shared strings, and strings that are not valid in their encoding. */
  withoutText: Tally;
  empty: Tally;
  duplicates: Duplicates;
  /** Strings that may have an equal one, but whose text can no longer be read. */
  unread: Count;
  /** Files by the most that frozen string literals would save in them, largest first. */
  literals: LiteralFile[];
}

/**
 * A file whose lines repeatedly allocated equal strings that are not frozen: the most that
 * `# frozen_string_literal: true` would save, if all are literals.
 */
export interface LiteralFile {
  file: string;
  /** Number of texts, counted separately for each line. */
  groups: Count;
  copies: Count;
  savedBytes: Bytes;
}
