import { type Adjacency, classObjectOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { emptyBits } from '../model/object-set.ts';
import type { EdgeKind } from '../protocol/rows.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';

/** How one object refers to another. */
export interface Edge {
  source: ObjectIndex;
  target: ObjectIndex;
  kind: EdgeKind;
  multiplicity: Count;
}

/** The edge between two objects of which one refers to the other. O(references of the source). */
export function edgeBetween(snapshot: HeapSnapshot, source: ObjectIndex, target: ObjectIndex): Edge {
  const { first, targets } = snapshot.references;
  const end = first[source + 1]!;
  let multiplicity = 0;
  for (let at = first[source]!; at < end; at++) if (targets[at] === target) multiplicity++;
  if (multiplicity === 0) return { source, target, kind: 'class', multiplicity: 1 };
  const flags = snapshot.flags[source]!;
  const isInternal =
    (flags & ObjectFlag.internalLast) !== 0 && targets[end - 1] === target && multiplicity === 1;
  const kind = (flags & ObjectFlag.cacheSource) !== 0 ? 'cache' : isInternal ? 'internal' : 'reference';
  return { source, target, kind, multiplicity };
}

/** Distinct objects that an object refers to, its class last, in the order of its record. O(references + n / 32). */
export function referencesOf(snapshot: HeapSnapshot, object: ObjectIndex): Uint32Array {
  const { first, targets } = snapshot.references;
  const distinct = new Uint32Array(first[object + 1]! - first[object]! + 1);
  // Bits, since an array may have more entries than a Set can hold.
  const seen = emptyBits(snapshot.objects);
  let count = 0;
  const add = (target: ObjectIndex): void => {
    if (((seen[target >>> 5]! >>> (target & 31)) & 1) === 1) return;
    seen[target >>> 5]! |= 1 << (target & 31);
    distinct[count++] = target;
  };
  for (let at = first[object]!; at < first[object + 1]!; at++) add(targets[at]!);
  const classObject = classObjectOf(snapshot, object);
  if (classObject >= 0 && classObject !== object) add(classObject);
  return distinct.subarray(0, count);
}

/**
 * Distinct objects that refer to an object, ascending; of a class its instances too. `referrers` are those of all
 * objects by reference. O(referrers), and O(n) for a class: its instances are those of the pairs that have it.
 */
export function referrersOf(snapshot: HeapSnapshot, referrers: Adjacency, object: ObjectIndex): Uint32Array {
  const { first, targets } = referrers;
  return merged(targets.subarray(first[object]!, first[object + 1]!), instancesOf(snapshot, object));
}

/** The objects whose class is this object, ascending, without itself. */
function instancesOf({ pair, pairs, objects }: HeapSnapshot, classObject: ObjectIndex): Uint32Array {
  const isOfClass = new Uint8Array(pairs.length);
  let expected = 0;
  for (let id = 0; id < pairs.length; id++) {
    if (pairs.classObject[id] !== classObject) continue;
    isOfClass[id] = 1;
    expected += pairs.objects[id]!;
  }
  const instances = new Uint32Array(expected);
  let count = 0;
  for (let object = 0; object < objects && expected > 0; object++) {
    if (isOfClass[pair[object]!] === 1 && object !== classObject) instances[count++] = object;
  }
  return instances.subarray(0, count);
}

/** What is in either of two ascending lists, each once. */
function merged(one: Uint32Array, other: Uint32Array): Uint32Array {
  const result = new Uint32Array(one.length + other.length);
  let count = 0;
  for (let at = 0, otherAt = 0; at < one.length || otherAt < other.length; ) {
    const takesOther = at === one.length || other[otherAt]! < one[at]!;
    const next = takesOther ? other[otherAt++]! : one[at++]!;
    if (count === 0 || result[count - 1] !== next) result[count++] = next;
  }
  return result.subarray(0, count);
}
