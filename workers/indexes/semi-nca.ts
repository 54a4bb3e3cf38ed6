import { grown } from '../model/growable.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { BUCKET, BUCKET_BITS, SortedEdges } from './edge-buckets.ts';
import type { Numbering } from './reachability.ts';
import type { SpareColumns } from './spare-columns.ts';

/** Edges that are evaluated between two yields. Each may cost several cache misses. */
const BUDGET = STRIDE * 2;
/** Number of steps along paths, per linked number, above which shortening all paths pays off; measured. */
const SHORTEN_STEPS = 0.25;
/** Number of edges whose entries of the forest are prefetched at a time: they stay in the cache of a core. */
const FETCHED = 1024;

/**
 * Immediate dominators of all numbers, as numbers: Semi-NCA (L. Georgiadis, Linear-time algorithms for dominators and
 * related problems, 2005, 2.3). Near linear on every graph tried; the simpler iterative algorithm of Cooper, Harvey and
 * Kennedy is quadratic where many objects of a long list share one target.
 *
 * An object with a single referrer is dominated by it and needs no evaluation; in most heaps that is nearly every
 * object. Takes over `parent` (which becomes the result) and `others`. Borrows further columns from `spare`.
 */
export function* immediateDominators(numbering: Numbering, spare: SpareColumns): Steps<Uint32Array> {
  const { count, parent, others } = numbering;
  const evaluation = new Evaluation(numbering, spare);
  for (let start = 0; start < count; start += STRIDE) {
    evaluation.prepare(start, Math.min(count, start + STRIDE));
    yield 0.1 * (start / count);
  }
  const sorted = new SortedEdges();
  for (let bucket = (count - 1) >>> BUCKET_BITS; bucket >= 0; bucket--) {
    const base = bucket * BUCKET;
    const length = Math.min(count - base, BUCKET);
    const done = 0.1 + 0.8 * (1 - (base + length) / count);
    others.count(bucket, sorted);
    yield done;
    others.place(bucket, sorted);
    if (evaluation.paysToShorten(base + length)) {
      for (let start = base + length; start < count; start += STRIDE) {
        evaluation.shorten(base + length, start, Math.min(count, start + STRIDE));
        yield done;
      }
    }
    evaluation.begin(sorted, base, length);
    do yield done;
    while (evaluation.run(BUDGET));
  }
  for (let start = 0; start < count; start += STRIDE) {
    evaluation.finish(start, Math.min(count, start + STRIDE));
    yield 0.9 + 0.1 * (start / count);
  }
  evaluation.leave(spare);
  others.leave(spare);
  return parent;
}

/** Computes semidominators, from the last number to the first, and the dominators from them. */
class Evaluation {
  /** Semidominator + 1 for numbers with more edges than the one from the parent; otherwise 0. */
  readonly #semi: Uint32Array;
  /** At first the parents; at the end the dominators. */
  readonly #parent: Uint32Array;
  /**
   * The forest of linked vertices. Two adjacent words per vertex, since both are needed together: the ancestor (at
   * first the parent, later shortened by path compression) and the smallest semidominator on the path to it.
   */
  readonly #forest: Uint32Array;
  #path = new Uint32Array(1024);
  #edges = new SortedEdges();
  #base = 0;
  /** The number being evaluated is `base + low`; its edges from `at` on are still to do. */
  #low = -1;
  #at = 0;
  #smallest = 0;
  /** Steps along paths since all paths were last shortened. */
  #steps = 0;
  readonly #prefetches: boolean;
  /** Edges of the bucket from this one on were prefetched. */
  #fetched = 0;
  /** XOR of what was prefetched, so that the compiler cannot drop the reads. */
  #seen = 0;

  constructor({ parent, count, strategy }: Numbering, spare: SpareColumns) {
    this.#prefetches = strategy.prefetchForest;
    this.#parent = parent;
    this.#semi = spare.take(count).fill(0);
    this.#forest = spare.take(count * 2);
  }

  /** Initializes the forest for the numbers from `start` to `stop`. */
  prepare(start: number, stop: number): void {
    const forest = this.#forest;
    const parent = this.#parent;
    for (let v = start; v < stop; v++) {
      forest[v * 2] = parent[v]!;
      // Without other edges, this is already the semidominator.
      forest[v * 2 + 1] = parent[v]!;
    }
  }

  /**
   * Whether paths have become so long that shortening all of them pays off. Shortening reads the forest from `linked`
   * on sequentially, while each step along a path is a cache miss in heaps without locality.
   */
  paysToShorten(linked: number): boolean {
    const count = this.#semi.length;
    if (this.#steps < (count - linked) * SHORTEN_STEPS) return false;
    this.#steps = 0;
    return true;
  }

  /**
   * Lets the linked numbers from `start` to `stop` point to their first ancestor that is not linked, which is below
   * `linked`. Must be called for consecutive ranges. The ancestors' entries were written shortly before, so they are in
   * the cache.
   */
  shorten(linked: number, start: number, stop: number): void {
    const forest = this.#forest;
    for (let v = start; v < stop; v++) {
      const ancestor = forest[v * 2]!;
      if (ancestor < linked) continue;
      forest[v * 2] = forest[ancestor * 2]!;
      const smallest = forest[ancestor * 2 + 1]!;
      if (smallest < forest[v * 2 + 1]!) forest[v * 2 + 1] = smallest;
    }
  }

  /** Begins the next lower bucket: `length` numbers from `base` on. */
  begin(edges: SortedEdges, base: number, length: number): void {
    this.#edges = edges;
    this.#base = base;
    this.#fetched = this.#prefetches ? edges.ends[BUCKET]! : 0;
    this.#startAt(length - 1);
  }

  #startAt(low: number): void {
    const { ends } = this.#edges;
    let next = low;
    while (next >= 0 && ends[next] === ends[next + 1]) next--;
    this.#low = next;
    if (next < 0) return;
    this.#at = ends[next]!;
    this.#smallest = this.#parent[this.#base + next]!;
  }

  /** Processes about `budget` edges of the bucket. Returns false when the bucket is done. */
  run(budget: number): boolean {
    const { ends, sources } = this.#edges;
    const forest = this.#forest;
    let left = budget;
    while (this.#low >= 0) {
      const w = this.#base + this.#low;
      const end = ends[this.#low + 1]!;
      if (ends[this.#low]! < this.#fetched) this.#fetch(end);
      const stop = Math.min(end, this.#at + left);
      let smallest = this.#smallest;
      for (let at = this.#at; at < stop; at++) {
        const v = sources[at]!;
        // An unlinked vertex (v <= w) is its own result.
        if (v <= w) {
          if (v < smallest) smallest = v;
          continue;
        }
        const own = forest[v * 2 + 1]!;
        if (own < smallest) smallest = own;
        // The path of v itself is not shortened: v is looked up only a few times, and a write there is slow in heaps
        // without locality. The path of its ancestor is used by many vertices.
        const above = forest[v * 2]!;
        if (above > w) {
          const best = forest[above * 2]! <= w ? forest[above * 2 + 1]! : this.#compress(above, w);
          if (best < smallest) smallest = best;
        }
        if (smallest === 0) break;
      }
      left -= stop - this.#at;
      // Nothing is smaller than the super-root, so the remaining edges do not matter.
      if (stop < end && smallest > 0) {
        this.#at = stop;
        this.#smallest = smallest;
        return true;
      }
      this.#semi[w] = smallest + 1;
      forest[w * 2 + 1] = smallest;
      this.#startAt(this.#low - 1);
    }
    return false;
  }

  /**
   * Prefetches the entries of the forest for the edges before `end`, those of the current number and of the next ones.
   * The processor waits for many of these cache misses at once. In the evaluation it would wait for each one, since
   * each step depends on the previous one.
   */
  #fetch(end: number): void {
    const { ends, sources } = this.#edges;
    const forest = this.#forest;
    const edges = Math.max(FETCHED, end - ends[this.#low]!);
    const start = Math.max(0, end - ((edges + 3) & ~3));
    // Four independent results: with a single one, each read would wait for the previous one.
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let at = start; at + 3 < end; at += 4) {
      a ^= forest[sources[at]! * 2]!;
      b ^= forest[sources[at + 1]! * 2]!;
      c ^= forest[sources[at + 2]! * 2]!;
      d ^= forest[sources[at + 3]! * 2]!;
    }
    this.#seen ^= a ^ b ^ c ^ d;
    this.#fetched = start;
  }

  /**
   * Compresses the path from `v` through the linked vertices (all above `w`). Returns the smallest semidominator on it.
   */
  #compress(v: number, w: number): number {
    const forest = this.#forest;
    let path = this.#path;
    let depth = 0;
    let top = v;
    while (forest[top * 2]! > w) {
      if (depth === path.length) {
        path = grown(path, depth + 1);
        this.#path = path;
      }
      path[depth++] = top;
      top = forest[top * 2]!;
    }
    this.#steps += depth;
    const root = forest[top * 2]!;
    let smallest = forest[top * 2 + 1]!;
    while (depth > 0) {
      const u = path[--depth]!;
      if (forest[u * 2 + 1]! > smallest) forest[u * 2 + 1] = smallest;
      else smallest = forest[u * 2 + 1]!;
      forest[u * 2] = root;
    }
    return smallest;
  }

  /** Gives the memory to `spare`. */
  leave(spare: SpareColumns): void {
    const count = this.#semi.length;
    spare.give(this.#semi);
    spare.give(this.#forest.subarray(0, count));
    spare.give(this.#forest.subarray(count));
  }

  /** Turns parents into dominators, from `start` to `stop` in ascending order. */
  finish(start: number, stop: number): void {
    const semi = this.#semi;
    const dominator = this.#parent;
    for (let w = start; w < stop; w++) {
      const limit = semi[w]!;
      if (limit === 0) continue;
      let candidate = dominator[w]!;
      while (candidate >= limit) candidate = dominator[candidate]!;
      dominator[w] = candidate;
    }
  }
}
