import type { AddressText, Bytes, Count, Fraction, ObjectIndex, SnapshotId } from './units.ts';

/** How an object of a dump relates to the others of its series (numbers.md#new-freed-and-retained). */
export const RELATIONS = ['new', 'survived', 'freed', 'retained', 'matched-by-address'] as const;
export type Relation = (typeof RELATIONS)[number];

/**
 * Whether another dump contains the same object, and how it was identified: `traced` = also by allocation site and
 * generation; `address only` = by address, type and class, and for a string by its content; `none` = not contained.
 */
export type ObjectMatch = 'none' | 'traced' | 'address only';

/**
 * The matches of an object in the dumps before and after its own in the series; null if there is no dump on that side.
 */
export interface MatchedObject {
  before: ObjectMatch | null;
  after: ObjectMatch | null;
}

/** A count of objects and their shallow sizes. */
export interface ComparedTally {
  objects: Count;
  shallowBytes: Bytes;
}

/** One dump of a series. */
export interface ComparedDump {
  id: SnapshotId;
  name: string;
  objects: Count;
  shallowBytes: Bytes;
  /** The highest generation of an object; null = nothing was traced. */
  generation: number | null;
  /**
   * Number of the process that wrote the dump, from 0, as far as it is known. Dumps of one process have the same
   * number.
   */
  process: number;
  /** Why growth ignores this dump, in a sentence; null if it does not. */
  leftOut: string | null;
}

/** What became of the objects between two consecutive dumps. */
export interface ComparedStep {
  survived: ComparedTally;
  new: ComparedTally;
  freed: ComparedTally;
}

/**
 * What the sizes of a group over the dumps indicate:
 * - `leak`: it grew each time, up to the last.
 * - `cache`: it grew, then stopped.
 * - `bounded`: objects are replaced by others, but the size stays the same.
 * - `flat`: the size stays the same, and so do the objects, as far as they can be identified.
 * - `grew`, `shrank`: it is larger or smaller at the end; no clearer pattern.
 */
export type GrowthVerdict = 'leak' | 'cache' | 'bounded' | 'flat' | 'grew' | 'shrank';

/**
 * What a comparison by address alone would call retained: objects whose address is in B and C, but not in A. It is
 * wrong where Ruby reused an address after a collection.
 */
export interface AddressOnly {
  retained: ComparedTally;
  /** The objects among them that are not the same in B and C, by the first property that differs. */
  different: { by: 'type or class' | 'allocation site' | 'generation' | 'content'; objects: Count }[];
  /** Retained objects that such a comparison misses: in A another object had their address. */
  missed: Count;
}

/** How the objects of a group changed over the dumps, in the order of the dumps. */
export interface GrowthRow {
  /** Label of the group; null = objects without one, such as untraced ones. */
  label: string | null;
  counts: Count[];
  shallowBytes: Bytes[];
  /** Growth in shallow bytes per dump: the slope of a least-squares line. */
  slopePerDump: Bytes;
  /** Whether it grew from each dump to the next. */
  monotone: boolean;
  verdict: GrowthVerdict;
  /** What the verdict is based on, in a sentence. */
  reason: string;
  /**
   * Members of the last dump that the one before does not have, and the other way round. Null if only groups are
   * compared.
   */
  new: ComparedTally | null;
  freed: ComparedTally | null;
}

/**
 * An object that exists in all dumps, holds others, and whose retained size changed. Of nested holders, the innermost
 * one that has nearly all of the growth.
 */
export interface HolderGrowth extends Omit<GrowthRow, 'new' | 'freed'> {
  label: string;
  /** Index of the object in the last dump. */
  object: ObjectIndex;
  address: AddressText;
  /** Its dominator or kind of root, as text for display. */
  heldBy: string;
}

/** Retained objects of a class. */
export interface RetainedClass extends ComparedTally {
  label: string;
}

/** Retained objects of an allocation site; null = untraced. */
export interface RetainedSite extends ComparedTally {
  site: string | null;
}

/**
 * How the heap changed over two or more dumps, in their order. With three dumps A, B and C: `new` was created between
 * A and B, `freed` is in A but not in B, and `retained` is the part of `new` that is still in C. With more dumps A is
 * the first, and B and C are the last two; with two there is no C.
 */
export interface Comparison {
  /** Whether objects can be identified, or only groups can be compared. */
  identity: 'same process' | 'by group';
  /** How that was determined, in a sentence. */
  reason: string;
  /** Warnings, one sentence each: incomplete dumps, untraced objects. */
  notes: string[];
  dumps: ComparedDump[];
  /**
   * Objects of B that are the same in A, and how many of them match by address only. Null if only groups are compared.
   */
  matched: Count | null;
  byAddressOnly: Count | null;
  /** Share of the objects of B that were traced, and so can be identified with certainty. */
  identifiable: Fraction;
  new: ComparedTally | null;
  freed: ComparedTally | null;
  /** Null if only groups are compared, and for two dumps. */
  retained: ComparedTally | null;
  /** Largest first. None of the rows includes the allocation tracer's own table. */
  retainedByClass: RetainedClass[];
  retainedBySite: RetainedSite[];
  /** From each dump to the next; empty if only groups are compared. */
  steps: ComparedStep[];
  /** By class, the strongest growth first. The allocation tracer's own table is left out. */
  growth: GrowthRow[];
  growthBySite: GrowthRow[];
  growthByGem: GrowthRow[];
  /**
   * Objects that retain more from dump to dump; `counts` and `shallowBytes` are of everything they retain. Empty if
   * only groups are compared.
   */
  growthByHolder: HolderGrowth[];
  /** Null if only groups are compared, and for two dumps. */
  addressOnly: AddressOnly | null;
}

/** What became of the growth of a group. */
export type FixOutcome = 'stopped' | 'grows slower' | 'still grows' | 'grows since';

/** A group that grew before a fix, or grows after it. */
export interface FixRow {
  label: string | null;
  before: FixSide;
  after: FixSide;
  outcome: FixOutcome;
}

/** A group on one side of a fix. */
export interface FixSide {
  /** In each complete dump of the side, in their order. */
  shallowBytes: Bytes[];
  slopePerDump: Bytes;
  verdict: GrowthVerdict;
}

/** Whether a fix worked: compares dumps from before it with dumps from after it, by group. */
export interface FixCheck {
  /** Names of the dumps on either side, without incomplete ones. */
  before: string[];
  after: string[];
  /** Shallow bytes of the whole heap in each of them. The allocation tracer's own table is left out. */
  bytesBefore: Bytes[];
  bytesAfter: Bytes[];
  verdict: 'fixed' | 'better' | 'not fixed' | 'worse' | 'nothing grew' | 'too few';
  /** What the verdict is based on. */
  sentence: string;
  /** Sums of the slopes of the groups that grow, in shallow bytes per dump. */
  slopeBefore: Bytes;
  slopeAfter: Bytes;
  /** The steepest slope on either side first. */
  rows: FixRow[];
}

/** References from objects of one class to objects of another, in each dump of a series. */
export interface ClassEdge {
  /** Class labels. */
  from: string;
  to: string;
  /** References in each dump, in their order. */
  counts: Count[];
  /** Whether there are more from each dump to the next. */
  monotone: boolean;
}

/** The classes on the way from a class that grows back to what holds it, nearest first. */
export interface GrowthSlice {
  label: string;
  /** The classes of the slice, the one in question first, with their sizes. */
  classes: Pick<GrowthRow, 'label' | 'counts' | 'shallowBytes'>[];
  /**
   * Each edge comes after the one that leads from its `to` towards the class in question; edges of `level` 1 refer to
   * that class itself.
   */
  edges: (ClassEdge & { level: number })[];
}
