import { descriptorOf, type HeapSnapshot, hasTrait } from '../../model/heap-snapshot.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';

/**
 * The references of an object that are its values. Where it refers to one object that holds its variables, those of that
 * object are among them, in its place. O(references).
 */
export function valuesOf(snapshot: HeapSnapshot, object: ObjectIndex): readonly ObjectIndex[] | Uint32Array {
  const { first, targets } = snapshot.references;
  const own = targets.subarray(first[object]!, first[object + 1]!);
  if (!own.some(target => isFields(snapshot, target))) return own;
  return Array.from(own).flatMap(target =>
    isFields(snapshot, target) ? [...targets.subarray(first[target]!, first[target + 1]!)] : [target],
  );
}

function isFields(snapshot: HeapSnapshot, object: ObjectIndex): boolean {
  return hasTrait(snapshot, descriptorOf(snapshot, object), Trait.fields);
}

/** Of the class and of all values. O(references). */
export function hashOfReferences(snapshot: HeapSnapshot, object: ObjectIndex, label: number): number {
  let hash = Math.imul(label + 1, 0x9e3779b1);
  for (const target of valuesOf(snapshot, object)) {
    hash = Math.imul(hash ^ target, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

/** Whether two objects are of one class and have the same values in the same order. O(references). */
export function areReferencesEqual(snapshot: HeapSnapshot, object: ObjectIndex, other: ObjectIndex): boolean {
  const label = (each: ObjectIndex) => snapshot.descriptors.label[descriptorOf(snapshot, each)];
  if (label(object) !== label(other)) return false;
  const values = valuesOf(snapshot, object);
  const others = valuesOf(snapshot, other);
  if (values.length !== others.length) return false;
  for (let at = 0; at < values.length; at++) if (values[at] !== others[at]) return false;
  return true;
}
