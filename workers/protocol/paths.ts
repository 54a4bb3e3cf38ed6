import type { Exclusion } from './exclusions.ts';
import type { ObjectRow, TypeName } from './rows.ts';
import type { AddressText, Bytes, Count, ObjectIndex } from './units.ts';
import type { Family } from './vocabulary.ts';

/** The direction of merged paths: from the roots down to the set, or from the set's classes up to the roots. */
export type PathDirection = 'fromRoots' | 'fromSet';

/**
 * A node of merged paths. Nodes come as a list, parents before children. From the roots: objects of a parent refer to
 * its children. Reversed: children refer to their parent.
 */
export interface PathNode {
  /** Position of the parent in the list; -1 for the first. */
  parent: number;
  kind:
    | 'set'
    /** A kind of root; `label` is its name. */
    | 'root'
    | 'object'
    /** Objects of one class. */
    | 'merged'
    /** Children that were not sent; `holders` is how many nodes. */
    | 'remainder';
  /** Identifies the node among its siblings; the same in every answer about the same heap. */
  step: string;
  /** The object that an `object` node is, or the first of a `merged` one; null for others. */
  object: ObjectIndex | null;
  address: AddressText | null;
  /** The object that refers to it on the path; null if a root lists it. */
  referrer: ObjectIndex | null;
  label: string;
  title: string;
  type: TypeName | null;
  family: Family | null;
  /** Whether the title is a name of its own, as for classes. */
  isNamed: boolean;
  /** Distinct objects on the paths that belong to the node. */
  holders: Count;
  /** Whether some of these refer to others of them: a run of one class, such as a linked list. */
  isRun: boolean;
  /** Members of the set among these. */
  members: Count;
  /** Members behind the node: their paths lead through it, or end in it. */
  objects: Count;
  shallowBytes: Bytes;
  /** What would be freed if all of these members were gone; one that another member dominates counts with that one. */
  retainedBytes: Bytes;
  /** Whether it has children that were not sent. */
  more: boolean;
  /**
   * Whether it is an accumulation point, or, if the only such point does not lead to all members, the object where the
   * paths of most of the others come together (numbers.md#merged-paths).
   */
  isPoint: boolean;
}

/** An object in which the paths of many members of the set come together. */
export interface PathPoint {
  object: ObjectRow;
  /** What refers to it on the shortest path; null if a root lists it. */
  referrer: ObjectRow | null;
  root: string;
  /** Members whose shortest path leads through it, and through no later point. */
  behind: Count;
  /** Members that it leads to on any path without a class or module in between. */
  held: Count;
  /** Members that it dominates in the whole heap, whatever is ignored. */
  dominated: Count;
}

/** Members that only this dominates, possibly by accident. */
export interface AccidentalHold {
  by: 'root' | 'thread' | 'fiber';
  /** The name of the root. */
  name: string;
  objects: Count;
}

/**
 * Members that the only accumulation point does not lead to, and the object in which most of their paths come together.
 */
export interface HeldElsewhere {
  objects: Count;
  point: PathPoint;
}

/** The shortest paths of all members of a set, merged. */
export interface MergedPaths {
  /** The main results, in sentences; the first one is the answer. */
  sentences: string[];
  /** The class label that all members have; null if they have several. */
  label: string | null;
  objects: Count;
  shallowBytes: Bytes;
  retainedBytes: Bytes;
  /** Members that no root reaches, whatever is ignored. */
  unreachable: Count;
  /** Members that only what is ignored holds. */
  released: Count;
  points: PathPoint[];
  /** If nearly all members behind the first point are also held in another way: the point on that way. */
  independent: PathPoint | null;
  /** What holds the other members, if the only point does not lead to all of them. */
  elsewhere: HeldElsewhere | null;
  accidental: AccidentalHold[];
  nodes: PathNode[];
  leftOut: Exclusion[];
}

/** What would be freed if something were cut. */
export interface Freed {
  objects: Count;
  shallowBytes: Bytes;
  /** By shallow bytes, descending; at most 200. */
  classes: { label: string; type: TypeName; family: Family; objects: Count; shallowBytes: Bytes }[];
  /** Classes that are not listed. */
  moreClasses: Count;
}

/** A retainer path: from a root to the object. */
export interface RetainerPath {
  /** Kind of root that the path starts at; null if the object is unreachable (then `steps` has only the object). */
  root: string | null;
  /** Steps of the whole path. */
  length: Count;
  /**
   * From the object that the root lists down to the object asked for. Of more than 1,000 steps, only the first and the
   * last 500; the first of the latter has the number of omitted ones.
   */
  steps: PathStep[];
}

export interface PathStep {
  object: ObjectRow;
  /** Steps of the path that are left out before this one; 0 except for one step of a very long path. */
  omittedBefore: Count;
  /** The kind of edge from the previous step (see `EdgeWords`); `root`: a root lists it. */
  edge: string;
  /** The phrase for that kind: `refers to`. */
  phrase: string;
  name: string | null;
  multiplicity: Count;
}
