import type { ImportReport } from './import-report.ts';
import type { Dominator, GroupRow, ObjectRow, Tally, TypeName } from './rows.ts';
import type { Bytes, Count } from './units.ts';
import type { Family } from './vocabulary.ts';

export interface TypeRow extends Tally {
  type: TypeName;
  family: Family;
}

/** One kind of root. */
export interface RootRow {
  /** vm, machine_context, global_tbl …; "(inline caches)" and "outside this dump" are pseudo-roots. */
  name: string;
  /** Distinct addresses that the dump lists for it. */
  references: Count;
  /** Bytes that only this kind of root keeps alive. */
  retainedBytes: Bytes;
}

/** The head of a run of one class, in which each object dominates the next; the run is folded into it. */
export interface RetainedRow {
  object: ObjectRow;
  dominator: Dominator;
  /**
   * Set if the dominator is the class Object or `main`: the object is a constant or variable at top level, or within
   * one.
   */
  atTopLevel: boolean;
  /** Of an array or hash: the class label of nearly all that it refers to; else null. */
  elementClass: string | null;
  /** Length of the run that starts here; 1 = no run. */
  chainLength: Count;
  /** Set if this is the allocation tracer itself. */
  overhead: boolean;
}

/** Counts of the threads in a dump. */
export interface ThreadCount {
  /** Those that run; after a fork, only the thread that forked does. */
  running: Count;
  /** All others: they have ended, or the fork did not copy them. */
  others: Count;
}

/** A name that several classes or several modules have. */
export interface RepeatedClass {
  name: string;
  count: Count;
}

/** Totals of the whole snapshot, or of the set that narrows it. */
export interface Overview {
  objects: Count;
  shallowBytes: Bytes;
  reachable: Tally;
  unreachable: Tally;
  /** The next eight are about the whole dump, whatever the set. */
  freeSlots: Count;
  shapes: Count;
  references: Count;
  danglingReferences: Count;
  /** Records with the address of an earlier record: they are skipped, and counted here. */
  duplicateAddresses: Count;
  /** Null if the dump does not say which threads run. */
  threads: ThreadCount | null;
  /**
   * Classes and modules that exist several times, for example after reloading; at most `top`, the most frequent first.
   */
  repeatedClasses: RepeatedClass[];
  roots: RootRow[];
  /** By shallow bytes, descending. */
  types: TypeRow[];
  /** At most `top` each. */
  classesByShallow: GroupRow[];
  classesByRetained: GroupRow[];
  /** At most `top`; runs folded. */
  topRetained: RetainedRow[];
  /** The allocation tracer's own data, if it is in the dump. */
  measurementOverhead: Tally | null;
  import: ImportReport;
}

/** What bytes are for; see numbers.md#health. */
export type HealthPart = 'payload' | 'references' | 'headers' | 'code' | 'rest';

/** The bytes of a set by what they are for. */
export interface HeapHealth {
  /** They add up to `shallowBytes`. */
  bytes: Record<HealthPart, Bytes>;
  shallowBytes: Bytes;
}
