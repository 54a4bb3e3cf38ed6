import { STRIDE, type Steps } from '../model/steps.ts';
import type { Numbering } from './reachability.ts';
import type { SpareColumns } from './spare-columns.ts';

/**
 * The dominator tree in preorder: position 0 is the super-root, and each subtree is a contiguous range of positions. So
 * testing dominance takes two comparisons, and a subtree is a slice.
 */
export interface DominatorTree {
  /** Positions: reachable objects, kinds of root, super-root. */
  length: number;
  /** Object → position; 0 = unreachable. */
  position: Uint32Array;
  /** Position → object; `objects + k` for kind k of root, `objects + kinds` for the super-root. */
  vertex: Uint32Array;
  /** Position → position of the immediate dominator; 0 for the super-root itself. */
  dominator: Uint32Array;
  /** Position → position after the last one of its subtree. */
  subtreeEnd: Uint32Array;
}

/**
 * Builds the tree in preorder from immediate dominators. A dominator has a smaller number than the vertices it
 * dominates, so one descending pass adds up the sizes of subtrees, and one ascending pass assigns their ranges.
 * Children stay in the order of their numbers. O(n), with one temporary column. Takes over `dominator` and `numbering`,
 * and gives the columns that are no longer needed to `spare`.
 */
export function* dominatorTree(
  numbering: Numbering,
  dominator: Uint32Array,
  spare: SpareColumns,
): Steps<DominatorTree> {
  const { count, vertex, number } = numbering;
  // The columns of the result are taken first, so that they get the spare ones that fit.
  const tree: DominatorTree = {
    length: count,
    position: number,
    vertex: spare.take(count),
    dominator: spare.take(count),
    subtreeEnd: spare.take(count),
  };
  const sizes = spare.take(count).fill(0);
  for (let stop = count; stop > 0; stop -= STRIDE) {
    countSubtrees(dominator, sizes, Math.max(0, stop - STRIDE), stop);
    yield 0.3 * (1 - stop / count);
  }
  for (let start = 0; start < count; start += STRIDE) {
    place(tree, vertex, dominator, sizes, start, Math.min(count, start + STRIDE));
    yield 0.3 + 0.7 * (start / count);
  }
  spare.give(dominator);
  spare.give(vertex);
  return tree;
}

/** Adds the subtree sizes of the numbers from `stop - 1` down to `start` to those of their dominators. */
function countSubtrees(dominator: Uint32Array, sizes: Uint32Array, start: number, stop: number): void {
  for (let w = stop - 1; w >= start; w--) {
    const size = sizes[w]! + 1;
    sizes[w] = size;
    // The super-root is its own dominator, and its size is complete by then.
    if (w > 0) sizes[dominator[w]!]! += size;
  }
}

/**
 * Assigns positions to the numbers from `start` to `stop`. Once a number has its position, its size and its dominator
 * are no longer needed: `sizes` then holds the position of its next child, and `dominator` its own position.
 * Unreachable objects keep position 0.
 */
function place(
  tree: DominatorTree,
  vertex: Uint32Array,
  dominator: Uint32Array,
  sizes: Uint32Array,
  start: number,
  stop: number,
): void {
  const objects = tree.position.length;
  for (let w = start; w < stop; w++) {
    const above = dominator[w]!;
    const at = w === 0 ? 0 : sizes[above]!;
    const end = at + sizes[w]!;
    if (w > 0) sizes[above] = end;
    sizes[w] = at + 1;
    dominator[w] = at;
    tree.vertex[at] = vertex[w]!;
    // For the super-root, this is its own position, which was set just now.
    tree.dominator[at] = dominator[above]!;
    tree.subtreeEnd[at] = end;
    if (vertex[w]! < objects) tree.position[vertex[w]!] = at;
  }
}
