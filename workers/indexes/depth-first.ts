import { Uint32List } from '../model/growable.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { EdgeBuckets } from './edge-buckets.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';

/**
 * A depth-first search over objects. Its stack holds edges rather than vertices, so that nothing about an object is
 * looked up again when the search returns to it: in a heap without locality, every lookup is a cache miss. O(n + e);
 * the stack and the edges found never have more entries than there are edges, 8 bytes each.
 *
 * Two subclasses look up the edges of an object, and give the same numbers: `NearDepthFirst` for heaps with locality,
 * `ScatteredDepthFirst` for those without.
 */
export abstract class DepthFirst {
  /** See `Numbering`. The caller sets the entries of the super-root, number 0. */
  readonly vertex: Uint32Array;
  readonly parent: Uint32Array;
  /** 0 is the super-root. */
  count = 1;
  /** Visited objects whose references are left out, by ascending number. */
  readonly leftOut = new Uint32List();
  protected readonly edges: RetentionEdges;
  /** One bit per object: whether it has a number. Most edges need nothing else, and the table stays in the cache. */
  protected readonly numbered: Int32Array;
  /** Visited edges that are not in the tree. */
  protected readonly others: EdgeBuckets;
  /** Edges to visit, two words each: the object, and the number of its referrer. */
  protected stack = new Uint32Array(2048);
  protected height = 0;

  /**
   * `kinds` and `rootEdges`: the maximum number of kinds of root, and of edges from them. Takes its columns from
   * `spare`.
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

  /** Follows the edge from a kind of root to an object, and visits everything that the object reaches. */
  *explore(object: number, kindNumber: number): Steps<void> {
    this.stack[0] = object;
    this.stack[1] = kindNumber;
    this.height = 2;
    while (this.run(STRIDE)) yield this.count / this.vertex.length;
  }

  /** Visits about `budget` edges. Returns false when the search is done. */
  protected abstract run(budget: number): boolean;

  /** Object → number; 0 = none. Objects visited after the call may be missing. */
  abstract numbers(): Uint32Array;

  /** Edges between numbers that are not in the tree. To be called once the search is done. */
  abstract otherEdges(): Steps<EdgeBuckets>;
}
