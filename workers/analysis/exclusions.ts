import type { Retention } from '../indexes/retention.ts';
import {
  type ExcludedReferences,
  noSearchExclusions,
  type SearchExclusions,
} from '../indexes/search-exclusions.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { type Exclusion, MAX_EXCLUSIONS, type ReferenceEnd } from '../protocol/exclusions.ts';
import type { ObjectIndex } from '../protocol/units.ts';

/**
 * Exclusions resolved for a search in this heap; null if they exclude nothing. Addresses and names that are not in the
 * heap exclude nothing. O(pairs).
 */
export function compileExclusions(
  snapshot: HeapSnapshot,
  retention: Retention,
  exclusions: readonly Exclusion[],
): SearchExclusions | null {
  if (exclusions.length === 0) return null;
  const leftOut = noSearchExclusions(retention.kinds.length);
  const objects: ObjectIndex[] = [];
  const references: ExcludedReferences & {
    fromObject: Map<number, number>;
    toObject: Map<number, number>;
  } = {
    fromRoot: new Int32Array(retention.kinds.length),
    fromPair: new Int32Array(snapshot.pairs.length),
    toPair: new Int32Array(snapshot.pairs.length),
    fromObject: new Map(),
    toObject: new Map(),
  };
  let bit = 1;
  for (const exclusion of exclusions.slice(0, MAX_EXCLUSIONS)) {
    switch (exclusion.kind) {
      case 'root':
        forKinds(retention, exclusion.root, kind => {
          leftOut.roots[kind] = 1;
        });
        break;
      case 'object': {
        const object = objectAt(snapshot, exclusion.address);
        if (object >= 0) objects.push(object);
        break;
      }
      case 'class': {
        const pairs = leftOut.pairs ?? new Uint8Array(snapshot.pairs.length);
        leftOut.pairs = pairs;
        forPairs(snapshot, exclusion.label, pair => {
          pairs[pair] = 1;
        });
        break;
      }
      case 'edges':
        if (exclusion.edges === 'class') leftOut.classEdges = true;
        if (exclusion.edges === 'internal') leftOut.internalEdges = true;
        if (exclusion.edges === 'cache') leftOut.cacheEdges = true;
        break;
      case 'reference': {
        const { from, to } = exclusion;
        if (from.kind === 'root') {
          forKinds(retention, from.root, kind => {
            references.fromRoot[kind]! |= bit;
          });
        } else addEnd(snapshot, from, bit, references.fromPair, references.fromObject);
        if (to.kind !== 'root') addEnd(snapshot, to, bit, references.toPair, references.toObject);
        bit <<= 1;
        break;
      }
    }
  }
  return { ...leftOut, objects, references: bit === 1 ? null : references };
}

function addEnd(
  snapshot: HeapSnapshot,
  end: Exclude<ReferenceEnd, { kind: 'root' }>,
  bit: number,
  ofPair: Int32Array,
  ofObject: Map<number, number>,
): void {
  if (end.kind === 'class') {
    forPairs(snapshot, end.label, pair => {
      ofPair[pair]! |= bit;
    });
    return;
  }
  const object = objectAt(snapshot, end.address);
  if (object >= 0) ofObject.set(object, (ofObject.get(object) ?? 0) | bit);
}

function objectAt(snapshot: HeapSnapshot, address: string): ObjectIndex {
  return snapshot.pages.objectAtAddress(BigInt(address));
}

function forKinds({ kinds }: Retention, name: string, act: (kind: number) => void): void {
  for (const [kind, root] of kinds.entries()) if (root === name) act(kind);
}

function forPairs(
  { pairs, descriptors, strings }: HeapSnapshot,
  label: string,
  act: (pair: number) => void,
): void {
  const isOf = Array.from(descriptors.label, id => strings.text(id) === label);
  for (let pair = 0; pair < pairs.length; pair++) if (isOf[pairs.descriptor[pair]!]) act(pair);
}
