import type { Adjacency } from '../../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';

/** Columns of smaller heaps fit into the caches of a core anyway. */
const FEW_OBJECTS = 1 << 20;
/** A cache line holds the entries of 16 objects. */
const LINE_BITS = 4;
/** Lines of the simulated cache: 512 KiB. */
const LINES = 1 << 13;
/** One in this many strides is sampled. */
const SAMPLED = 8;
/** Fraction of cache misses above which the scattered strategy is faster; measured. */
const MISSED = 0.5;

/**
 * Whether references lack locality: whether most of a sample of them miss a small, simulated, direct-mapped cache. O(e
 * / 8).
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
