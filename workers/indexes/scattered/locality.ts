import type { Adjacency } from '../../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';

/** Up to here what is asked of objects fits into the caches of a core anyway. */
const FEW_OBJECTS = 1 << 20;
/** Columns have 16 objects to a cache line. */
const LINE_BITS = 4;
/** Lines of the cache that is imagined: 512 KiB. */
const LINES = 1 << 13;
/** One in this many strides is sampled. */
const SAMPLED = 8;
/** The part of references that miss the cache from which on ways that avoid this are faster; measured. */
const MISSED = 0.5;

/**
 * Whether references go anywhere rather than to neighbours and to few favourites: whether most of a sample miss a
 * small direct-mapped cache of objects. O(e / 8).
 */
export function* isScattered(forward: Adjacency): Steps<boolean> {
  const { first, targets } = forward;
  if (first.length <= FEW_OBJECTS) return false;
  const cached = new Uint32Array(LINES);
  let looks = 0;
  let misses = 0;
  for (let start = 0; start < targets.length; start += STRIDE * SAMPLED) {
    const stop = Math.min(targets.length, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const line = targets[at]! >>> LINE_BITS;
      const place = line & (LINES - 1);
      if (cached[place] !== line) misses++;
      cached[place] = line;
    }
    looks += stop - start;
    yield 0;
  }
  return misses > looks * MISSED;
}
