import { grown } from '../model/growable.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Numbering } from './reachability.ts';
import type { RetentionEdges } from './retention-edges.ts';

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
 * Immediate dominators of everything numbered, as numbers: Semi-NCA (L. Georgiadis, Linear-time algorithms for
 * dominators and related problems, 2005, 2.3). Near linear on every graph met; the simpler iterative algorithm of
 * Cooper, Harvey and Kennedy is quadratic where many objects of a long list share one target.
 */
export function* immediateDominators(edges: RetentionEdges, numbering: Numbering): Steps<Uint32Array> {
  const { count, number, vertex, parent } = numbering;
  const { first, targets } = edges.backward;
  const objects = edges.objects;
  /** Number of each possible predecessor; 0 = it is none. */
  const sourceNumber = withoutLeftOut(edges, number);
  const rootEdges = new RootEdges(numbering);

  const dominator = parent.slice(0, count);
  const semi = new Uint32Array(count);
  /**
   * The forest of linked vertices, two words a vertex, for they are asked for together and far apart: the ancestor
   * (the parent at first, then shortened by path compression) and the smallest semidominator on the way to it.
   */
  const forest = new Uint32Array(count * 2);
  for (let start = 0; start < count; start += STRIDE) {
    for (let v = start; v < Math.min(count, start + STRIDE); v++) {
      forest[v * 2] = parent[v]!;
      forest[v * 2 + 1] = v;
    }
    yield 0;
  }
  const stack = { vertices: new Uint32Array(1024) };
  yield 0;

  for (let stop = count - 1; stop > 0; stop -= STRIDE) {
    const start = Math.max(0, stop - STRIDE);
    for (let w = stop; w > start; w--) {
      let smallest = parent[w]!;
      const object = vertex[w]!;
      if (object < objects) {
        for (let at = first[object]!; at < first[object + 1]!; at++) {
          const v = sourceNumber[targets[at]!]!;
          if (v === 0) continue;
          // An unlinked vertex (v <= w) stands for itself.
          const candidate =
            v <= w ? v : forest[v * 2]! <= w ? forest[v * 2 + 1]! : compress(v, w, forest, stack);
          if (candidate < smallest) smallest = candidate;
        }
        smallest = Math.min(smallest, rootEdges.semidominator(w));
      }
      semi[w] = smallest;
      forest[w * 2 + 1] = smallest;
    }
    yield ((count - start) / count) * 0.9;
  }

  for (let start = 1; start < count; start += STRIDE) {
    for (let w = start; w < Math.min(count, start + STRIDE); w++) {
      let candidate = dominator[w]!;
      while (candidate > semi[w]!) candidate = dominator[candidate]!;
      dominator[w] = candidate;
    }
    yield 0.9 + (start / count) * 0.1;
  }
  return dominator;
}

/** Shortens the path from `v` up to the last vertex linked (all above `w`), and returns the best on it. */
function compress(v: number, w: number, forest: Uint32Array, stack: { vertices: Uint32Array }): number {
  let vertices = stack.vertices;
  let depth = 0;
  let top = v;
  while (forest[top * 2]! > w) {
    if (depth === vertices.length) {
      vertices = grown(vertices, depth + 1);
      stack.vertices = vertices;
    }
    vertices[depth++] = top;
    top = forest[top * 2]!;
  }
  const root = forest[top * 2]!;
  let smallest = forest[top * 2 + 1]!;
  while (depth > 0) {
    const u = vertices[--depth]!;
    if (forest[u * 2 + 1]! > smallest) forest[u * 2 + 1] = smallest;
    else smallest = forest[u * 2 + 1]!;
    forest[u * 2] = root;
  }
  return smallest;
}

function withoutLeftOut(edges: RetentionEdges, number: Uint32Array): Uint32Array {
  if (edges.leftOut === 0) return number;
  const sources = number.slice();
  for (let object = 0; object < edges.objects; object++) {
    if ((edges.flags[object]! & edges.leftOut) !== 0) sources[object] = 0;
  }
  return sources;
}

/** The edges from kinds of root to objects, for a walk over numbers from the last to the first. */
class RootEdges {
  /** Number of the object times 2^16 plus the kind, ascending. */
  readonly #pairs: Float64Array;
  readonly #kindNumbers: number[];
  #at: number;

  constructor(numbering: Numbering) {
    const { kinds, number } = numbering;
    this.#kindNumbers = kinds.map(kind => kind.number);
    this.#pairs = new Float64Array(kinds.reduce((sum, kind) => sum + kind.objects.length, 0));
    let filled = 0;
    kinds.forEach((kind, k) => {
      for (const object of kind.objects) this.#pairs[filled++] = number[object]! * 65536 + k;
    });
    this.#pairs.sort();
    this.#at = filled - 1;
  }

  /**
   * What the kinds that refer to vertex `w` make of its semidominator; Infinity if none does. A kind numbered
   * before `w` stands for itself. One numbered after it is linked already, and was reached from the super-root, 0.
   * `w` must descend.
   */
  semidominator(w: number): number {
    let smallest = Number.POSITIVE_INFINITY;
    while (this.#at >= 0 && this.#pairs[this.#at]! >= w * 65536) {
      const kind = this.#kindNumbers[this.#pairs[this.#at]! % 65536]!;
      smallest = Math.min(smallest, kind < w ? kind : 0);
      this.#at--;
    }
    return smallest;
  }
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
