import type { DominatorTree } from '../indexes/dominator-tree.ts';
import type { Adjacency } from '../model/heap-snapshot.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';

/** A dominator tree, packed: its positions in order. */
export interface PackedTree {
  /** How many steps up from the position before the dominator is. */
  ups: PackedNumbers;
  vertices: PackedNumbers;
}

/** Code of a vertex that its dominator does not refer to, or only before the last one. */
const ELSEWHERE = 0;
/** References that are looked at for the next vertex; so many are all that a vertex costs. */
const LOOK_AHEAD = 64;

/**
 * Packs a tree. Most vertices are what their dominator refers to next, after the vertex that it dominates before. O(vertices).
 */
export function packTree(tree: DominatorTree, references: Adjacency): PackedTree {
  const { length, vertex, dominator } = tree;
  const ups = new NumberWriter(length);
  // Where a vertex is elsewhere, its number follows.
  const vertices = new NumberWriter(length * 2);
  const cursors = new Cursors(references);
  for (let at = 0; at < length; at++) {
    let steps = 0;
    if (at > 0) for (let up = at - 1; up !== dominator[at]; up = dominator[up]!) steps++;
    ups.put(steps);
    const above = vertex[dominator[at]!]!;
    const ahead = at === 0 ? -1 : cursors.find(above, vertex[at]!);
    if (ahead >= 0) vertices.put(ahead + 1);
    else {
      vertices.put(ELSEWHERE);
      vertices.put(folded(vertex[at]! - (at === 0 ? 0 : vertex[at - 1]!)));
    }
  }
  return { ups: ups.packed(), vertices: vertices.packed() };
}

/** The tree again, and what follows from it. O(vertices). */
export function unpackTree(packed: PackedTree, objects: number, references: Adjacency): DominatorTree {
  const ups = new NumberReader(packed.ups);
  const vertices = new NumberReader(packed.vertices);
  const { length } = ups;
  const vertex = new Uint32Array(length);
  const dominator = new Uint32Array(length);
  const position = new Uint32Array(objects);
  const cursors = new Cursors(references);
  for (let at = 0; at < length; at++) {
    let steps = ups.next();
    let above = at === 0 ? 0 : at - 1;
    for (; steps > 0 && above > 0; steps--) above = dominator[above]!;
    dominator[at] = above;
    const code = vertices.next();
    const found =
      code === ELSEWHERE
        ? unfolded(vertices.next()) + (at === 0 ? 0 : vertex[at - 1]!)
        : cursors.take(vertex[above]!, code - 1);
    vertex[at] = found;
    if (found < objects) position[found] = at;
  }
  return { length, position, vertex, dominator, subtreeEnd: subtreeEnds(dominator) };
}

/** Preorder: a subtree ends where the last of its children's does. */
function subtreeEnds(dominator: Uint32Array): Uint32Array {
  const ends = new Uint32Array(dominator.length);
  for (let at = dominator.length - 1; at >= 0; at--) {
    if (ends[at] === 0) ends[at] = at + 1;
    const above = dominator[at]!;
    if (ends[above]! < ends[at]!) ends[above] = ends[at]!;
  }
  return ends;
}

/** How far the references of each object are passed. */
class Cursors {
  readonly #references: Adjacency;
  readonly #next: Uint32Array;

  constructor(references: Adjacency) {
    this.#references = references;
    this.#next = references.first.slice(0, -1);
  }

  /** How many references of an object are before the one to the target; -1 = it has none ahead. Passes it. */
  find(object: number, target: number): number {
    const { first, targets } = this.#references;
    // The kinds of root are no objects.
    if (object >= this.#next.length) return -1;
    const start = this.#next[object]!;
    const end = Math.min(first[object + 1]!, start + LOOK_AHEAD);
    for (let at = start; at < end; at++) {
      if (targets[at] !== target) continue;
      this.#next[object] = at + 1;
      return at - start;
    }
    return -1;
  }

  /** The target so many references ahead. Passes it. */
  take(object: number, ahead: number): number {
    const at = this.#next[object]! + ahead;
    this.#next[object] = at + 1;
    return this.#references.targets[at]!;
  }
}
