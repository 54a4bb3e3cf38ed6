import type { LeftOut } from '../indexes/left-out.ts';
import type { Retention } from '../indexes/retention.ts';
import type { RetentionEdges } from '../indexes/retention-edges.ts';
import { NO_WAY } from '../indexes/shortest-paths.ts';
import { type Adjacency, classObjectOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { ObjectIndex } from '../protocol/units.ts';

/** What a search for further paths is made in. */
export interface NextPathsContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  edges: RetentionEdges;
  /** All references backwards. */
  referrers: Adjacency;
  /** The tree of shortest paths with nothing left out: it bounds every path from below. */
  before: Uint32Array;
  leftOut: LeftOut | null;
}

/** A path, from the object up: the object, what refers to it, …, and last the vertex of the root, `objects + kind`. */
export type UpwardPath = readonly number[];

/** A path that was not handed out yet: it leaves another one at a place. */
interface Candidate {
  path: UpwardPath;
  /** The path is that of an earlier one up to here. */
  from: number;
}

/**
 * The paths from roots to one object that visit no object twice, the shortest first, one at a time (J. Y. Yen, Finding
 * the K shortest loopless paths, 1971, with E. Lawler's rule of where a path may leave another). Each detour is
 * searched upwards from the object by A*, with the distance from the roots in the whole graph as its bound: it goes
 * straight up where it can. What is dominated by an object of the path that is kept is never looked at, as no way leads
 * around that one.
 *
 * Paths that differ only in a repeated reference are one. A detour costs O(n + e) at worst, and mostly its own length.
 */
export class NextPaths {
  readonly #context: NextPathsContext;
  readonly #target: ObjectIndex;
  readonly #found: UpwardPath[] = [];
  #candidates: Candidate[] = [];
  readonly #depth: Int32Array;
  readonly #search: Detours;

  constructor(context: NextPathsContext, target: ObjectIndex) {
    this.#context = context;
    this.#target = target;
    this.#depth = new Int32Array(context.snapshot.objects).fill(UNKNOWN);
    this.#search = new Detours(context, object => this.#depthOf(object));
  }

  /** The paths handed out so far. */
  get found(): readonly UpwardPath[] {
    return this.#found;
  }

  /** The next path; null once there is none. */
  *next(): Steps<UpwardPath | null> {
    if (this.#context.before[this.#target] === NO_WAY) return null;
    if (this.#found.length === 0 && this.#candidates.length === 0) {
      const first = yield* this.#search.run(this.#target, NONE);
      if (first !== null) this.#candidates.push({ path: first, from: 0 });
    } else if (this.#last !== null) yield* this.#addDetours(this.#last);
    const best = this.#takeBest();
    this.#last = best;
    if (best === null) return null;
    this.#found.push(best.path);
    return best.path;
  }

  /** The path handed out last, whose detours are not searched yet. */
  #last: Candidate | null = null;

  /** All ways to leave a path from where it left another one on. O(length) besides the searches. */
  *#addDetours({ path, from }: Candidate): Steps<void> {
    let others = this.#found.filter(other => hasPrefix(other, path, from));
    this.#search.keep(path.slice(0, from));
    // The last vertex is the root: no path continues from there.
    for (let at = from; at < path.length - 1; at++) {
      others = others.filter(other => other[at] === path[at]);
      const taken = new Set(others.map(other => other[at + 1]!));
      const detour = yield* this.#search.run(path[at]!, taken);
      if (detour !== null) this.#candidates.push({ path: [...path.slice(0, at), ...detour], from: at });
      this.#search.keep([path[at]!]);
      if (at % 1024 === 0) yield at / path.length;
    }
    this.#search.keepNothing();
  }

  #takeBest(): Candidate | null {
    let best = 0;
    for (let i = 1; i < this.#candidates.length; i++) {
      if (this.#candidates[i]!.path.length < this.#candidates[best]!.path.length) best = i;
    }
    const [taken = null] = this.#candidates.splice(best, 1);
    return taken;
  }

  /** Steps of the shortest path to an object; found by going up to one whose depth is known. */
  #depthOf(object: ObjectIndex): number {
    const { before, snapshot } = this.#context;
    const depth = this.#depth;
    let steps = 0;
    let at = object;
    while (at < snapshot.objects && depth[at] === UNKNOWN) {
      steps++;
      at = before[at]!;
    }
    let own = (at < snapshot.objects ? depth[at]! : -1) + steps;
    const result = own;
    for (
      let each = object;
      own >= 0 && each < snapshot.objects && depth[each] === UNKNOWN;
      each = before[each]!
    )
      depth[each] = own--;
    return result;
  }
}

const UNKNOWN = -1;

function hasPrefix(path: UpwardPath, other: UpwardPath, length: number): boolean {
  if (path.length < length) return false;
  for (let at = 0; at < length; at++) if (path[at] !== other[at]) return false;
  return true;
}

/** Searches for the rest of a path that is kept up to an object. */
class Detours {
  readonly #context: NextPathsContext;
  readonly #depthOf: (object: ObjectIndex) => number;
  /** Kinds of root that list an object. */
  readonly #rootsOf: Map<ObjectIndex, number[]>;
  /** Objects that have instances. */
  readonly #classes: ReadonlySet<ObjectIndex>;
  /** Object → the one below it on the shortest way that reached it, and the length of that. */
  readonly #below: Uint32Array;
  readonly #length: Int32Array;
  /** Objects that the search reached: their lengths are forgotten after it. */
  #reached: ObjectIndex[] = [];
  #kept: ObjectIndex[] = [];

  constructor(context: NextPathsContext, depthOf: (object: ObjectIndex) => number) {
    this.#context = context;
    this.#depthOf = depthOf;
    this.#below = new Uint32Array(context.snapshot.objects);
    this.#length = new Int32Array(context.snapshot.objects).fill(FAR);
    this.#classes = new Set(context.snapshot.pairs.classObject);
    this.#rootsOf = new Map();
    for (const [kind, objects] of context.retention.kindObjects.entries()) {
      for (const object of objects) {
        const kinds = this.#rootsOf.get(object);
        if (kinds === undefined) this.#rootsOf.set(object, [kind]);
        else kinds.push(kind);
      }
    }
  }

  /** Searches avoid these objects, too, and what they dominate. */
  keep(path: UpwardPath): void {
    for (const object of path) {
      // No way is shorter than none: what is kept is never reached.
      this.#length[object] = 0;
      this.#kept.push(object);
    }
  }

  keepNothing(): void {
    for (const object of this.#kept) this.#length[object] = FAR;
    this.#kept = [];
  }

  /**
   * The shortest way from an object up to a root that avoids what is kept and does not begin with a step to one of
   * `taken`; null if there is none. Starts with the object and ends with the root.
   */
  *run(start: ObjectIndex, taken: ReadonlySet<number>): Steps<UpwardPath | null> {
    const { snapshot, leftOut } = this.#context;
    if (isGone(snapshot, leftOut, start) || !this.#hasOtherWay(start, taken)) return null;
    this.#reached = [start];
    this.#length[start] = 0;
    const way = yield* this.#searchUp(start, taken);
    for (const object of this.#reached) this.#length[object] = FAR;
    return way;
  }

  /** Whether anything refers to the object but what is taken or kept: mostly nothing does. */
  #hasOtherWay(start: ObjectIndex, taken: ReadonlySet<number>): boolean {
    if (this.#rootAbove(start, taken) >= 0) return true;
    for (const referrer of this.#referrersOf(start)) {
      if (!taken.has(referrer) && this.#length[referrer] === FAR) return true;
    }
    return false;
  }

  *#searchUp(start: ObjectIndex, taken: ReadonlySet<number>): Steps<UpwardPath | null> {
    const { objects } = this.#context.snapshot;
    const banned = rangesOf(this.#context.retention, [...this.#kept, start]);
    // Buckets of objects by the least length of a way through them; the newest of a bucket goes first.
    const buckets: number[][] = [];
    const queue = (object: number, length: number) => {
      const bound = length + this.#depthOf(object);
      const bucket = buckets[bound];
      if (bucket === undefined) buckets[bound] = [object, length];
      else bucket.push(object, length);
    };
    queue(start, 0);
    let looked = 0;
    for (let bound = 0; bound < buckets.length; bound++) {
      const bucket = buckets[bound];
      while (bucket !== undefined && bucket.length > 0) {
        const length = bucket.pop()!;
        const object = bucket.pop()!;
        // A shorter way was found since.
        if (length > this.#length[object]!) continue;
        const root = this.#rootAbove(object, object === start ? taken : NONE);
        if (root >= 0) return this.#wayTo(start, object, root + objects);
        for (const referrer of this.#referrersOf(object)) {
          if (++looked % STRIDE === 0) yield Math.min(1, looked / objects);
          if (object === start && taken.has(referrer)) continue;
          const known = this.#length[referrer]!;
          if (known <= length + 1 || this.#isBarred(referrer, banned)) continue;
          if (known === FAR) this.#reached.push(referrer);
          this.#length[referrer] = length + 1;
          this.#below[referrer] = object;
          queue(referrer, length + 1);
        }
      }
    }
    return null;
  }

  #wayTo(start: ObjectIndex, top: ObjectIndex, root: number): UpwardPath {
    const way = [root];
    for (let at = top; at !== start; at = this.#below[at]!) way.push(at);
    way.push(start);
    return way.reverse();
  }

  /** A kind of root that lists the object, and is neither left out nor taken; -1 if there is none. */
  #rootAbove(object: ObjectIndex, taken: ReadonlySet<number>): number {
    const { snapshot, leftOut } = this.#context;
    for (const kind of this.#rootsOf.get(object) ?? []) {
      if (taken.has(snapshot.objects + kind) || leftOut?.roots[kind] === 1) continue;
      const references = leftOut?.references;
      if (references && (references.fromRoot[kind]! & bitsTo(references, snapshot, object)) !== 0) continue;
      return kind;
    }
    return -1;
  }

  /** No root reaches it, or it is left out, or every way to it leads through the path that is kept. */
  #isBarred(object: ObjectIndex, banned: readonly Range[]): boolean {
    const { snapshot, before, leftOut, retention } = this.#context;
    if (before[object] === NO_WAY || isGone(snapshot, leftOut, object)) return true;
    return isInRange(banned, retention.tree.position[object]!);
  }

  /** What refers to an object by an edge that counts. */
  *#referrersOf(object: ObjectIndex): Generator<ObjectIndex, void, void> {
    const { snapshot, referrers, edges, leftOut } = this.#context;
    const references = leftOut?.references ?? null;
    const to = references === null ? 0 : bitsTo(references, snapshot, object);
    const counts = (source: ObjectIndex, isClass: boolean) => {
      const flags = snapshot.flags[source]!;
      const silent = edges.leftOut | (leftOut?.cacheEdges ? ObjectFlag.cacheSource : 0);
      if ((flags & silent) !== 0) return false;
      if (
        references !== null &&
        ((references.fromPair[snapshot.pair[source]!]! | (references.fromObject.get(source) ?? 0)) & to) !== 0
      )
        return false;
      return isClass || this.#refers(source, object);
    };
    for (let at = referrers.first[object]!; at < referrers.first[object + 1]!; at++) {
      const source = referrers.targets[at]!;
      if (counts(source, false)) yield source;
    }
    if (edges.classObjects === null || leftOut?.classEdges) return;
    if (!this.#classes.has(object)) return;
    for (let source = 0; source < snapshot.objects; source++) {
      if (classObjectOf(snapshot, source) === object && source !== object && counts(source, true))
        yield source;
    }
  }

  /** Whether a reference to the object is among those that count: all but internal ones, where these are left out. */
  #refers(source: ObjectIndex, object: ObjectIndex): boolean {
    const { snapshot, edges, leftOut } = this.#context;
    const isInternal = (snapshot.flags[source]! & ObjectFlag.internalLast) !== 0;
    // Under another rule the list of references is another one.
    const withoutInternal = leftOut?.internalEdges || edges.forward !== snapshot.references;
    if (!isInternal || !withoutInternal) return true;
    const { first, targets } = snapshot.references;
    return targets.subarray(first[source]!, first[source + 1]! - 1).includes(object);
  }
}

/** Not reached. */
const FAR = 0x7fff_ffff;
const NONE: ReadonlySet<number> = new Set();

function bitsTo(
  references: NonNullable<LeftOut['references']>,
  { pair }: HeapSnapshot,
  object: ObjectIndex,
): number {
  return references.toPair[pair[object]!]! | (references.toObject.get(object) ?? 0);
}

function isGone({ pair }: HeapSnapshot, leftOut: LeftOut | null, object: ObjectIndex): boolean {
  if (leftOut === null) return false;
  return (
    leftOut.pairs?.[pair[object]!] === 1 ||
    leftOut.objects.includes(object) ||
    leftOut.set?.has(object) === true
  );
}

/** Positions of the dominator tree: what an object dominates, without itself. */
interface Range {
  from: number;
  end: number;
}

/** Outermost ranges, ascending: subtrees are apart, or one within the other. O(objects log objects). */
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
