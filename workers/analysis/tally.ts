import type { Retention } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { STRIDE, type Steps } from '../model/steps.ts';

/**
 * Objects summed by pair (`PairTable`). Every grouping key is a function of the pair, so a grouping by any list of
 * keys follows from the few thousand existing pairs, without visiting the objects.
 */
export interface PairTally {
  length: number;
  /** Pairs that occur, ascending. */
  pair: Uint32Array;
  objects: Float64Array;
  shallowBytes: Float64Array;
}

/** The tally of a set. O(pairs) if membership depends only on pairs, otherwise O(n). */
export function* tallyPairs(snapshot: HeapSnapshot, set: ObjectSet): Steps<PairTally> {
  const { pairs } = snapshot;
  if (set.isOfPairs) {
    return compact(pairs.objects, pairs.shallowBytes, pair => set.pairs === null || set.pairs[pair] === 1);
  }
  return yield* tallyWhere(snapshot, object => set.has(object));
}

/** The tally of the members of a set that no root reaches. O(n). */
export function* tallyUnreachable(
  snapshot: HeapSnapshot,
  { tree }: Retention,
  set: ObjectSet,
): Steps<PairTally> {
  const { position } = tree;
  return yield* tallyWhere(snapshot, object => position[object] === 0 && set.has(object));
}

function* tallyWhere(snapshot: HeapSnapshot, passes: (object: number) => boolean): Steps<PairTally> {
  const { pair: pairOf, shallow, objects: count } = snapshot;
  const objects = new Float64Array(snapshot.pairs.length);
  const bytes = new Float64Array(snapshot.pairs.length);
  const add = (start: number, stop: number) => {
    for (let object = start; object < stop; object++) {
      if (!passes(object)) continue;
      const pair = pairOf[object]!;
      const own = shallow[object]!;
      objects[pair]!++;
      bytes[pair]! += own === LARGE_SHALLOW ? shallowBytesOf(snapshot, object) : own;
    }
  };
  for (let start = 0; start < count; start += STRIDE) {
    add(start, Math.min(count, start + STRIDE));
    yield start / count;
  }
  return compact(objects, bytes, () => true);
}

function compact(
  objects: Uint32Array | Float64Array,
  bytes: Float64Array,
  passes: (pair: number) => boolean,
): PairTally {
  const present: number[] = [];
  for (let pair = 0; pair < objects.length; pair++)
    if (objects[pair] !== 0 && passes(pair)) present.push(pair);
  return {
    length: present.length,
    pair: Uint32Array.from(present),
    objects: Float64Array.from(present, pair => objects[pair]!),
    shallowBytes: Float64Array.from(present, pair => bytes[pair]!),
  };
}
