import { grown, Uint32List } from '../model/growable.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { EdgeBuckets } from './edge-buckets.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';

/**
 * A depth-first search over objects. Its stack holds edges rather than vertices, so that nothing of an object is
 * asked for a second time when the search comes back to it: in a heap without locality each such question is a
 * cache miss. O(n + e); the stack and the edges found are together no more than all edges, 8 bytes each.
 */
export class DepthFirst {
  /** See `Numbering` for these; those of the super-root, number 0, are left to the caller. */
  readonly number: Uint32Array;
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  readonly others: EdgeBuckets;
  /** 0 is the super-root. */
  count = 1;
  /** A bit an object that has a number: what most edges ask, from a table that stays in the cache. */
  readonly #numbered: Int32Array;
  /** Objects met whose references are left out, in the order of their numbers. */
  readonly leftOut = new Uint32List();
  /** A bit an object whose references are left out; null if there is no such rule. */
  readonly #isLeftOut: Int32Array | null;
  readonly #edges: RetentionEdges;
  /** Edges still to be looked at, two words each: the object, and the number of the one that refers to it. */
  #stack = new Uint32Array(2048);
  #height = 0;

  /**
   * `kinds` and `rootEdges`: how many kinds of root there will be, and edges from them, at most. Takes its columns
   * from `spare`.
   */
  constructor(edges: RetentionEdges, kinds: number, rootEdges: number, spare: SpareColumns) {
    this.#edges = edges;
    const numbers = edges.objects + kinds + 1;
    this.number = spare.take(edges.objects).fill(0);
    this.vertex = spare.take(numbers);
    this.parent = spare.take(numbers);
    const classEdges = edges.classObjects === null ? 0 : edges.objects;
    this.others = new EdgeBuckets(numbers, edges.forward.targets.length + classEdges + rootEdges, spare);
    this.#numbered = new Int32Array((edges.objects + 31) >>> 5);
    this.#isLeftOut = edges.leftOut === 0 ? null : leftOutBits(edges);
  }

  /** Gives a number to a kind of root, below the super-root. */
  begin(vertex: number): number {
    this.vertex[this.count] = vertex;
    this.parent[this.count] = 0;
    return this.count++;
  }

  /** Follows the edge from a kind of root to an object, and what that reaches. */
  *explore(object: number, kindNumber: number): Steps<void> {
    this.#stack[0] = object;
    this.#stack[1] = kindNumber;
    this.#height = 2;
    while (this.#run(STRIDE)) yield this.count / this.vertex.length;
  }

  /** Goes on for about so many edges; false when all is done. */
  #run(budget: number): boolean {
    const { number, vertex, parent, others } = this;
    const numbered = this.#numbered;
    const isLeftOut = this.#isLeftOut;
    const { forward, classObjects, pair } = this.#edges;
    const { first, targets } = forward;
    let stack = this.#stack;
    let height = this.#height;
    let count = this.count;
    for (let left = budget; height > 0 && left > 0; left--) {
      height -= 2;
      const object = stack[height]!;
      const above = stack[height + 1]!;
      const bit = 1 << (object & 31);
      const bits = numbered[object >>> 5]!;
      if ((bits & bit) !== 0) {
        others.add(above, number[object]!);
        continue;
      }
      const own = count++;
      numbered[object >>> 5] = bits | bit;
      number[object] = own;
      vertex[own] = object;
      parent[own] = above;
      const end = first[object + 1]!;
      let start = first[object]!;
      if (isLeftOut !== null && (isLeftOut[object >>> 5]! & bit) !== 0) {
        start = end;
        this.leftOut.push(object);
      }
      left -= end - start;
      const needed = height + (end - start + 1) * 2;
      if (needed > stack.length) {
        stack = grown(stack, needed);
        this.#stack = stack;
      }
      // From the last to the first, the class last of all: what comes first is to be on top.
      const classObject = classObjects === null ? -1 : classObjects[pair[object]!]!;
      if (classObject >= 0) {
        if (((numbered[classObject >>> 5]! >>> (classObject & 31)) & 1) !== 0) {
          others.add(own, number[classObject]!);
        } else {
          stack[height++] = classObject;
          stack[height++] = own;
        }
      }
      for (let at = end - 1; at >= start; at--) {
        const target = targets[at]!;
        if (((numbered[target >>> 5]! >>> (target & 31)) & 1) !== 0) {
          others.add(own, number[target]!);
        } else {
          stack[height++] = target;
          stack[height++] = own;
        }
      }
    }
    this.#height = height;
    this.count = count;
    return height > 0;
  }
}

function leftOutBits(edges: RetentionEdges): Int32Array {
  const bits = new Int32Array((edges.objects + 31) >>> 5);
  for (let object = 0; object < edges.objects; object++) {
    if ((edges.flags[object]! & edges.leftOut) !== 0) bits[object >>> 5]! |= 1 << (object & 31);
  }
  return bits;
}
