import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { TypeName } from '../protocol/rows.ts';
import { type Family, Trait } from '../protocol/vocabulary.ts';

/** The type of a descriptor and its family, as rows have them. */
export function typeOf(
  { strings, descriptors }: HeapSnapshot,
  descriptor: number,
): { type: TypeName; family: Family } {
  return {
    type: strings.text(descriptors.type[descriptor]!),
    family: descriptors.words[descriptor]!.family,
  };
}

/** For rows that are of no one descriptor. */
export const NO_TYPE = { type: null, family: null } as const;

/** Whether objects of a descriptor are there because the heap was measured (numbers.md#measurement-overhead). */
export function isOverhead({ descriptors }: HeapSnapshot, descriptor: number): boolean {
  return (descriptors.traits[descriptor]! & Trait.overhead) !== 0;
}

/** Whether objects of a descriptor are classes, modules or what stands for one. */
export function isClassLike({ descriptors }: HeapSnapshot, descriptor: number): boolean {
  return (descriptors.traits[descriptor]! & Trait.classLike) !== 0;
}
