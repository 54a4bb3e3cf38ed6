import type { ObjectSetSpec } from './object-set.ts';
import type { TypeName } from './rows.ts';
import type { Bytes, Count, Generation, ObjectIndex } from './units.ts';
import type { Family } from './vocabulary.ts';

/**
 * Objects of one branch of the merged dominator tree that objects of another branch refer to. Branches are given by
 * their positions in a list (numbers.md#shared-owners).
 */
export interface SharedOwners {
  from: number;
  to: number;
  objects: Count;
  shallowBytes: Bytes;
}

/** A node of a hierarchical drawing. The tree is a list, parents before children. */
export interface TreeNode {
  /** Position of the parent in the list; -1 for the first. */
  parent: number;
  kind:
    | 'all'
    /** A kind of root; `label` is its name. */
    | 'root'
    | 'object'
    /** Objects of one class below one node of the merged tree; `merged` of them. */
    | 'merged'
    /** Classes whose names share a namespace; `merged` of them. */
    | 'namespace'
    | 'group'
    /** Children too small or too many to send: `objects` of them (0 = unknown). */
    | 'remainder'
    /** All unreachable objects. */
    | 'unreachable'
    /** The part of the parent that belongs to no child: its own shallow size. */
    | 'self';
  object: ObjectIndex | null;
  /** Class label, group label, root name, or what a pseudo-node is. */
  label: string;
  title: string;
  /** Null if the node has objects of several types; so is its family. */
  type: TypeName | null;
  family: Family | null;
  /** See `ObjectRow`. */
  isNamed: boolean;
  generation: Generation | null;
  /** The area: bytes of the set's members in this subtree. Children's bytes add up to their parent's. */
  bytes: Bytes;
  /** Members in this subtree. */
  objects: Count;
  shallowBytes: Bytes;
  retainedBytes: Bytes;
  /** Length of the run of one class folded into this node; 1 = none. */
  chainLength: Count;
  /** Objects that the node itself represents; for a remainder, nodes. */
  merged: Count;
  /** Whether the node has children that were not sent. Ask for the tree below it. */
  more: boolean;
  /**
   * For a remainder: how many children of its parent are drawn, the largest ones. Requesting the parent's tree with
   * this value returns the rest.
   */
  skip: Count;
  /** In the merged tree: identifies the node among its siblings; the last element of its branch path. */
  step: string | null;
  /** Set if the tree is that of a narrower set and the node itself is not a member: it only holds members. */
  isHolder?: true;
  /** The set that this node represents, to narrow by; null if there is none. */
  set: ObjectSetSpec | null;
  /**
   * For a function of a profile: its library, gem or module, or else its file, if the profile contains it. For a heap:
   * what `tell` asks for.
   */
  library?: string;
  /** In a comparison of profiles: what the node weighed before, and what it weighs now. */
  compared?: { before: number; after: number };
  /** An additional remark of a profile about the node: "also required by a, b". */
  remark?: string;
}
