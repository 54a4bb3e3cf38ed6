import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';
import type { FindingThreshold } from '../../protocol/findings.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import { type Family, Trait } from '../../protocol/vocabulary.ts';
import type { FindingContext } from './finding-kind.ts';
import { heapBytes } from './heap-facts.ts';
import { anyOf } from './waste-tally.ts';

/** Of all kinds of waste: less is not worth a finding, however small the heap is. */
export const LEAST_WASTE: FindingThreshold = {
  name: 'waste.bytes',
  label: 'bytes, of all kinds of waste',
  unit: 'bytes',
  min: 0,
  max: 2 ** 27,
  usual: 2 ** 16,
};

/** The threshold of a kind of waste: `<name>.share`. */
export function wasteThreshold(name: string, usual = 0.005): FindingThreshold {
  return { name: `${name}.share`, label: 'share of the heap', unit: 'share', min: 0, max: 0.5, usual };
}

/** The bytes from which a kind of waste is worth a finding. */
export function leastWaste({ snapshot, threshold }: FindingContext, name: string): Bytes {
  return Math.max(threshold(LEAST_WASTE.name), 1, heapBytes(snapshot) * threshold(`${name}.share`));
}

/** Calls `visit` with each object. O(n) */
export function* eachObject(snapshot: HeapSnapshot, visit: (object: ObjectIndex) => void): Steps<void> {
  for (let start = 0; start < snapshot.objects; start += STRIDE) {
    const stop = Math.min(snapshot.objects, start + STRIDE);
    for (let object = start; object < stop; object++) visit(object);
    yield start / snapshot.objects;
  }
}

/** Calls `visit` with each object whose record tells a length. O(n): one after the other, unlike `contentLength.of`. */
export function* eachLength(
  snapshot: HeapSnapshot,
  visit: (object: ObjectIndex, length: Count) => void,
): Steps<void> {
  const { flags, contentLength } = snapshot;
  let entry = 0;
  yield* eachObject(snapshot, object => {
    if ((flags[object]! & ObjectFlag.hasLength) !== 0) visit(object, contentLength.values[entry++]!);
  });
}

/** 1 for each descriptor with one of these traits; none that only holds the variables of another object. */
export function descriptorsWith({ descriptors }: HeapSnapshot, traits: number): Uint8Array {
  return Uint8Array.from(descriptors.traits, own =>
    (own & traits) === 0 || (own & Trait.fields) !== 0 ? 0 : 1,
  );
}

/** 1 for each descriptor of these families. */
export function descriptorsOf({ descriptors }: HeapSnapshot, families: readonly Family[]): Uint8Array {
  return Uint8Array.from(descriptors.type, (_, id) =>
    families.includes(descriptors.words[id]!.family) ? 1 : 0,
  );
}

/** All objects of the types of some descriptors. */
export function setOfTypes({ descriptors, strings }: HeapSnapshot, chosen: Uint8Array): ObjectSetSpec | null {
  const types = new Set<number>();
  for (let id = 0; id < chosen.length; id++) if (chosen[id] === 1) types.add(descriptors.type[id]!);
  if (types.size === 0) return null;
  return anyOf([...types].map(type => ({ kind: 'group', key: 'type', label: strings.text(type) }) as const));
}
