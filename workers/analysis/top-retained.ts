import type { Retention } from '../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { isClassLike } from './descriptors.ts';
import { isNamespace, isTopLevel, overheadBelow, topLevelClass } from './top-level.ts';

/**
 * The reachable members of a set that retain most, largest first, ties by address. With `forPeople`, links of a run
 * (see {@link nextInRun}) are left out except for its head, and so are mere containers: the class Object, `main`,
 * namespaces, and objects that hold little but the allocation tracer. O(n + k log k).
 */
export function topRetained(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  count: number,
  forPeople: boolean,
): ObjectIndex[] {
  const topLevel = forPeople ? topLevelClass(snapshot) : -1;
  const tracer = forPeople ? overheadBelow(snapshot, retention) : new Map<number, number>();
  const { vertex, length } = retention.tree;
  const { retained } = retention;
  const addressAt = (object: number) => snapshot.pages.address(snapshot.keys[object]!);
  const before = (a: number, b: number): number =>
    retained[b]! - retained[a]! || Number(addressAt(vertex[a]!) - addressAt(vertex[b]!));
  let best: number[] = [];
  let threshold = -1;
  for (let at = 1; at < length; at++) {
    if (retained[at]! < threshold) continue;
    const object = vertex[at]!;
    if (object >= snapshot.objects || !set.has(object)) continue;
    if (forPeople && isFolded(snapshot, retention, at)) continue;
    if (forPeople && isTopLevel(snapshot, retention, topLevel, object)) continue;
    if (forPeople && isNamespace(snapshot, retention, at)) continue;
    if ((tracer.get(at) ?? 0) > retained[at]! / 2) continue;
    best.push(at);
    if (best.length >= count * 2 + 64) {
      best = best.sort(before).slice(0, count);
      threshold = retained[best[best.length - 1]!]!;
    }
  }
  return best
    .sort(before)
    .slice(0, count)
    .map(at => vertex[at]!);
}

/** Minimum share of its predecessor's retained size that a link must have to continue a run. */
const LINK_SHARE = 0.5;

/** Whether the vertex at a position is a link of a run other than its head. */
function isFolded(snapshot: HeapSnapshot, retention: Retention, at: number): boolean {
  const above = retention.tree.dominator[at]!;
  return above !== 0 && isLink(snapshot, retention, above, at);
}

/** Whether `at` continues a run at its dominator `above`: it has the same class label and most of its retained size. */
export function isLink(snapshot: HeapSnapshot, retention: Retention, above: number, at: number): boolean {
  // Sequential reads first: for a million elements of an array nothing else is needed.
  if (retention.retained[at]! < retention.retained[above]! * LINK_SHARE) return false;
  const { vertex } = retention.tree;
  const from = vertex[above]!;
  const to = vertex[at]!;
  if (from >= snapshot.objects || to >= snapshot.objects) return false;
  const { label, type } = snapshot.descriptors;
  const fromId = descriptorOf(snapshot, from);
  const toId = descriptorOf(snapshot, to);
  return label[fromId] === label[toId] && type[fromId] === type[toId] && !isClassLike(snapshot, toId);
}

/**
 * Position of the next link of the run at `at`, or 0 if it ends. O(children), stopping when the remaining ones retain
 * too little together.
 */
export function nextInRun(snapshot: HeapSnapshot, retention: Retention, at: number): number {
  const { retained, tree } = retention;
  const { subtreeEnd } = tree;
  const end = subtreeEnd[at]!;
  const least = retained[at]! * LINK_SHARE;
  let left = retained[at]!;
  for (let child = at + 1; child < end && left >= least; child = subtreeEnd[child]!) {
    if (isLink(snapshot, retention, at, child)) return child;
    left -= retained[child]!;
  }
  return 0;
}

/** Length of the run that starts at an object; 1 = no run. O(children of its links). */
export function runLength(snapshot: HeapSnapshot, retention: Retention, object: ObjectIndex): number {
  let at = retention.tree.position[object]!;
  let length = 1;
  if (at === 0) return length;
  for (at = nextInRun(snapshot, retention, at); at !== 0; at = nextInRun(snapshot, retention, at)) length++;
  return length;
}
