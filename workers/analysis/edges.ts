import { classObjectOf, type HeapSnapshot, type Rows } from '../model/heap-snapshot.ts';
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

/** Distinct objects that refer to an object, ascending, from the rows of all referrers. O(referrers). */
export function referrersOf({ first, targets }: Rows, object: ObjectIndex): Uint32Array {
  const referrers = new Uint32Array(first[object + 1]! - first[object]!);
  let count = 0;
  for (let at = first[object]!; at < first[object + 1]!; at++) {
    if (count === 0 || referrers[count - 1] !== targets[at]) referrers[count++] = targets[at]!;
  }
  return referrers.subarray(0, count);
}
