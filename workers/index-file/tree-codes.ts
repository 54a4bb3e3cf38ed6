import type { DominatorTree } from '../indexes/dominator-tree.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';

/** A packed dominator tree, by position. */
export interface PackedTree {
  /** Number of steps from the previous position up to the dominator. */
  ups: PackedNumbers;
  /** Difference of each vertex from the previous one. */
  vertices: PackedNumbers;
}

/** Packs a tree. O(vertices). */
export function packTree({ length, vertex, dominator }: DominatorTree): PackedTree {
  const ups = new NumberWriter(length);
  const vertices = new NumberWriter(length);
  let before = 0;
  for (let at = 0; at < length; at++) {
    let steps = 0;
    if (at > 0) for (let up = at - 1; up !== dominator[at]; up = dominator[up]!) steps++;
    ups.put(steps);
    vertices.put(folded(vertex[at]! - before));
    before = vertex[at]!;
  }
  return { ups: ups.packed(), vertices: vertices.packed() };
}

/** Unpacks a tree, and computes its derived columns. O(vertices). */
export function unpackTree(packed: PackedTree, objects: number): DominatorTree {
  const ups = new NumberReader(packed.ups);
  const vertices = new NumberReader(packed.vertices);
  const { length } = ups;
  const vertex = new Uint32Array(length);
  const dominator = new Uint32Array(length);
  const subtreeEnd = new Uint32Array(length);
  const position = new Uint32Array(objects);
  let before = 0;
  for (let at = 0; at < length; at++) {
    // A subtree ends at the first position that is not below it.
    let above = at === 0 ? 0 : at - 1;
    for (let steps = ups.next(); steps > 0 && above > 0; steps--) {
      subtreeEnd[above] = at;
      above = dominator[above]!;
    }
    dominator[at] = above;
    before += unfolded(vertices.next());
    vertex[at] = before;
    if (before < objects) position[before] = at;
  }
  for (let at = length - 1; at > 0; at = dominator[at]!) subtreeEnd[at] = length;
  if (length > 0) subtreeEnd[0] = length;
  return { length, position, vertex, dominator, subtreeEnd };
}
