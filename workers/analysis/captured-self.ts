import { descriptorOf, type HeapSnapshot, targetsOf } from '../model/heap-snapshot.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';

/** Whether an object that a block refers to is its code or its variables; null if it can be its self. */
export function blockPartOf(snapshot: HeapSnapshot, object: ObjectIndex): 'environment' | 'code' | null {
  const traits = snapshot.descriptors.traits[descriptorOf(snapshot, object)]!;
  if ((traits & Trait.environment) !== 0) return 'environment';
  return (traits & Trait.code) !== 0 ? 'code' : null;
}

/**
 * The object among a block's references that is its self; -1 if uncertain: its code is missing, or two objects are
 * neither code nor variables. O(references).
 */
export function findSelf(snapshot: HeapSnapshot, references: Iterable<ObjectIndex>): ObjectIndex {
  const others = new Set<ObjectIndex>();
  let hasCode = false;
  for (const object of references) {
    const part = blockPartOf(snapshot, object);
    if (part === null) others.add(object);
    else if (part === 'code') hasCode = true;
  }
  const [self] = others;
  return hasCode && others.size === 1 && self !== undefined ? self : -1;
}

/** The object that a block captured as its self; -1 if uncertain. O(references). */
export function capturedSelf(snapshot: HeapSnapshot, block: ObjectIndex): ObjectIndex {
  return findSelf(snapshot, targetsOf(snapshot.references, block));
}
