import { dominatorOf, objectTitle } from '../analysis/object-rows.ts';
import type { Retention } from '../indexes/retention.ts';
import { addressOf, descriptorOf, type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { HolderGrowth } from '../protocol/comparison.ts';
import type { Bytes, Count, ObjectIndex } from '../protocol/units.ts';
import { byGrowth, growthOf } from './growth.ts';
import { type Identified, SameObject } from './match-objects.ts';
import { overheadPairs } from './series.ts';

/** A dump with its dominator tree. */
export interface RetainedDump extends Identified {
  retention: Retention;
}

/** A holder replaces one above it if it accounts for this share of its change. */
const NEARLY_ALL = 0.9;

interface MeasuredDump extends RetainedDump {
  tracers: readonly ObjectIndex[];
}

/** An object of the last dump that holds others, with its position in the dominator tree. */
interface Candidate {
  object: ObjectIndex;
  at: number;
  /** The larger of how much more it retains than in the first dump, and the new objects that it retains. */
  changed: Bytes;
}

/**
 * Objects that exist in all dumps and retain more, or other, objects at the end: the holders of leaks and caches.
 * `isNew`: a bit for each object of the last dump that is not in the previous one; `counted`: positions of the
 * complete dumps. O(n) for each dump; 12 bytes an object while it runs.
 */
export function* holderGrowth(
  given: readonly RetainedDump[],
  isNew: Int32Array,
  counted: readonly number[],
  top: Count,
): Steps<HolderGrowth[]> {
  const dumps = given.map(dump => ({ ...dump, tracers: tracersOf(dump.snapshot) }));
  const last = dumps.at(-1)!;
  const made = newBytesBelow(last, isNew);
  const inEarlier = dumps.slice(0, -1).map((dump, at) => new SameObject(dump, dumps[at + 1]!));
  /** The object in each of the dumps, the last one first; null if one of them does not have it. */
  const chainOf = (object: ObjectIndex): ObjectIndex[] | null => {
    const chain = [object];
    for (let at = inEarlier.length - 1; at >= 0; at--) {
      const same = inEarlier[at]!.find(chain.at(-1)!);
      if (same < 0) return null;
      chain.push(same);
    }
    return chain;
  };
  const candidates = yield* candidatesOf(dumps, made.bytes, chainOf, top * 4 + 64);
  const rows = lowest(last, candidates)
    .slice(0, top)
    .map(({ object, at }) => {
      const chain = chainOf(object)!.reverse();
      const end = last.retention.tree.subtreeEnd[at]!;
      const sizes = {
        label: '',
        counts: chain.map((each, dump) => retainedObjects(dumps[dump]!.retention, each)),
        shallowBytes: chain.map((each, dump) => retainedBytes(dumps[dump]!, each)),
        newAtLast: made.objects[end]! - made.objects[at]!,
      };
      const { snapshot, retention } = last;
      const row = growthOf(sizes, counted);
      const address = addressOf(snapshot, object);
      return {
        ...row,
        label: nameOf(snapshot, object),
        object,
        address,
        heldBy: heldBy(snapshot, retention, object),
      };
    });
  return rows.sort(byGrowth);
}

/**
 * For each position in the last dump's tree, the number and shallow bytes of new objects at the positions before it.
 */
function newBytesBelow(
  { snapshot, retention }: RetainedDump,
  isNew: Int32Array,
): { objects: Uint32Array; bytes: Float64Array } {
  const { vertex, length } = retention.tree;
  const objects = new Uint32Array(length + 1);
  const bytes = new Float64Array(length + 1);
  for (let at = 1; at < length; at++) {
    const object = vertex[at]!;
    const counts = object < snapshot.objects && ((isNew[object >>> 5]! >>> (object & 31)) & 1) !== 0;
    objects[at + 1] = objects[at]! + (counts ? 1 : 0);
    bytes[at + 1] = bytes[at]! + (counts ? shallowBytesOf(snapshot, object) : 0);
  }
  return { objects, bytes };
}

/** The objects with the largest change among those that all dumps have, at most the given number. */
function* candidatesOf(
  dumps: readonly MeasuredDump[],
  newBytes: Float64Array,
  chainOf: (object: ObjectIndex) => ObjectIndex[] | null,
  count: Count,
): Steps<Candidate[]> {
  const last = dumps.at(-1)!;
  const { snapshot, retention } = last;
  const { vertex, subtreeEnd, length } = retention.tree;
  let best: Candidate[] = [];
  let threshold = 1;
  const consider = (at: number) => {
    const end = subtreeEnd[at]!;
    const object = vertex[at]!;
    const made = newBytes[end]! - newBytes[at]!;
    // An object that only retains itself is not a holder, and no change can exceed the retained size.
    if (end === at + 1 || object >= snapshot.objects || retention.retained[at]! < threshold) return;
    const chain = chainOf(object);
    if (chain === null) return;
    const grown = retainedBytes(last, object) - retainedBytes(dumps[0]!, chain.at(-1)!);
    const changed = Math.max(grown, made);
    if (changed < threshold) return;
    best.push({ object, at, changed });
    if (best.length < count * 2) return;
    best = best.sort(byChange).slice(0, count);
    threshold = best.at(-1)!.changed;
  };
  for (let start = 1; start < length; start += STRIDE) {
    const stop = Math.min(length, start + STRIDE);
    for (let at = start; at < stop; at++) consider(at);
    yield start / length;
  }
  return best.sort(byChange).slice(0, count);
}

function byChange(a: Candidate, b: Candidate): number {
  return b.changed - a.changed || b.at - a.at;
}

/** Removes candidates whose descendants account for nearly all of their change. O(candidates squared). */
function lowest({ retention }: RetainedDump, candidates: readonly Candidate[]): Candidate[] {
  const { subtreeEnd } = retention.tree;
  const inTreeOrder = candidates.toSorted((a, b) => a.at - b.at);
  const isExplained = ({ at, changed }: Candidate) => {
    let explained = 0;
    let coveredTo = at + 1;
    for (const other of inTreeOrder) {
      if (other.at < coveredTo || other.at >= subtreeEnd[at]!) continue;
      explained += other.changed;
      coveredTo = subtreeEnd[other.at]!;
    }
    return explained >= NEARLY_ALL * changed;
  };
  return candidates.filter(candidate => !isExplained(candidate));
}

function retainedObjects({ tree }: Retention, object: ObjectIndex): Count {
  const at = tree.position[object]!;
  return at === 0 ? 1 : tree.subtreeEnd[at]! - at;
}

/** The retained size without the allocation tracer's own table. */
function retainedBytes({ snapshot, retention, tracers }: MeasuredDump, object: ObjectIndex): Bytes {
  const at = retention.tree.position[object]!;
  if (at === 0) return shallowBytesOf(snapshot, object);
  const end = retention.tree.subtreeEnd[at]!;
  let bytes = retention.retained[at]!;
  for (const tracer of tracers) {
    const place = retention.tree.position[tracer]!;
    if (place >= at && place < end) bytes -= shallowBytesOf(snapshot, tracer);
  }
  return bytes;
}

/** Objects that are the allocation tracer's own table. O(n). */
function tracersOf(snapshot: HeapSnapshot): ObjectIndex[] {
  const isOverhead = overheadPairs(snapshot);
  if (!isOverhead.includes(1)) return [];
  const found: ObjectIndex[] = [];
  for (let object = 0; object < snapshot.objects; object++) {
    if (isOverhead[snapshot.pair[object]!] === 1) found.push(object);
  }
  return found;
}

/** The class label, and the title if the columns have one. */
function nameOf(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const title = objectTitle(snapshot, object);
  const label = snapshot.strings.text(snapshot.descriptors.label[descriptorOf(snapshot, object)]!);
  return title === '' ? label : `${label} ${title}`;
}

function heldBy(snapshot: HeapSnapshot, retention: Retention, object: ObjectIndex): string {
  const dominator = dominatorOf(snapshot, retention, object);
  switch (dominator.kind) {
    case 'object':
      return nameOf(snapshot, dominator.object.index);
    case 'root':
      return dominator.root;
    case 'roots':
      return 'no single object';
    case 'unreachable':
      return 'nothing: it is unreachable';
  }
}
