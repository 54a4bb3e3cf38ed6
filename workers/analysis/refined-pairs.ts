import { Uint32List } from '../model/growable.ts';
import { type HeapSnapshot, type PairTable, shallowBytesOf } from '../model/heap-snapshot.ts';
import { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { GroupTable, ObjectGroups } from './grouping.ts';

/**
 * A heap with further divided pairs, so that a key that is looked up for each object becomes a function of the pair.
 * Everything that groups by pairs can then group by it. Four bytes an object.
 */
export interface RefinedPairs {
  /** The same heap, with these pairs. */
  snapshot: HeapSnapshot;
  /** Pair → the pair of the original heap that it is a part of. */
  whole: Uint32Array;
  /** The groups of the key. */
  table: GroupTable;
}

/** Divides the pairs by the groups of a key. O(n). */
export function* refinePairs(snapshot: HeapSnapshot, groups: ObjectGroups): Steps<RefinedPairs> {
  const { pair: wholeOf, pairs, objects } = snapshot;
  const { groupOf } = groups;
  const pair = new Uint32Array(objects);
  const whole = new Uint32List();
  const groupOfPair = new Uint32List();
  const counts = new Uint32List();
  const bytes: number[] = [];
  const known = new Map<number, number>();
  /** Original pair → its most recent part + 1, since neighbouring objects are often alike. */
  const last = new Uint32Array(pairs.length);
  for (let object = 0; object < objects; object++) {
    if ((object & (STRIDE - 1)) === 0) yield object / objects;
    const of = wholeOf[object]!;
    const group = groupOf[object]!;
    let id = last[of]! - 1;
    if (id < 0 || groupOfPair.values[id] !== group) {
      const key = of * groups.labels.length + group;
      id = known.get(key) ?? -1;
      if (id < 0) {
        id = whole.length;
        known.set(key, id);
        whole.push(of);
        groupOfPair.push(group);
        counts.push(0);
        bytes.push(0);
      }
      last[of] = id + 1;
    }
    pair[object] = id;
    counts.values[id]!++;
    bytes[id]! += shallowBytesOf(snapshot, object);
  }
  const wholes = whole.trimmed();
  const refined: PairTable = {
    length: wholes.length,
    descriptor: wholes.map(of => pairs.descriptor[of]!),
    allocation: wholes.map(of => pairs.allocation[of]!),
    layout: wholes.map(of => pairs.layout[of]!),
    classObject: Int32Array.from(wholes, of => pairs.classObject[of]!),
    objects: counts.trimmed(),
    shallowBytes: Float64Array.from(bytes),
  };
  const { key, labels } = groups;
  const table: GroupTable = { key, by: 'object', groupOf: groupOfPair.trimmed(), labels };
  return { snapshot: { ...snapshot, pair, pairs: refined }, whole: wholes, table };
}

/** A set of the original heap as one of the refined heap. O(pairs). */
export function refinedSet({ snapshot, whole }: RefinedPairs, set: ObjectSet): ObjectSet {
  if (set.isAll) return ObjectSet.all(snapshot);
  const { pairs } = set;
  return pairs === null
    ? set
    : ObjectSet.ofPairs(
        snapshot,
        Uint8Array.from(whole, of => pairs[of]!),
      );
}

/** A table of the original heap as one of the refined heap. O(pairs). */
export function refinedTable({ whole }: RefinedPairs, table: GroupTable): GroupTable {
  return { ...table, groupOf: whole.map(of => table.groupOf[of]!) };
}
