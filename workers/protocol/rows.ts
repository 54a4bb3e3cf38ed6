import type { Origin } from './origin.ts';
import type { AddressText, Bytes, Count, Generation, ObjectIndex } from './units.ts';
import type { EdgeWords, Family } from './vocabulary.ts';

/** The type of a record, as the file names it. The vocabulary of the format says what it means. */
export type TypeName = string;

/** A count and the shallow bytes of some objects. */
export interface Tally {
  objects: Count;
  shallowBytes: Bytes;
}

/** One object, as lists and paths show it. Built from columns alone, without reading the file. */
export interface ObjectRow {
  index: ObjectIndex;
  address: AddressText;
  type: TypeName;
  family: Family;
  /** It is a class or represents one: its title says more than its label. */
  isNamed: boolean;
  /** It has a text, which `excerpts` and `object` read from the file. */
  hasText: boolean;
  /** Class label: `AuditTrail::Event`, `Class`, `(internal) ARRAY`, `IMEMO:ment`. */
  label: string;
  /**
   * What distinguishes this object from others with its label: the name of a class or module, `[240]` for an array,
   * `{860}` for a hash, the struct of a DATA. Empty if there is nothing. The text of strings
   * comes from `excerpts`, since it is read from the file.
   */
  title: string;
  shallowBytes: Bytes;
  /** Equal to `shallowBytes` for an unreachable object. */
  retainedBytes: Bytes;
  reachable: boolean;
  generation: Generation | null;
  /** `file:line`, or null if untraced. */
  site: string | null;
  /** The columns that were requested, in their order. */
  values?: ColumnValue[];
}

/** The value of an object in a column; null = none. */
export type ColumnValue = string | number | null;

/** An object that was found by a search. */
export interface FoundObject {
  object: ObjectIndex;
  address: AddressText;
}

/** What dominates an object. */
export type Dominator =
  | { kind: 'object'; object: ObjectRow }
  /** Only this kind of root reaches the object. */
  | { kind: 'root'; root: string }
  /** Several roots reach it by separate paths. */
  | { kind: 'roots' }
  | { kind: 'unreachable' };

/** How one object refers to another: the kind of edge, with the words of the format for it. */
export interface EdgeName extends EdgeWords {
  /** How often the reference occurs in the record. */
  multiplicity: Count;
  /** `@email`, `[3]`, `["key"]`, `superclass` …: only where it is certain. */
  name: string | null;
}

/** A referrer or a reference of an object. */
export interface Neighbour extends EdgeName {
  object: ObjectRow;
}

/** The referrers or references of an object that have a class label. */
export interface NeighbourGroup {
  label: string;
  objects: Count;
  shallowBytes: Bytes;
  /** What would be freed if all members were gone; one that another member dominates counts with that one. */
  retainedBytes: Bytes;
  /** The type of all members and its family; null if they have several. */
  type: TypeName | null;
  family: Family | null;
}

/** A window of a longer list. */
export interface Window<Row> {
  /** Rows of the whole list. */
  total: Count;
  offset: number;
  rows: Row[];
}

/** A group of a grouping. */
export interface GroupRow {
  /** The group's label; null for objects that have no value for the key, such as untraced ones. */
  label: string | null;
  objects: Count;
  shallowBytes: Bytes;
  /**
   * What would be freed if all members were gone; one that another member dominates counts with that one. Groups
   * overlap.
   */
  retainedBytes: Bytes;
  /** Mean age of the members that have a generation; null if none has. */
  meanAge: number | null;
  /** For class groups: the type that most of its members have, and its family. */
  type: TypeName | null;
  family: Family | null;
  /** For groups by location of code (origin, gem, directory, file, site): the origin; otherwise null. */
  origin: Origin | null;
}

/** A class that another class refers to or is referred to by. */
export interface ClassNeighbour {
  /** All objects of the class. */
  group: GroupRow;
  /** References between the two; several from one object to another count once. */
  references: Count;
}

/** A window of the classes around a class, those with most references first. */
export interface ClassNeighbours extends Window<ClassNeighbour> {
  /** The class itself; null if the heap has no object of it. */
  group: GroupRow | null;
  /** References between objects of the class itself. */
  own: Count;
}

/** A thread or fiber, or a ractor, which has threads of its own. */
export interface ThreadRow {
  /** Its site is where it was started. */
  object: ObjectRow;
  kind: 'thread' | 'fiber' | 'ractor';
  /** Whether it runs, or for a ractor, whether one of its threads does; null if the dump does not say. */
  running: boolean | null;
  /** The ractor of a thread or fiber; null if there is only one, or the dump does not say. */
  ractor: { object: ObjectIndex; address: string } | null;
  /** Its retained size without its own size: what is in its storage and on its stack. */
  keptBytes: Bytes;
}
