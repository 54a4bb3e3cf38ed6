import type { Dominator, ObjectRow } from './rows.ts';
import type { AddressText, ByteOffset, Bytes, Count } from './units.ts';

/** A step of the chain of classes in which an object's methods are looked up. */
export interface ClassStep {
  object: ObjectRow;
  /** `singleton` = the class of one object; `module` = included or prepended there. */
  kind: 'singleton' | 'class' | 'module';
}

/** Everything known of one object. */
export interface ObjectDetails {
  object: ObjectRow;
  dominator: Dominator;
  /** Objects in its dominator subtree, itself included. */
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
  /** Targets that have no record in this dump. */
  danglingReferences: AddressText[];
  /** Every field of the record but `references`, in its order. Values are text, as in the dump. */
  fields: { name: string; value: string }[];
  /** The text of a string or symbol, at most 64 KiB of it; null if the dump does not have it. */
  text: string | null;
  textTruncated: boolean;
  /** The string that {@link text} belongs to, if this one shares it: its own text may be only a part of that. */
  sharedFrom: ObjectRow | null;
  /** The record as it is in the file, at most 64 KiB of it. */
  raw: string;
  rawTruncated: boolean;
  rawBytes: Bytes;
  line: { offset: ByteOffset };
  overhead: boolean;
  /** Code that finds the object again in the process that the file is from; null if there is none. */
  findAgain: string | null;
}

/**
 * The share of memory that an object is responsible for if what several objects hold is split equally among them
 * (numbers.md#leakshare). Parts are fractions of bytes.
 */
export interface LeakShare {
  /** Its retained size plus its parts of what it shares with other holders. */
  bytes: number;
  /** Those parts alone, and the number of objects they are of. */
  sharedBytes: number;
  sharedObjects: Count;
  /** Holders of the object itself: objects that refer to it and that it does not dominate, and kinds of root. */
  holders: Count;
  /** The part of its retained size that is charged to each of these. */
  bytesByHolder: number;
}
