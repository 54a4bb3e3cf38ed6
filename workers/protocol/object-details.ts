import type { Dominator, ObjectRow } from './rows.ts';
import type { AddressText, ByteOffset, Bytes, Count } from './units.ts';

/** A step of the chain of classes in which methods of an object are looked up. */
export interface ClassStep {
  object: ObjectRow;
  /** `singleton` = the class of one object; `module` = included or prepended there. */
  kind: 'singleton' | 'class' | 'module';
}

/** Everything known of one object. */
export interface ObjectDetails {
  object: ObjectRow;
  dominator: Dominator;
  /** Objects of its dominator subtree, itself included. */
  retainedObjects: Count;
  method: string | null;
  gem: string | null;
  /**
   * Where its methods are looked up, nearest first, as far as the dump contains superclasses. `ancestors`: of a class
   * or module, where those of its instances are.
   */
  classChain: ClassStep[];
  ancestors: ClassStep[];
  /** The instance variables of its shape, in the order in which they were set; empty where the dump has no shapes. */
  variables: string[];
  /** Kinds of root that list the object itself. */
  rootKinds: string[];
  references: Count;
  referrers: Count;
  selfReferences: Count;
  /** Targets that are in no record of this dump. */
  danglingReferences: AddressText[];
  /** Every field of the record but `references`, in its order. Values are text, as in the dump. */
  fields: { name: string; value: string }[];
  /** The text of a string or symbol, at most 64 KiB of it; null if the dump does not have it. */
  text: string | null;
  textTruncated: boolean;
  /** The string that {@link text} is of, where this one shares it: it may be a part of that text. */
  sharedFrom: ObjectRow | null;
  /** The record as it is in the file, at most 64 KiB of it. */
  raw: string;
  rawTruncated: boolean;
  rawBytes: Bytes;
  line: { offset: ByteOffset };
  overhead: boolean;
  /** Code that gives the object again in the process that the file is of; null if there is none. */
  findAgain: string | null;
}

/**
 * The share of memory that an object is responsible for if what several objects hold is split equally among them
 * (numbers.md#leakshare). Parts are fractions of bytes.
 */
export interface LeakShare {
  /** Its retained size, and its parts of what it shares with other holders. */
  bytes: number;
  /** The latter alone, and of how many objects. */
  sharedBytes: number;
  sharedObjects: Count;
  /** What holds the object itself: objects that refer to it and that it does not dominate, and kinds of root. */
  holders: Count;
  /** The part of its retained size that each of these answers for. */
  bytesByHolder: number;
}
