import type { Retention } from '../indexes/retention.ts';
import type { RetentionEdges } from '../indexes/retention-edges.ts';
import { type Adjacency, type HeapSnapshot, targetsOf } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { LeakShare } from '../protocol/object-details.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';

/**
 * The share of memory that an object is responsible for if what several objects hold is split equally among them
 * (numbers.md#leakshare), after BLeak (Vilk and Berger, PLDI 2018). `referrers`: all references of the snapshot
 * reversed. Null for an unreachable object. O(n + e) at most, 8 bytes an object while it runs.
 */
export function* leakShare(
  snapshot: HeapSnapshot,
  edges: RetentionEdges,
  retention: Retention,
  referrers: Adjacency,
  object: ObjectIndex,
): Steps<LeakShare | null> {
  const { tree, retained } = retention;
  const from = tree.position[object]!;
  if (from === 0) return null;
  const { held, shared } = yield* sharedFrom(edges, retention, from);
  const isCounted = new Uint8Array(snapshot.objects);
  for (const target of shared) isCounted[target] = 1;
  isCounted[object] = 1;
  const holders = yield* holdersOf(snapshot, edges, retention, referrers, [...shared, object], isCounted);
  let sharedBytes = 0;
  for (const target of shared) {
    sharedBytes += (retained[tree.position[target]!]! * held[target]!) / holders.get(target)!;
  }
  const retainedBytes = retained[from]!;
  return {
    bytes: retainedBytes + sharedBytes,
    sharedBytes,
    sharedObjects: shared.length,
    holders: holders.get(object)!,
    bytesByHolder: retainedBytes / holders.get(object)!,
  };
}

/**
 * The objects outside a dominator subtree that its objects refer to, in no order, with the number of referrers in it.
 * Dominators of the subtree are left out: a child does not hold its parent. O(subtree + its
 * references).
 */
function* sharedFrom(
  edges: RetentionEdges,
  { tree }: Retention,
  from: number,
): Steps<{ held: Uint32Array; shared: ObjectIndex[] }> {
  const { objects, forward, flags, leftOut, pair, classObjects } = edges;
  const held = new Uint32Array(objects);
  /** Target → the source that counted last, plus one: repeated references are one edge. */
  const counted = new Uint32Array(objects);
  const shared: ObjectIndex[] = [];
  const end = tree.subtreeEnd[from]!;
  const add = (source: ObjectIndex, target: ObjectIndex) => {
    const at = tree.position[target]!;
    const isWithin = at >= from && at < end;
    const isAbove = at < from && tree.subtreeEnd[at]! >= end;
    if (isWithin || isAbove || counted[target] === source + 1) return;
    counted[target] = source + 1;
    if (held[target] === 0) shared.push(target);
    held[target]!++;
  };
  for (let start = from; start < end; start += STRIDE) {
    const stop = Math.min(end, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const source = tree.vertex[at]!;
      const last = (flags[source]! & leftOut) !== 0 ? 0 : forward.first[source + 1]!;
      for (let edge = forward.first[source]!; edge < last; edge++) add(source, forward.targets[edge]!);
      const classObject = classObjects === null ? -1 : classObjects[pair[source]!]!;
      if (classObject >= 0) add(source, classObject);
    }
    yield (0.3 * (start - from)) / (end - from);
  }
  return { held, shared };
}

/**
 * The number of holders of each `wanted` object: reachable objects that refer to it and that it does not dominate,
 * and kinds of root that list it. `isWanted`: the same by object. O(their referrers, and the references of these);
 * O(n) if one is a class.
 */
function* holdersOf(
  snapshot: HeapSnapshot,
  edges: RetentionEdges,
  { tree, kindObjects }: Retention,
  referrers: Adjacency,
  wanted: readonly ObjectIndex[],
  isWanted: Uint8Array,
): Steps<ReadonlyMap<ObjectIndex, Count>> {
  const { objects, forward, flags, leftOut, pair, classObjects } = edges;
  const holders = new Map<ObjectIndex, Count>(wanted.map(object => [object, 0]));
  const add = (object: ObjectIndex) => holders.set(object, holders.get(object)! + 1);
  const holds = (source: ObjectIndex, target: ObjectIndex) => {
    const at = tree.position[source]!;
    const own = tree.position[target]!;
    return at !== 0 && (at < own || at >= tree.subtreeEnd[own]!);
  };
  // Under some rules a reference of the snapshot is not an edge.
  const refersTo = (source: ObjectIndex, target: ObjectIndex) => {
    if ((flags[source]! & leftOut) !== 0) return false;
    if (forward === snapshot.references) return true;
    return targetsOf(forward, source).includes(target);
  };
  for (let start = 0; start < wanted.length; start += STRIDE) {
    const stop = Math.min(wanted.length, start + STRIDE);
    for (let i = start; i < stop; i++) {
      const target = wanted[i]!;
      // Ascending; a referrer with several references occurs several times.
      for (let at = referrers.first[target]!; at < referrers.first[target + 1]!; at++) {
        const source = referrers.targets[at]!;
        const isRepeated = at > referrers.first[target]! && referrers.targets[at - 1] === source;
        if (!isRepeated && holds(source, target) && refersTo(source, target)) add(target);
      }
    }
    yield 0.3 + 0.3 * (start / wanted.length);
  }
  for (let start = 0; classObjects !== null && start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    for (let source = start; source < stop; source++) {
      const target = classObjects[pair[source]!]!;
      if (target < 0 || isWanted[target] === 0 || !holds(source, target)) continue;
      // An object that also refers to its class by a reference was already counted.
      const isCounted =
        (flags[source]! & leftOut) === 0 && targetsOf(snapshot.references, source).includes(target);
      if (!isCounted) add(target);
    }
    yield 0.6 + 0.4 * (start / objects);
  }
  for (const listed of kindObjects) for (const object of listed) if (isWanted[object] === 1) add(object);
  return holders;
}
