import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { TupleTable } from '../model/tuple-table.ts';

/**
 * A set, added up by descriptor and allocation. Every grouping key is a function of these two, so any grouping
 * by any list of keys follows from the few thousand pairs that occur, without a look at the objects.
 */
export interface PairTally {
  length: number;
  descriptor: Uint32Array;
  allocation: Uint32Array;
  objects: Float64Array;
  shallowBytes: Float64Array;
}

/** Adds up a set. O(n), once for a set. */
export function* tallyPairs(snapshot: HeapSnapshot, set: ObjectSet): Steps<PairTally> {
  const { descriptor, allocation, shallow, objects: count } = snapshot;
  const pairs = new TupleTable();
  let objects = new Float64Array(pairs.a.length);
  let bytes = new Float64Array(pairs.a.length);
  for (let start = 0; start < count; start += STRIDE) {
    const stop = Math.min(count, start + STRIDE);
    for (let i = start; i < stop; i++) {
      if (!set.has(i)) continue;
      const pair = pairs.intern(descriptor[i]!, allocation[i]!, 0);
      if (pair >= objects.length) {
        objects = longer(objects);
        bytes = longer(bytes);
      }
      objects[pair]!++;
      bytes[pair]! += shallow[i] === LARGE_SHALLOW ? shallowBytesOf(snapshot, i) : shallow[i]!;
    }
    yield stop / count;
  }
  return {
    length: pairs.length,
    descriptor: pairs.a.slice(0, pairs.length),
    allocation: pairs.b.slice(0, pairs.length),
    objects: objects.slice(0, pairs.length),
    shallowBytes: bytes.slice(0, pairs.length),
  };
}

function longer(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const result = new Float64Array(column.length * 2);
  result.set(column);
  return result;
}
