import { UNREACHED } from '../indexes/shortest-paths.ts';
import type { Steps } from '../model/steps.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Detours, type NextPathsContext, NONE, UNREACHED_LENGTH, type UpwardPath } from './path-detours.ts';

/**
 * Paths that have not been returned yet: all that follow `path` up to position `at` and do not continue with any of
 * `taken`. Their shortest one is searched for when it may be next.
 */
interface Candidate {
  path: UpwardPath;
  at: number;
  taken: readonly number[];
  /** Whether `path` is the shortest of them. If not, it is only known that none is shorter than the bucket's length. */
  isFound: boolean;
}

/**
 * The paths from roots to one object that visit no object twice, the shortest first, one at a time (J. Y. Yen,
 * Finding the K shortest loopless paths, 1971, with E. Lawler's partition of the remaining paths). Each detour is
 * searched upwards from the object by A*, with the distance from the roots in the whole graph as its bound: it goes
 * straight up if possible. A search stops at the length at which another candidate is next, and is restarted later if
 * needed: most searches that would visit much of the heap are never completed. Objects dominated by one of the kept
 * part of the path are never visited, since no path avoids that one.
 *
 * Paths that differ only in a repeated reference are one. A detour costs O(n + e) at worst, and mostly its own length.
 */
export class NextPaths {
  readonly #context: NextPathsContext;
  readonly #found: UpwardPath[] = [];
  /** By the minimum length of a candidate's paths. */
  readonly #candidates: Candidate[][] = [];
  /** Lower bound of the lengths of all candidates. */
  #least = 0;
  readonly #depth: Int32Array;
  readonly #search: Detours;

  constructor(context: NextPathsContext, target: ObjectIndex) {
    this.#context = context;
    this.#depth = new Int32Array(context.snapshot.objects).fill(UNKNOWN);
    this.#search = new Detours(context, object => this.#depthOf(object));
    if (context.before[target] !== UNREACHED)
      this.#add({ path: [target], at: 0, taken: NONE, isFound: false }, 0);
  }

  /** The paths returned so far. */
  get found(): readonly UpwardPath[] {
    return this.#found;
  }

  /** The next path; null once there is none. */
  *next(): Steps<UpwardPath | null> {
    if (this.#last !== null) yield* this.#addDetours(this.#last);
    this.#last = null;
    for (let best = this.#takeBest(); best !== null; best = this.#takeBest()) {
      if (best.isFound) {
        this.#last = best;
        this.#found.push(best.path);
        return best.path;
      }
      yield* this.#searchFor(best);
    }
    return null;
  }

  /** The candidate returned last, whose other paths are not among the candidates yet. */
  #last: Candidate | null = null;

  /** Finds the shortest path of a candidate, unless paths of others may come before it. */
  *#searchFor(candidate: Candidate): Steps<void> {
    const { path, at, taken } = candidate;
    // Its own length is always searched, so that there is progress.
    const limit = Math.max(this.#least, this.#leastOfOthers() - 1);
    this.#search.keep(path.slice(0, at));
    const way = yield* this.#search.run(path[at]!, taken, limit - at - ENDS);
    this.#search.keepNothing();
    if (way === null) return;
    if (typeof way === 'number') this.#add(candidate, way + at + ENDS);
    else {
      const whole = [...path.slice(0, at), ...way];
      this.#add({ path: whole, at, taken, isFound: true }, whole.length);
    }
  }

  /** Divides the other paths of a candidate by the position at which they leave its shortest one. O(length). */
  *#addDetours({ path, at: from, taken }: Candidate): Steps<void> {
    this.#search.keep(path.slice(0, from));
    // The last vertex is the root: no path continues from there.
    for (let at = from; at < path.length - 1; at++) {
      const next = path[at + 1]!;
      const start = path[at]!;
      const without = at === from ? [...taken, next] : [next];
      if (this.#search.hasOtherWay(start, without)) {
        const length = Math.max(path.length, at + this.#depthOf(start) + ENDS);
        this.#add({ path, at, taken: without, isFound: false }, length);
      }
      this.#search.keep([start]);
      if (at % 1024 === 0) yield at / path.length;
    }
    this.#search.keepNothing();
  }

  #add(candidate: Candidate, length: number): void {
    const bucket = this.#candidates[length];
    if (bucket === undefined) this.#candidates[length] = [candidate];
    else bucket.push(candidate);
  }

  /** Removes a candidate of minimum length; one whose path is found, if there is one. */
  #takeBest(): Candidate | null {
    this.#least = this.#leastOfOthers();
    const bucket = this.#candidates[this.#least];
    if (bucket === undefined) return null;
    const found = bucket.findIndex(({ isFound }) => isFound);
    const [best = null] = bucket.splice(Math.max(0, found), 1);
    return best;
  }

  /** The minimum length of the candidates; larger than any length if there are none. */
  #leastOfOthers(): number {
    const candidates = this.#candidates;
    let length = this.#least;
    while (length < candidates.length && !candidates[length]?.length) length++;
    return length < candidates.length ? length : UNREACHED_LENGTH;
  }

  /** Number of steps of the shortest path to an object, found by going up to an object of known depth. */
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

/** Number of vertices of a path that are not steps: its first object and its root. */
const ENDS = 2;
