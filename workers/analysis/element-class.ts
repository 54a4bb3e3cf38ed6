import { descriptorOf, type HeapSnapshot, hasTrait } from '../model/heap-snapshot.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { Trait } from '../protocol/vocabulary.ts';

/** Maximum number of references of one object that are examined, from the first on. */
const MAX_REFERENCES = 100_000;
/** Minimum share of a list's elements for the list to count as one of their class. */
const MOST = 0.8;

/**
 * The most frequent class label among the objects that a list or map refers to; null if there is none, and for all
 * other objects. O(references), up to {@link MAX_REFERENCES} of them.
 */
export function elementClass(snapshot: HeapSnapshot, object: ObjectIndex): string | null {
  const descriptor = descriptorOf(snapshot, object);
  const isCollection = hasTrait(snapshot, descriptor, Trait.elements | Trait.entries);
  if (!isCollection) return null;
  const { descriptors, strings, references } = snapshot;
  const start = references.first[object]!;
  const end = Math.min(references.first[object + 1]!, start + MAX_REFERENCES);
  const counts = new Map<number, number>();
  let most = -1;
  for (let at = start; at < end; at++) {
    const label = descriptors.label[descriptorOf(snapshot, references.targets[at]!)]!;
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    if (count > (counts.get(most) ?? 0)) most = label;
  }
  return most >= 0 && counts.get(most)! >= MOST * (end - start) ? strings.text(most) : null;
}
