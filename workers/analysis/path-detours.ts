import type { Retention } from '../indexes/retention.ts';
import type { RetentionEdges } from '../indexes/retention-edges.ts';
import type { SearchExclusions } from '../indexes/search-exclusions.ts';
import { UNREACHED } from '../indexes/shortest-paths.ts';
import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Instances } from './instances.ts';

/** The context of a search for further paths. */
export interface NextPathsContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  edges: RetentionEdges;
  /** All references reversed. */
  referrers: Adjacency;
  /** The tree of shortest paths with nothing left out: a lower bound for every path. */
  before: Uint32Array;
  leftOut: SearchExclusions | null;
}

/** A path, from the object up: the object, its referrer, …, and last the vertex of the root, `objects + kind`. */
export type UpwardPath = readonly number[];

/** Searches for the rest of a path whose part up to an object is fixed. */
export class Detours {
  readonly #context: NextPathsContext;
  readonly #depthOf: (object: ObjectIndex) => number;
  /** Kinds of root that list an object. */
  readonly #rootsOf: Map<ObjectIndex, number[]>;
  readonly #instances: Instances;
  /** Object → the one below it on the shortest path that reached it, and the length of that path. */
  readonly #below: Uint32Array;
  readonly #length: Int32Array;
  /** Objects that the search reached; their lengths are reset after it. */
  #reached: ObjectIndex[] = [];
  #kept: ObjectIndex[] = [];

  constructor(context: NextPathsContext, depthOf: (object: ObjectIndex) => number) {
    this.#context = context;
    this.#depthOf = depthOf;
    this.#below = new Uint32Array(context.snapshot.objects);
    this.#length = new Int32Array(context.snapshot.objects).fill(UNREACHED_LENGTH);
    this.#instances = new Instances(context.snapshot);
    this.#rootsOf = new Map();
    for (const [kind, objects] of context.retention.kindObjects.entries()) {
      for (const object of objects) {
        const kinds = this.#rootsOf.get(object);
        if (kinds === undefined) this.#rootsOf.set(object, [kind]);
        else kinds.push(kind);
      }
    }
  }

  /** Makes searches avoid these objects as well, and what they dominate. */
  keep(path: UpwardPath): void {
    for (const object of path) {
      // Kept objects count as unreachable.
      this.#length[object] = 0;
      this.#kept.push(object);
    }
  }

  keepNothing(): void {
    for (const object of this.#kept) this.#length[object] = UNREACHED_LENGTH;
    this.#kept = [];
  }

  /**
   * The shortest path from an object up to a root that avoids kept objects and does not begin with a step to one of
   * `taken`, with at most `limit` steps between its ends. It starts with the object and ends with the root. If only a
   * longer one is possible: the minimum number of its steps. Null if there is none.
   */
  *run(start: ObjectIndex, taken: readonly number[], limit: number): Steps<UpwardPath | number | null> {
    const { snapshot, leftOut } = this.#context;
    if (isGone(snapshot, leftOut, start) || !this.hasOtherWay(start, taken)) return null;
    this.#reached = [start];
    this.#length[start] = 0;
    const way = yield* this.#searchUp(start, taken, limit);
    for (const object of this.#reached) this.#length[object] = UNREACHED_LENGTH;
    return way;
  }

  /** Whether the object has a referrer that is neither taken nor kept: usually it has none. */
  hasOtherWay(start: ObjectIndex, taken: readonly number[]): boolean {
    if (this.#rootAbove(start, taken) >= 0) return true;
    const { referrers, edges, leftOut } = this.#context;
    const to = this.#exclusionsTo(start);
    const isOther = (source: ObjectIndex) =>
      this.#length[source] === UNREACHED_LENGTH && !taken.includes(source);
    for (let at = referrers.first[start]!; at < referrers.first[start + 1]!; at++) {
      const source = referrers.targets[at]!;
      if (isOther(source) && this.#counts(source, start, to)) return true;
    }
    if (edges.classObjects === null || leftOut?.classEdges) return false;
    return this.#instances
      .of(start)
      .some(run => run.some(source => source !== start && isOther(source) && this.#mayRefer(source, to)));
  }

  *#searchUp(start: ObjectIndex, taken: readonly number[], limit: number): Steps<UpwardPath | number | null> {
    const { objects } = this.#context.snapshot;
    const search: Search = {
      start,
      taken,
      banned: rangesOf(this.#context.retention, [...this.#kept, start]),
      buckets: [],
      limit,
      beyond: UNREACHED_LENGTH,
    };
    const { buckets } = search;
    const least = this.#depthOf(start);
    if (least > limit) return least;
    buckets[least] = [start, 0];
    let looked = 0;
    let reported = 0;
    for (let bound = 0; bound < buckets.length; bound++) {
      const bucket = buckets[bound];
      while (bucket !== undefined && bucket.length > 0) {
        const length = bucket.pop()!;
        const object = bucket.pop()!;
        // A shorter path was found in the meantime.
        if (length > this.#length[object]!) continue;
        const root = this.#rootAbove(object, object === start ? taken : NONE);
        if (root >= 0) return this.#wayTo(start, object, root + objects);
        looked += this.#goUp(search, object, length + 1);
        if (looked - reported >= STRIDE) {
          reported = looked;
          yield Math.min(1, looked / objects);
        }
      }
    }
    return search.beyond === UNREACHED_LENGTH ? null : search.beyond;
  }

  /** Queues the referrers of an object unless a shorter path to them is known; returns how many were examined. */
  #goUp(search: Search, object: ObjectIndex, length: number): number {
    const { referrers, edges, leftOut } = this.#context;
    const to = this.#exclusionsTo(object);
    const end = referrers.first[object + 1]!;
    let looked = end - referrers.first[object]!;
    for (let at = referrers.first[object]!; at < end; at++) {
      const source = referrers.targets[at]!;
      if (this.#length[source]! > length && this.#counts(source, object, to))
        this.#offer(search, source, object, length);
    }
    if (edges.classObjects === null || leftOut?.classEdges) return looked;
    for (const run of this.#instances.of(object)) {
      looked += run.length;
      for (let at = 0; at < run.length; at++) {
        const source = run[at]!;
        if (this.#length[source]! > length && this.#mayRefer(source, to))
          this.#offer(search, source, object, length);
      }
    }
    return looked;
  }

  #offer(search: Search, source: ObjectIndex, below: ObjectIndex, length: number): void {
    const { start, taken, banned, buckets, limit } = search;
    if (below === start && taken.includes(source)) return;
    // Most instances of a class do not lead to a root within the limit, and are not stored.
    const bound = length + this.#depthOf(source);
    if (bound > limit && bound >= search.beyond) return;
    if (this.#isBarred(source, banned)) return;
    if (bound > limit) {
      search.beyond = bound;
      return;
    }
    if (this.#length[source] === UNREACHED_LENGTH) this.#reached.push(source);
    this.#length[source] = length;
    this.#below[source] = below;
    const bucket = buckets[bound];
    if (bucket === undefined) buckets[bound] = [source, length];
    else bucket.push(source, length);
  }

  #wayTo(start: ObjectIndex, top: ObjectIndex, root: number): UpwardPath {
    const way = [root];
    for (let at = top; at !== start; at = this.#below[at]!) way.push(at);
    way.push(start);
    return way.reverse();
  }

  /** A kind of root that lists the object, and is neither left out nor taken; -1 if there is none. */
  #rootAbove(object: ObjectIndex, taken: readonly number[]): number {
    const { snapshot, leftOut } = this.#context;
    for (const kind of this.#rootsOf.get(object) ?? []) {
      if (taken.includes(snapshot.objects + kind) || leftOut?.roots[kind] === 1) continue;
      const references = leftOut?.references;
      if (references && (references.fromRoot[kind]! & bitsTo(references, snapshot, object)) !== 0) continue;
      return kind;
    }
    return -1;
  }

  /**
   * Whether an object cannot be on a path: no root reaches it, it is left out, or every path to it leads through the
   * kept part.
   */
  #isBarred(object: ObjectIndex, banned: readonly Range[]): boolean {
    const { snapshot, before, leftOut, retention } = this.#context;
    if (before[object] === UNREACHED || isGone(snapshot, leftOut, object)) return true;
    return isInRange(banned, retention.tree.position[object]!);
  }

  /** Exclusions of references whose target the object is, as bits. */
  #exclusionsTo(object: ObjectIndex): number {
    const references = this.#context.leftOut?.references ?? null;
    return references === null ? 0 : bitsTo(references, this.#context.snapshot, object);
  }

  /** Whether a reference between two objects is an edge that counts. */
  #counts(source: ObjectIndex, object: ObjectIndex, to: number): boolean {
    return this.#mayRefer(source, to) && this.#refers(source, object);
  }

  /** Whether references of an object count at all, and are not excluded by any of these exclusions. */
  #mayRefer(source: ObjectIndex, to: number): boolean {
    const { snapshot, edges, leftOut } = this.#context;
    const silent = edges.leftOut | (leftOut?.cacheEdges ? ObjectFlag.cacheSource : 0);
    if ((snapshot.flags[source]! & silent) !== 0) return false;
    if (to === 0) return true;
    const { fromPair, fromObject } = leftOut!.references!;
    return ((fromPair[snapshot.pair[source]!]! | (fromObject.get(source) ?? 0)) & to) === 0;
  }

  /** Whether the source refers to the object by an edge that counts: internal edges may be left out. */
  #refers(source: ObjectIndex, object: ObjectIndex): boolean {
    const { snapshot, edges, leftOut } = this.#context;
    const isInternal = (snapshot.flags[source]! & ObjectFlag.internalLast) !== 0;
    // Each rule has its own list of references.
    const withoutInternal = leftOut?.internalEdges || edges.forward !== snapshot.references;
    if (!isInternal || !withoutInternal) return true;
    const { first, targets } = snapshot.references;
    return targets.subarray(first[source]!, first[source + 1]! - 1).includes(object);
  }
}

/** One search: its start, the first steps and objects to avoid, and the queue of objects to continue from. */
interface Search {
  start: ObjectIndex;
  taken: readonly number[];
  banned: readonly Range[];
  /** Objects and lengths in turn, by the minimum length of a path through them; the newest of a bucket comes first. */
  buckets: number[][];
  /** Maximum number of steps; `beyond`: lower bound, as far as known, for the steps of any longer path. */
  limit: number;
  beyond: number;
}

/** The length of an object that was not reached. */
export const UNREACHED_LENGTH = 0x7fff_ffff;
export const NONE: readonly number[] = [];

function bitsTo(
  references: NonNullable<SearchExclusions['references']>,
  { pair }: HeapSnapshot,
  object: ObjectIndex,
): number {
  return references.toPair[pair[object]!]! | (references.toObject.get(object) ?? 0);
}

function isGone({ pair }: HeapSnapshot, leftOut: SearchExclusions | null, object: ObjectIndex): boolean {
  if (leftOut === null) return false;
  return (
    leftOut.pairs?.[pair[object]!] === 1 ||
    leftOut.objects.includes(object) ||
    leftOut.set?.has(object) === true
  );
}

/** Positions of the dominator tree that an object dominates, without itself. */
interface Range {
  from: number;
  end: number;
}

/** Outermost ranges, ascending. Subtrees are disjoint or nested. O(objects log objects). */
function rangesOf({ tree }: Retention, objects: readonly ObjectIndex[]): Range[] {
  const all = objects
    .map(object => ({ from: tree.position[object]! + 1, end: tree.subtreeEnd[tree.position[object]!]! }))
    .filter(({ from, end }) => from > 1 && from < end)
    .sort((a, b) => a.from - b.from);
  const outermost: Range[] = [];
  for (const range of all) {
    const last = outermost.at(-1);
    if (last === undefined || range.from >= last.end) outermost.push(range);
  }
  return outermost;
}

function isInRange(ranges: readonly Range[], position: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle]!.from <= position) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  return range !== undefined && position < range.end;
}
