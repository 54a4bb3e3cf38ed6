import { STRIDE, type Steps } from '../model/steps.ts';
import type { Numbering } from './reachability.ts';

/**
 * The dominator tree in preorder: position 0 is the super-root, each subtree is a contiguous range of positions.
 * So "is dominated by" is two comparisons, and a drill-down is a slice.
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
  /** Position → position behind the last one of its subtree. */
  subtreeEnd: Uint32Array;
}

/**
 * The tree in preorder from immediate dominators. A dominator has a smaller number than what it dominates, so one
 * pass down counts subtrees and one pass up gives each its range; children keep the order of their numbers. O(n).
 * Takes over `dominator` and all of `numbering`.
 */
export function* dominatorTree(numbering: Numbering, dominator: Uint32Array): Steps<DominatorTree> {
  const { count, vertex, number } = numbering;
  const sizes = new Uint32Array(count).fill(1);
  for (let stop = count - 1; stop > 0; stop -= STRIDE) {
    for (let w = stop; w > Math.max(0, stop - STRIDE); w--) sizes[dominator[w]!]! += sizes[w]!;
    yield 0.3 * (1 - stop / count);
  }
  const position = new Uint32Array(count);
  /** Where the next child of a vertex goes. */
  const next = new Uint32Array(count);
  next[0] = 1;
  for (let start = 1; start < count; start += STRIDE) {
    for (let w = start; w < Math.min(count, start + STRIDE); w++) {
      const above = dominator[w]!;
      const at = next[above]!;
      position[w] = at;
      next[above] = at + sizes[w]!;
      next[w] = at + 1;
    }
    yield 0.3 + 0.3 * (start / count);
  }
  const treeVertex = new Uint32Array(count);
  const treeDominator = next; // Not needed any more; every entry is written anew.
  const subtreeEnd = new Uint32Array(count);
  for (let start = 0; start < count; start += STRIDE) {
    for (let w = start; w < Math.min(count, start + STRIDE); w++) {
      const at = position[w]!;
      treeVertex[at] = vertex[w]!;
      treeDominator[at] = position[dominator[w]!]!;
      subtreeEnd[at] = at + sizes[w]!;
    }
    yield 0.6 + 0.3 * (start / count);
  }
  // From object to number to position, in place.
  for (let start = 0; start < number.length; start += STRIDE) {
    for (let object = start; object < Math.min(number.length, start + STRIDE); object++) {
      if (number[object] !== 0) number[object] = position[number[object]!]!;
    }
    yield 0.9 + 0.1 * (start / number.length);
  }
  return { length: count, position: number, vertex: treeVertex, dominator: treeDominator, subtreeEnd };
}
