import type { GroupingKey } from '../object-set.ts';
import type { SharedOwners, TreeNode } from '../tree-node.ts';
import type { Count, ObjectIndex } from '../units.ts';
import { type CutParams, type Declarations, NODES, ROWS } from './declaration.ts';

/** Where the shown part of the dominator tree begins. */
export type TreeRoot =
  | { kind: 'all' }
  | { kind: 'root'; name: string }
  | { kind: 'object'; object: ObjectIndex }
  | { kind: 'unreachable' };

/** What the areas of a tree show: shallow bytes, the retained bytes of each group, or a count of objects. */
export const TREE_AREAS = ['bytes', 'retained', 'objects'] as const;
export type TreeArea = (typeof TREE_AREAS)[number];

/**
 * What nodes show in addition to their type (numbers.md#colour-of-a-tile): in `library` the origin or gem of more than half of
 * their own bytes, or in `generation` the mean generation, if more than half of their own bytes have one.
 */
export type TreeFact = 'origin' | 'gem' | 'generation';

/** Questions about trees of a heap. */
export interface TreeQuestions {
  /**
   * The dominator tree below `root`, largest first. Remainder nodes stand for what is cut, so areas add up. With a
   * set, areas are the shallow bytes of its members below each node.
   */
  dominatorTree: { params: CutParams & { root: TreeRoot; fact?: TreeFact }; answer: TreeNode[] };
  /**
   * The dominator tree with siblings of one class merged at every level, below the branch `path` (the `step`s of its
   * nodes, outermost first; empty = everything). Classes themselves are not merged, but those of one namespace are one
   * node. Without `overhead`, all sizes exclude the allocation tracer's own table. With `area` `objects`, `bytes` are
   * counts.
   */
  mergedTree: {
    params: CutParams & { path: string[]; overhead: boolean; area?: 'bytes' | 'objects'; fact?: TreeFact };
    answer: TreeNode[];
  };
  /**
   * The merged dominator tree reversed: classes by the shallow bytes of their members, and below each the classes that
   * dominate them, up to the roots. `path`: the `step`s from the class on. The allocation tracer is left out.
   */
  holderTree: { params: CutParams & { path: string[] }; answer: TreeNode[] };
  /**
   * A grouping as a tree, cut like {@link dominatorTree}; `overhead` as for {@link mergedTree}. Without `area`,
   * `bytes` are shallow bytes. Retained bytes of groups do not add up to those of the group around them.
   */
  groupTree: {
    params: CutParams & { keys: GroupingKey[]; overhead: boolean; area?: TreeArea; fact?: TreeFact };
    answer: TreeNode[];
  };
  /**
   * References between some branches of the merged dominator tree that do not contain each other: the pairs with the most
   * referenced objects first, at most `top`.
   */
  sharedOwners: { params: { paths: string[][]; top: Count }; answer: SharedOwners[] };
}

export const TREE_QUESTIONS = {
  dominatorTree: { about: 'set', limits: { maxNodes: NODES }, cost: 'O(visited nodes and their children)' },
  mergedTree: { about: 'set', limits: { maxNodes: NODES }, cost: 'O(n) once, O(visited nodes) for a cut' },
  holderTree: { about: 'set', limits: { maxNodes: NODES }, cost: 'O(n) once, O(visited nodes) for a cut' },
  groupTree: { about: 'set', limits: { maxNodes: NODES, keys: 5 }, cost: 'O(n) once for a set' },
  sharedOwners: { about: 'snapshot', limits: { paths: 200, top: ROWS }, cost: 'O(n + e)' },
} as const satisfies Declarations<TreeQuestions>;
