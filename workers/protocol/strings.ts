import type { ObjectRow, Tally } from './rows.ts';
import type { Bytes, Count } from './units.ts';

/** The beginning of the text of a string or symbol. */
export interface Excerpt {
  /** At most 80 characters; null if the dump does not have the text. */
  text: string | null;
  /** The text is that of the string which this one shares: it may be a part of it. */
  shared: boolean;
}

/** Strings of equal text. */
export interface Duplicates {
  /** Texts that at least two strings have. */
  groups: Count;
  /** Strings in these groups. */
  count: Count;
  /** Shallow bytes of them but the largest of each group: what one string for each text would save. */
  bytes: Bytes;
}

/** Something that several objects have in common, and how many do. */
export interface CountedLabel {
  /** null = they have none, such as a site of untraced objects. */
  label: string | null;
  objects: Count;
}

/** Strings that have one text. */
export interface DuplicateStringRow {
  /** The first of them in the file: its text is that of all. */
  object: ObjectRow;
  copies: Count;
  /** Bytes of the text; null if the dump does not tell. */
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

/** What the strings of a set come to. */
export interface StringSummary {
  strings: Tally;
  /** Those whose text is not in the dump: shared ones, and such as are not valid in their encoding. */
  withoutText: Tally;
  empty: Tally;
  duplicates: Duplicates;
  /** Strings that may have an equal one, but whose text is not in the file any more. */
  unread: Count;
  /** Files by what frozen string literals would save in them at most, most first. */
  literals: LiteralFile[];
}

/**
 * A file whose lines repeatedly allocated equal strings that are not frozen: the most that
 * `# frozen_string_literal: true` would save, if all are literals.
 */
export interface LiteralFile {
  file: string;
  /** Texts, by line. */
  groups: Count;
  copies: Count;
  savedBytes: Bytes;
}
