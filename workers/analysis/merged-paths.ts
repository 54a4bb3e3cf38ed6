import type { Retention } from '../indexes/retention.ts';
import type { RetentionEdges } from '../indexes/retention-edges.ts';
import { noSearchExclusions, type SearchExclusions } from '../indexes/search-exclusions.ts';
import { shortestPaths, UNREACHED } from '../indexes/shortest-paths.ts';
import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { emptyBits, ObjectSet } from '../model/object-set.ts';
import { part, STRIDE, type Steps } from '../model/steps.ts';
import type { AccidentalHold, HeldElsewhere, PathPoint } from '../protocol/paths.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import { type AccumulationPoint, accumulationPoints, membersHeld } from './accumulation-point.ts';
import { isClassLike } from './descriptors.ts';
import { heldByAccident } from './held-by-accident.ts';
import { objectRow } from './object-rows.ts';
import { type PathTree, pathTree } from './path-tree.ts';

/** Merged paths of a set, before they are cut to what is shown. */
export interface PathSummary {
  tree: PathTree;
  before: Uint32Array;
  label: string | null;
  unreachable: Count;
  released: Count;
  points: PathPoint[];
  /** Nodes of the tree that contain the points. */
  pointNodes: Set<number>;
  independent: PathPoint | null;
  elsewhere: HeldElsewhere | null;
  accidental: AccidentalHold[];
}

/** The context of a search for paths. */
export interface PathContext {
  snapshot: HeapSnapshot;
  retention: Retention;
  edges: RetentionEdges;
  /** What `before` excludes; null = nothing. */
  leftOut: SearchExclusions | null;
  /** The tree of shortest paths without what is left out. */
  before: Uint32Array;
}

/**
 * If at least this share of the members behind the only point is also held in other ways, a second search finds how.
 */
const WORTH_A_SEARCH = 0.5;

/** Merges the shortest paths to a set, and finds what they have in common. O(n), and O(n + e) for a second holder. */
export function* summarisePaths(context: PathContext, set: ObjectSet): Steps<PathSummary> {
  const { snapshot, retention, before, leftOut } = context;
  const tree = yield* part(0, 0.4, pathTree(snapshot, retention, before, set));
  const found = yield* part(0.4, 0.6, accumulationPoints(snapshot, retention, before, set));
  const accidental = yield* part(0.6, 0.7, heldByAccident(snapshot, retention, set));
  const unreachable = leftOut === null ? tree.withoutPath : yield* unreachableMembers(context, set);
  const elsewhere = yield* part(0.7, 0.8, heldElsewhere(context, set, found));
  const independent = yield* part(0.8, 1, secondHolder(context, set, found));
  const named = found.map(({ object }) => object);
  if (elsewhere !== null) named.push(elsewhere.point.object.index);
  return {
    tree,
    before,
    label: commonLabel(snapshot, set),
    unreachable,
    released: tree.withoutPath - unreachable,
    points: found.map(point => describePoint(context, before, point)),
    pointNodes: new Set(named.map(object => tree.nodeOf[object]!)),
    independent,
    elsewhere,
    accidental,
  };
}

/** What holds most of the members that the only point does not lead to. Null if there are none, or no such object. */
function* heldElsewhere(
  context: PathContext,
  set: ObjectSet,
  [first, ...others]: readonly AccumulationPoint[],
): Steps<HeldElsewhere | null> {
  const { snapshot, retention, before } = context;
  if (first === undefined || others.length > 0 || first.held < first.behind) return null;
  const { reached } = yield* part(0, 0.5, membersHeld(snapshot, set, first.object));
  const bits = emptyBits(snapshot.objects);
  let objects = 0;
  for (let object = 0; object < snapshot.objects; object++) {
    const isHeld = ((reached[object >>> 5]! >>> (object & 31)) & 1) === 1;
    if (isHeld || object === first.object || before[object] === UNREACHED || !set.has(object)) continue;
    bits[object >>> 5]! |= 1 << (object & 31);
    objects++;
  }
  if (objects === 0) return null;
  const rest = yield* ObjectSet.ofBits(snapshot, bits);
  const [point] = yield* part(0.5, 1, accumulationPoints(snapshot, retention, before, rest));
  if (point === undefined) return null;
  return { objects, point: describePoint(context, before, point) };
}

/**
 * A second object where the paths to those members meet that the first point leads to but does not hold alone: found
 * on the shortest paths that avoid it. Null if there is no significant one.
 */
function* secondHolder(
  context: PathContext,
  set: ObjectSet,
  [first, ...others]: readonly AccumulationPoint[],
): Steps<PathPoint | null> {
  const { snapshot, retention, edges, before, leftOut } = context;
  // A class can be reached from each of its instances, which says nothing about what it holds.
  if (first === undefined || others.length > 0 || isClassLike(snapshot, descriptorOf(snapshot, first.object)))
    return null;
  const shared = first.behind - first.dominated;
  if (shared < Math.max(1, first.behind * WORTH_A_SEARCH)) return null;
  const without = {
    ...(leftOut ?? noSearchExclusions(retention.kinds.length)),
    objects: [...(leftOut?.objects ?? []), first.object],
  };
  const around = yield* part(0, 0.7, shortestPaths(snapshot, edges, retention, without));
  const members = yield* part(0.7, 0.8, membersThrough(context, before, around, set, first.object));
  const [second] = yield* part(0.8, 1, accumulationPoints(snapshot, retention, around, members));
  return second === undefined ? null : describePoint(context, around, second);
}

/** Members whose path by `before` leads through an object, and that `around` reaches as well. */
function* membersThrough(
  { snapshot }: PathContext,
  before: Uint32Array,
  around: Uint32Array,
  set: ObjectSet,
  object: ObjectIndex,
): Steps<ObjectSet> {
  const { objects } = snapshot;
  const bits = emptyBits(objects);
  /** 1 = not behind the object, 2 = behind it; 0 = not determined yet. */
  const known = new Uint8Array(objects);
  known[object] = 2;
  const way: number[] = [];
  for (let start = 0; start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    for (let member = start; member < stop; member++) {
      if (around[member] === UNREACHED || before[member] === UNREACHED || !set.has(member)) continue;
      let at = member;
      for (; at < objects && known[at] === 0; at = before[at]!) way.push(at);
      const is = at < objects ? known[at]! : 1;
      for (const each of way) known[each] = is;
      way.length = 0;
      if (is === 2) bits[member >>> 5]! |= 1 << (member & 31);
    }
    yield start / objects;
  }
  return yield* ObjectSet.ofBits(snapshot, bits);
}

function describePoint(
  { snapshot, retention }: PathContext,
  before: Uint32Array,
  { object, ...counts }: AccumulationPoint,
): PathPoint {
  const above = before[object]!;
  let root = above;
  while (root < snapshot.objects) root = before[root]!;
  return {
    object: objectRow(snapshot, retention, object),
    referrer: above < snapshot.objects ? objectRow(snapshot, retention, above) : null,
    root: retention.kinds[root - snapshot.objects]!,
    ...counts,
  };
}

function* unreachableMembers({ snapshot, retention }: PathContext, set: ObjectSet): Steps<Count> {
  let count = 0;
  for (let start = 0; start < snapshot.objects; start += STRIDE) {
    const stop = Math.min(snapshot.objects, start + STRIDE);
    for (let object = start; object < stop; object++) {
      if (retention.tree.position[object] === 0 && set.has(object)) count++;
    }
    yield start / snapshot.objects;
  }
  return count;
}

/** The class label of all members, or null. O(n) at most; stops at the second label. */
function commonLabel(snapshot: HeapSnapshot, set: ObjectSet): string | null {
  let label = 0;
  for (let object = 0; object < snapshot.objects; object++) {
    if (!set.has(object)) continue;
    const own = snapshot.descriptors.label[descriptorOf(snapshot, object)]!;
    if (label !== 0 && own !== label) return null;
    label = own;
  }
  return label === 0 ? null : snapshot.strings.text(label);
}
