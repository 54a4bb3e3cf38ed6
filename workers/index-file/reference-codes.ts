import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import { folded, NumberReader, NumberWriter, type PackedNumbers, unfolded } from './numbers.ts';
import { REMEMBERED, RecentValues } from './recent-values.ts';

/** References of a heap, packed. */
export interface PackedReferences {
  /** How many each object has. */
  degrees: PackedNumbers;
  targets: PackedNumbers;
}

/** What objects of one type and class refer to at the same place is often the same. Places that are told apart. */
const PLACES = 4;

type Objects = Pick<HeapSnapshot, 'objects' | 'pair' | 'pairs'> & { descriptors: { length: number } };

/**
 * Packs references. A target is one of those that others of the type and class had at that place lately, or else its distance from the target
 * before, or from the object itself. O(references).
 */
export function packReferences(heap: Objects, { first, targets }: Adjacency): PackedReferences {
  const { objects, pair, pairs, descriptors } = heap;
  const degrees = new NumberWriter(objects);
  const codes = new NumberWriter(targets.length);
  const recent = new RecentValues(descriptors.length * PLACES);
  const usual = new Uint32Array(descriptors.length);
  for (let object = 0; object < objects; object++) {
    const descriptor = pairs.descriptor[pair[object]!]!;
    const start = first[object]!;
    const end = first[object + 1]!;
    degrees.put(folded(end - start - usual[descriptor]!));
    usual[descriptor] = end - start;
    let before = object;
    for (let at = start; at < end; at++) {
      const target = targets[at]!;
      const found = recent.find(placeOf(descriptor, at - start), target);
      codes.put(found >= 0 ? found : REMEMBERED + folded(target - before));
      before = target;
    }
  }
  return { degrees: degrees.packed(), targets: codes.packed() };
}

/** The references again. O(references). */
export function unpackReferences(heap: Objects, packed: PackedReferences): Adjacency {
  const { objects, pair, pairs, descriptors } = heap;
  const degrees = new NumberReader(packed.degrees);
  const codes = new NumberReader(packed.targets);
  const first = new Uint32Array(objects + 1);
  const targets = new Uint32Array(codes.length);
  const recent = new RecentValues(descriptors.length * PLACES);
  const usual = new Uint32Array(descriptors.length);
  let at = 0;
  for (let object = 0; object < objects; object++) {
    const descriptor = pairs.descriptor[pair[object]!]!;
    const degree = usual[descriptor]! + unfolded(degrees.next());
    usual[descriptor] = degree;
    if (at + degree > targets.length) throw new RangeError('an object has more references than there are');
    first[object] = at;
    let before = object;
    for (let nth = 0; nth < degree; nth++) {
      const code = codes.next();
      const place = placeOf(descriptor, nth);
      if (code < REMEMBERED) before = recent.take(place, code);
      else {
        before += unfolded(code - REMEMBERED);
        recent.add(place, before);
      }
      targets[at++] = before;
    }
  }
  first[objects] = at;
  return { first, targets };
}

function placeOf(descriptor: number, nth: number): number {
  return descriptor * PLACES + (nth < PLACES ? nth : PLACES - 1);
}
