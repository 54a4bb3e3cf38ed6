import { Uint32List } from '../model/growable.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { EdgeBuckets } from './edge-buckets.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';

/**
 * A depth-first search over objects. Its stack holds edges rather than vertices, so that nothing of an object is
 * asked for a second time when the search comes back to it: in a heap without locality each such question is a
 * cache miss. O(n + e); the stack and the edges found are together no more than all edges, 8 bytes each.
 *
 * How an object's edges are looked up is left to two searches, which number alike: `NearDepthFirst` is for heaps
 * whose references are to neighbours, `ScatteredDepthFirst` for those where they go anywhere.
 */
export abstract class DepthFirst {
  /** See `Numbering` for these; those of the super-root, number 0, are left to the caller. */
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  /** 0 is the super-root. */
  count = 1;
  /** Objects met whose references are left out, in the order of their numbers. */
  readonly leftOut = new Uint32List();
  protected readonly edges: RetentionEdges;
  /** A bit an object that has a number: what most edges ask, from a table that stays in the cache. */
  protected readonly numbered: Int32Array;
  /** Edges met that are not in the tree. */
  protected readonly others: EdgeBuckets;
  /** Edges still to be looked at, two words each: the object, and the number of the one that refers to it. */
  protected stack = new Uint32Array(2048);
  protected height = 0;

  /**
   * `kinds` and `rootEdges`: how many kinds of root there will be, and edges from them, at most. Takes its columns
   * from `spare`.
   */
  constructor(edges: RetentionEdges, kinds: number, rootEdges: number, spare: SpareColumns) {
    this.edges = edges;
    const numbers = edges.objects + kinds + 1;
    this.vertex = spare.take(numbers);
    this.parent = spare.take(numbers);
    const classEdges = edges.classObjects === null ? 0 : edges.objects;
    this.others = new EdgeBuckets(numbers, edges.forward.targets.length + classEdges + rootEdges, spare);
    this.numbered = new Int32Array((edges.objects + 31) >>> 5);
  }

  /** Gives a number to a kind of root, below the super-root. */
  begin(vertex: number): number {
    this.vertex[this.count] = vertex;
    this.parent[this.count] = 0;
    return this.count++;
  }

  /** Follows the edge from a kind of root to an object, and what that reaches. */
  *explore(object: number, kindNumber: number): Steps<void> {
    this.stack[0] = object;
    this.stack[1] = kindNumber;
    this.height = 2;
    while (this.run(STRIDE)) yield this.count / this.vertex.length;
  }

  /** Visits about the given number of edges. False when the search is done. */
  protected abstract run(budget: number): boolean;

  /** Object → number; 0 = none. Of what is explored from now on it may tell the number, or none. */
  abstract numbers(): Uint32Array;

  /** Edges between numbers that the tree does not have, once all is explored. */
  abstract otherEdges(): Steps<EdgeBuckets>;
}
