import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { TypeName } from '../protocol/rows.ts';
import { type Family, Trait } from '../protocol/vocabulary.ts';

/** The type of a descriptor and its family, as used in rows. */
export function typeOf(
  { strings, descriptors }: HeapSnapshot,
  descriptor: number,
): { type: TypeName; family: Family } {
  return {
    type: strings.text(descriptors.type[descriptor]!),
    family: descriptors.words[descriptor]!.family,
  };
}

/** For rows whose objects have several descriptors. */
export const NO_TYPE = { type: null, family: null } as const;

/** Whether objects of a descriptor exist only because the heap was measured (numbers.md#measurement-overhead). */
export function isOverhead({ descriptors }: HeapSnapshot, descriptor: number): boolean {
  return (descriptors.traits[descriptor]! & Trait.overhead) !== 0;
}

/** Labels of classes whose objects all belong to the measurement. O(descriptors). */
export function overheadLabels(snapshot: HeapSnapshot): ReadonlySet<string> {
  const { descriptors, strings } = snapshot;
  const labels = new Set<string>();
  const others = new Set<string>();
  for (let id = 0; id < descriptors.length; id++) {
    (isOverhead(snapshot, id) ? labels : others).add(strings.text(descriptors.label[id]!));
  }
  for (const label of others) labels.delete(label);
  return labels;
}

/** Whether objects of a descriptor are classes, modules, or represent one. */
export function isClassLike({ descriptors }: HeapSnapshot, descriptor: number): boolean {
  return (descriptors.traits[descriptor]! & Trait.classLike) !== 0;
}
