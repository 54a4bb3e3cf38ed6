import { type Adjacency, classObjectOf, type HeapSnapshot, targetsOf } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { emptyBits } from '../model/object-set.ts';
import type { Count, ObjectIndex } from '../protocol/units.ts';
import type { ModelEdge } from '../protocol/vocabulary.ts';

/** How one object refers to another. */
export interface Edge {
  source: ObjectIndex;
  target: ObjectIndex;
  /** A {@link ModelEdge}, or a kind that only the format has. */
  kind: string;
  multiplicity: Count;
  /** The names of the references in the columns, up to {@link MAX_NAMES} of them; null if they have no names. */
  name: string | null;
}

/** Maximum number of names that are listed if there are several references between two objects. */
const MAX_NAMES = 3;

/** The edge between two objects of which one refers to the other. O(references of the source). */
export function edgeBetween(snapshot: HeapSnapshot, source: ObjectIndex, target: ObjectIndex): Edge {
  const { first, targets } = snapshot.references;
  const end = first[source + 1]!;
  let multiplicity = 0;
  let found = -1;
  for (let at = end - 1; at >= first[source]!; at--) {
    if (targets[at] !== target) continue;
    found = at;
    multiplicity++;
  }
  const edge = { source, target, multiplicity, name: namesOf(snapshot, source, target) };
  if (found < 0) return { ...edge, kind: 'class' satisfies ModelEdge, multiplicity: 1 };
  const own = snapshot.edges.kind[snapshot.edges.ofReference[found] ?? 0] ?? 0;
  if (own !== 0) return { ...edge, kind: snapshot.strings.text(own) };
  const flags = snapshot.flags[source]!;
  const isInternal =
    (flags & ObjectFlag.internalLast) !== 0 && targets[end - 1] === target && multiplicity === 1;
  const kind: ModelEdge =
    (flags & ObjectFlag.cacheSource) !== 0 ? 'cache' : isInternal ? 'internal' : 'reference';
  return { ...edge, kind };
}

/** The distinct names that the columns have for the references of an object to another. */
function namesOf(
  { references: { first, targets }, edges, strings }: HeapSnapshot,
  source: ObjectIndex,
  target: ObjectIndex,
): string | null {
  if (edges.ofReference.length === 0) return null;
  const names = new Set<number>();
  for (let at = first[source]!; at < first[source + 1]!; at++) {
    const name = targets[at] === target ? edges.name[edges.ofReference[at]!]! : 0;
    if (name !== 0) names.add(name);
  }
  if (names.size === 0) return null;
  const listed = [...names].slice(0, MAX_NAMES).map(id => strings.text(id));
  return names.size > MAX_NAMES ? `${listed.join(', ')}, …` : listed.join(', ');
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
 * Distinct objects that refer to an object, ascending; for a class also its instances. `referrers`: those of all
 * objects by reference. O(referrers), and O(n) for a class, whose instances are found by their pairs.
 */
export function referrersOf(snapshot: HeapSnapshot, referrers: Adjacency, object: ObjectIndex): Uint32Array {
  return merged(targetsOf(referrers, object), instancesOf(snapshot, object));
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

/** The union of two ascending lists. */
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
