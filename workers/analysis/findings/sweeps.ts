import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { inStrides, type Steps } from '../../model/steps.ts';
import type { FindingThreshold } from '../../protocol/findings.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { type Family, Trait } from '../../protocol/vocabulary.ts';
import type { FindingContext } from './finding-kind.ts';
import { heapBytes } from './heap-facts.ts';
import { anyOf } from './waste-tally.ts';

/** For all kinds of waste: the minimum for a finding, however small the heap is. */
export const MIN_WASTE_BYTES: FindingThreshold = {
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

/** Minimum bytes for a finding about a kind of waste. */
export function minWasteBytes({ snapshot, threshold }: FindingContext, name: string): Bytes {
  return Math.max(threshold(MIN_WASTE_BYTES.name), 1, heapBytes(snapshot) * threshold(`${name}.share`));
}

/** The objects of some pairs, ascending. O(n) */
export function* objectsOfPairs(snapshot: HeapSnapshot, isWanted: Uint8Array): Steps<Uint32Array> {
  const { pair, pairs } = snapshot;
  const count = pairs.objects.reduce((sum, objects, id) => sum + (isWanted[id] === 1 ? objects : 0), 0);
  const found = new Uint32Array(count);
  if (count === 0) return found;
  let at = 0;
  yield* inStrides(snapshot.objects, (start, stop) => {
    for (let object = start; object < stop; object++) if (isWanted[pair[object]!] === 1) found[at++] = object;
  });
  return found;
}

/** The objects that have all of some flags, ascending. O(n) */
export function* objectsWithFlags(snapshot: HeapSnapshot, wanted: number): Steps<ObjectIndex[]> {
  const { flags } = snapshot;
  const found: ObjectIndex[] = [];
  yield* inStrides(snapshot.objects, (start, stop) => {
    for (let object = start; object < stop; object++)
      if ((flags[object]! & wanted) === wanted) found.push(object);
  });
  return found;
}

/**
 * The objects whose records have a length, ascending: entry i of `contentLength.values` belongs to object i. O(n),
 * once.
 */
export function objectsWithLength({ snapshot, shared }: FindingContext): Steps<Uint32Array> {
  return shared('objects with a length', function* () {
    const { flags, contentLength } = snapshot;
    const found = new Uint32Array(contentLength.values.length);
    let entry = 0;
    yield* inStrides(snapshot.objects, (start, stop) => {
      for (let object = start; object < stop; object++) {
        if ((flags[object]! & ObjectFlag.hasLength) !== 0) found[entry++] = object;
      }
    });
    return found;
  });
}

/** The entry of {@link pairsInTreeOrder} for a vertex that is not an object. */
export const NO_PAIR = 0xffff_ffff;

/**
 * Position in the dominator tree → pair of the object there. Several kinds traverse the tree, and would
 * otherwise look up each object at a random place in the columns of the heap. O(n), once; four bytes an object.
 */
export function pairsInTreeOrder({ snapshot, retention, shared }: FindingContext): Steps<Uint32Array> {
  return shared('pairs in the order of the tree', function* () {
    const { pair, objects } = snapshot;
    const { vertex, length } = retention.tree;
    const pairAt = new Uint32Array(length).fill(NO_PAIR);
    yield* inStrides(length, (start, stop) => {
      for (let at = Math.max(1, start); at < stop; at++) {
        const object = vertex[at]!;
        if (object < objects) pairAt[at] = pair[object]!;
      }
    });
    return pairAt;
  });
}

/** 1 for each pair whose descriptor is marked. */
export function pairsOf({ pairs }: HeapSnapshot, isMarked: Uint8Array): Uint8Array {
  const { descriptor, length } = pairs;
  const marked = new Uint8Array(length);
  for (let id = 0; id < length; id++) marked[id] = isMarked[descriptor[id]!]!;
  return marked;
}

/** 1 for each descriptor with one of these traits, except those that only hold the variables of another object. */
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

/** All lists and maps. */
export function collectionsOf(snapshot: HeapSnapshot): ObjectSetSpec | null {
  return setOfTypes(snapshot, descriptorsOf(snapshot, ['list', 'map']));
}

/** All strings. */
export function stringsOf(snapshot: HeapSnapshot): ObjectSetSpec | null {
  return setOfTypes(snapshot, descriptorsWith(snapshot, Trait.string));
}
