import type { ObjectRow, Window } from './rows.ts';
import type { AddressText } from './units.ts';

/** A key or value among the contents of an object. */
export interface ContentValue {
  address: AddressText;
  /** Null if the dump has no record of it. */
  object: ObjectRow | null;
}

/** An entry, element, variable or other part of an object. */
export interface ContentRow {
  /** `[3]`, `@email`, `default`, `self` …; null for hash entries, and where the dump does not say. */
  name: string | null;
  /** The key of a hash entry; null otherwise. */
  key: ContentValue | null;
  /** Null for a variable that holds a number, nil or another value that is not an object. */
  value: ContentValue | null;
}

/**
 * The contents of an object as seen by the program, in order: the pairs of a hash, elements of an array, members of a
 * struct, instance variables, or the parts of a block. A window of the rows.
 */
export interface ObjectContents extends Window<ContentRow> {
  /** `none`: it is none of these, or its record is missing. */
  kind: 'none' | 'entries' | 'elements' | 'members' | 'variables' | 'block';
  /** What the dump does not say about the contents, in sentences; empty if it says everything. */
  notes: string[];
}
