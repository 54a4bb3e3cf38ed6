import type { Retention } from '../indexes/retention.ts';
import { UNREACHED } from '../indexes/shortest-paths.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { emptyBits, type ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';

/** An object in which paths to many members of a set come together. */
export interface AccumulationPoint {
  object: ObjectIndex;
  /** Members whose shortest path leads through it and through no later point, not counting itself. */
  behind: Count;
  /** Members that it leads to without a class or module in between: the contents of its data. */
  held: Count;
  /** Those of them that every path leads to through it: they would be freed if it were gone. */
  dominated: Count;
}

/** Minimum share of the set that a point leads to. */
const MIN_SHARE = 0.05;
/** A point is moved to a single later object as long as that one has this share of the members. */
const SAME_SHARE = 0.8;

/**
 * Where the paths to a set meet: the objects farthest from the roots through which the shortest paths to at least a
 * twentieth of the set pass, unless nearly all of these continue through a few later objects. Largest first. A set
 * held by one array has one point, the array; a set of which two caches hold half each has two. `before`: the tree of
 * shortest paths. O(n), 8 bytes an object while it runs.
 */
export function* accumulationPoints(
  snapshot: HeapSnapshot,
  retention: Retention,
  before: Uint32Array,
  set: ObjectSet,
): Steps<AccumulationPoint[]> {
  const { behind, reached } = yield* membersBehind(snapshot, before, set);
  const least = Math.max(Math.min(2, reached), Math.ceil(reached * MIN_SHARE));
  if (reached === 0) return [];
  const heavy: ObjectIndex[] = [];
  const { descriptors, pairs, pair } = snapshot;
  const labelOf = (object: ObjectIndex) => descriptors.label[pairs.descriptor[pair[object]!]!]!;
  /** Objects within a run of one class, such as a linked list, are not points: all are equally significant. */
  const isDeepInRun = (object: ObjectIndex) => {
    const above = before[object]!;
    if (above >= snapshot.objects || labelOf(above) !== labelOf(object)) return false;
    if (set.has(object) && set.has(above)) return true;
    const next = before[above]!;
    return next < snapshot.objects && labelOf(next) === labelOf(object);
  };
  for (let object = 0; object < snapshot.objects; object++) {
    // A point holds others, so it does not count itself.
    if (behind[object]! > 0 && set.has(object)) behind[object]!--;
    if (behind[object]! >= least && !isDeepInRun(object)) heavy.push(object);
  }
  const points = deepestPoints(heavy, behind, before, snapshot.objects);
  const found: AccumulationPoint[] = [];
  for (const [object, members] of membersByLastPoint(points, behind, before, snapshot.objects)) {
    if (members < least) continue;
    found.push({
      object,
      behind: members,
      held: (yield* membersHeld(snapshot, set, object)).count,
      dominated: yield* membersDominated(snapshot, retention, set, object),
    });
  }
  return found.sort((a, b) => b.behind - a.behind || a.object - b.object);
}

/** Follows the heavy objects from the roots to where the members behind them spread out. O(heavy objects). */
function deepestPoints(
  heavy: readonly ObjectIndex[],
  behind: Uint32Array,
  before: Uint32Array,
  objects: Count,
): ObjectIndex[] {
  const isHeavy = new Set(heavy);
  const nextOf = new Map<ObjectIndex, ObjectIndex[]>();
  /** Objects to continue from, each with the number of members behind the start of its branch. */
  const waiting: { object: ObjectIndex; base: Count }[] = [];
  for (const object of heavy) {
    const above = before[object]!;
    if (above >= objects || !isHeavy.has(above)) waiting.push({ object, base: behind[object]! });
    else nextOf.set(above, [...(nextOf.get(above) ?? []), object]);
  }
  const points: ObjectIndex[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { object, base } = next;
    const below = nextOf.get(object) ?? [];
    const gone = below.reduce((sum, each) => sum + behind[each]!, 0);
    const [only] = below;
    if (only !== undefined && below.length === 1 && gone >= base * SAME_SHARE) {
      waiting.push({ object: only, base });
    } else if (below.length > 1 && gone >= behind[object]! * SAME_SHARE) {
      for (const each of below) waiting.push({ object: each, base: behind[each]! });
    } else points.push(object);
  }
  return points;
}

/**
 * The number of members behind each point, without those behind another point below it: the points of classes may lead
 * through classes that are not points (see `isDeepInRun`) to further ones. O(points × depth).
 */
function membersByLastPoint(
  points: readonly ObjectIndex[],
  behind: Uint32Array,
  before: Uint32Array,
  objects: Count,
): Map<ObjectIndex, Count> {
  const members = new Map(points.map(point => [point, behind[point]!]));
  for (const point of points) {
    let above = before[point]!;
    while (above < objects && !members.has(above)) above = before[above]!;
    if (above < objects) members.set(above, members.get(above)! - behind[point]!);
  }
  return members;
}

/**
 * The number of members to which the shortest paths through each object lead, including itself. Sums propagate from
 * the ends of the paths upwards; an object is processed after all objects behind it.
 */
function* membersBehind(
  { objects }: HeapSnapshot,
  before: Uint32Array,
  set: ObjectSet,
): Steps<{ behind: Uint32Array; reached: Count }> {
  const behind = new Uint32Array(objects);
  const waitsFor = new Uint32Array(objects);
  let reached = 0;
  for (let start = 0; start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    for (let object = start; object < stop; object++) {
      const above = before[object]!;
      if (above === UNREACHED) continue;
      if (above < objects) waitsFor[above]!++;
      if (set.has(object)) {
        behind[object] = 1;
        reached++;
      }
    }
    yield 0.5 * (start / objects);
  }
  for (let start = 0; start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    for (let leaf = start; leaf < stop; leaf++) {
      // A processed object waits for one more than it had, so it is never processed again.
      let object = leaf;
      while (waitsFor[object] === 0 && before[object] !== UNREACHED) {
        waitsFor[object] = DONE;
        const above = before[object]!;
        if (above >= objects) break;
        behind[above]! += behind[object]!;
        waitsFor[above]!--;
        object = above;
      }
    }
    yield 0.5 + 0.5 * (start / objects);
  }
  return { behind, reached };
}

/** Marks an object that has been processed. */
const DONE = 0xffff_ffff;

/**
 * Members reachable from an object by references alone, not through classes, modules or methods: nearly everything
 * can be reached from a class. `reached`: bits of all objects that it leads to. O(n + e) at most.
 */
export function* membersHeld(
  snapshot: HeapSnapshot,
  set: ObjectSet,
  object: ObjectIndex,
): Steps<{ count: Count; reached: Int32Array }> {
  const { objects, pair, references } = snapshot;
  const endsAt = endsByPair(snapshot);
  const seen = emptyBits(objects);
  const waiting = new Uint32Array(objects);
  let count = 0;
  let queued = 0;
  waiting[queued++] = object;
  seen[object >>> 5]! |= 1 << (object & 31);
  for (let start = 0; start < queued; ) {
    const stop = Math.min(queued, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const source = waiting[at]!;
      const end = references.first[source + 1]!;
      for (let edge = references.first[source]!; edge < end; edge++) {
        const target = references.targets[edge]!;
        if (((seen[target >>> 5]! >>> (target & 31)) & 1) === 1) continue;
        seen[target >>> 5]! |= 1 << (target & 31);
        if (set.has(target)) count++;
        if (endsAt[pair[target]!] === 0) waiting[queued++] = target;
      }
    }
    start = stop;
    yield start / objects;
  }
  return { count, reached: seen };
}

/** Pair → 1 if its objects belong to the program's code rather than to its data. */
function endsByPair({ pairs, descriptors }: HeapSnapshot): Uint8Array {
  const isCode = descriptors.traits.map(traits => traits & (Trait.classLike | Trait.code));
  return Uint8Array.from(pairs.descriptor, id => (isCode[id] === 0 ? 0 : 1));
}

/** Members that an object dominates, besides itself. O(its subtree). */
function* membersDominated(
  { objects }: HeapSnapshot,
  { tree }: Retention,
  set: ObjectSet,
  object: ObjectIndex,
): Steps<Count> {
  const from = tree.position[object]!;
  if (from === 0) return 0;
  let count = 0;
  const end = tree.subtreeEnd[from]!;
  for (let start = from + 1; start < end; start += STRIDE) {
    const stop = Math.min(end, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const vertex = tree.vertex[at]!;
      if (vertex < objects && set.has(vertex)) count++;
    }
    yield (start - from) / (end - from);
  }
  return count;
}
