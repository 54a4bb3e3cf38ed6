import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';

/** The edges that keep objects alive under one rule (numbers.md#reference). */
export interface RetentionEdges {
  objects: number;
  forward: Adjacency;
  /** Object → pair → class object, for the edges to classes; null = there are no edges to classes. */
  pair: Uint32Array;
  classObjects: Int32Array | null;
  flags: Uint16Array;
  /** Objects with this flag refer to nothing, because their references are cache edges. 0 = no objects are left out. */
  leftOut: number;
}

/** All rules of numbers.md#reference: references, classes, internal references; cache edges left out. O(1). */
export function standardEdges(snapshot: HeapSnapshot): RetentionEdges {
  return {
    objects: snapshot.objects,
    forward: snapshot.references,
    pair: snapshot.pair,
    classObjects: snapshot.pairs.classObject,
    flags: snapshot.flags,
    leftOut: ObjectFlag.cacheSource,
  };
}

/** *References only*, as reap and harb count. O(n + e), and a copy of the references while it is in use. */
export function referencesOnlyEdges(snapshot: HeapSnapshot): RetentionEdges {
  const { first, targets } = snapshot.references;
  const keptFirst = new Uint32Array(snapshot.objects + 1);
  const keptTargets = new Uint32Array(targets.length);
  let kept = 0;
  for (let object = 0; object < snapshot.objects; object++) {
    const internal = (snapshot.flags[object]! & ObjectFlag.internalLast) !== 0;
    const end = first[object + 1]! - (internal ? 1 : 0);
    for (let at = first[object]!; at < end; at++) keptTargets[kept++] = targets[at]!;
    keptFirst[object + 1] = kept;
  }
  const forward = { first: keptFirst, targets: keptTargets.subarray(0, kept) };
  return {
    objects: snapshot.objects,
    forward,
    pair: snapshot.pair,
    classObjects: null,
    flags: snapshot.flags,
    leftOut: 0,
  };
}
