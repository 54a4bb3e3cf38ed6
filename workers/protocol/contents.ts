import type { ObjectRow, Window } from './rows.ts';
import type { AddressText } from './units.ts';

/** An object that another one consists of. */
export interface ContentValue {
  address: AddressText;
  /** Null if the dump has no record of it. */
  object: ObjectRow | null;
}

/** An entry, element, variable or other part of an object. */
export interface ContentRow {
  /** `[3]`, `@email`, `default`, `self` …; null if the dump does not tell, and for entries of a hash. */
  name: string | null;
  /** The key of an entry of a hash; null for all else. */
  key: ContentValue | null;
  /** Null for a variable that holds a number, nil or another value that is no object. */
  value: ContentValue | null;
}

/**
 * The contents of an object as seen by the program, in order: the pairs of a hash, elements of an array, members of a
 * struct, instance variables, or the parts of a block. A window of the rows.
 */
export interface ObjectContents extends Window<ContentRow> {
  /** `none`: it is nothing of these, or its record is not there. */
  kind: 'none' | 'entries' | 'elements' | 'members' | 'variables' | 'block';
  /** What the dump does not tell of them, in sentences; empty where it tells everything. */
  notes: string[];
}
