import { shallowBytesOf } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { AddressOnly } from '../protocol/comparison.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { haveEqualContent, type Identified, SameObject } from './match-objects.ts';

type Difference = AddressOnly['different'][number]['by'];

/**
 * The objects that a comparison by address alone would call retained, and how they differ from `retained` (a bit for
 * each object of C). O(n).
 */
export function* compareByAddress(
  a: Identified,
  b: Identified,
  c: Identified,
  retained: Int32Array,
): Steps<AddressOnly> {
  const { objects } = c.snapshot;
  const [fromA, fromB] = [new SameObject(a, c), new SameObject(b, c)];
  const different = new Map<Difference, number>();
  const sums = { objects: 0, shallowBytes: 0 };
  let missed = 0;
  const look = (object: ObjectIndex) => {
    const isRetained = ((retained[object >>> 5]! >>> (object & 31)) & 1) !== 0;
    const inB = fromB.atItsAddress(object);
    if (inB < 0 || fromA.atItsAddress(object) >= 0) {
      if (isRetained) missed++;
      return;
    }
    sums.objects++;
    sums.shallowBytes += shallowBytesOf(c.snapshot, object);
    if (isRetained) return;
    const by = differenceOf(b, inB, c, object);
    different.set(by, (different.get(by) ?? 0) + 1);
  };
  for (let start = 0; start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    for (let object = start; object < stop; object++) look(object);
    yield start / objects;
  }
  return {
    retained: sums,
    different: [...different]
      .map(([by, count]) => ({ by, objects: count }))
      .sort((one, other) => other.objects - one.objects),
    missed,
  };
}

/** The first property that differs between two different objects at one address. */
function differenceOf(b: Identified, inB: ObjectIndex, c: Identified, inC: ObjectIndex): Difference {
  const [one, other] = [b.snapshot.pair[inB]!, c.snapshot.pair[inC]!];
  if (b.identities.kind[one] !== c.identities.kind[other]) return 'type or class';
  if (b.identities.site[one] !== c.identities.site[other]) return 'allocation site';
  if (b.identities.identity[one] !== c.identities.identity[other]) return 'generation';
  return haveEqualContent(b.snapshot, inB, c.snapshot, inC) ? 'generation' : 'content';
}
