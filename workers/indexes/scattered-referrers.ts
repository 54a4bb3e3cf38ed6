import type { Rows } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { BUCKET, EdgeBuckets, SortedEdges } from './edge-buckets.ts';
import { SpareColumns } from './spare-columns.ts';

/** Up to here what referrers are counted in fits into the caches of a core anyway. */
const FEW_OBJECTS = 1 << 20;
/** Columns have 16 objects to a cache line. */
const LINE_BITS = 4;
/** Lines of the cache that is imagined: 512 KiB. */
const LINES = 1 << 13;
/** One stride of so many is looked at. */
const SAMPLED = 8;
/** The part of references that miss the cache from which on sorting in two steps is faster; measured. */
const MISSED = 0.5;

/**
 * Whether references go anywhere rather than to neighbours and to few favourites: whether most of a sample miss a
 * small direct-mapped cache of objects. O(e / 8).
 */
export function* isScattered(forward: Rows): Steps<boolean> {
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

/**
 * What `buildReferrers` makes, for heaps without locality: edges are dropped into buckets of near targets first, so
 * that no write is a cache miss. Where references are to neighbours this takes twice as long as writing them to
 * their places at once. O(n + e); 6 bytes an edge while it runs.
 */
export function* scatteredReferrers(forward: Rows): Steps<Rows> {
  const objects = forward.first.length - 1;
  const edges = new EdgeBuckets(objects, forward.targets.length, new SpareColumns());
  for (let start = 0; start < objects; start += STRIDE) {
    const stop = Math.min(objects, start + STRIDE);
    addEdges(edges, forward, start, stop);
    yield 0.5 * (stop / objects);
  }
  const first = new Uint32Array(objects + 1);
  const targets = new Uint32Array(forward.targets.length);
  const sorted = new SortedEdges();
  let before = 0;
  for (let base = 0; base < objects; base += BUCKET) {
    edges.count(base / BUCKET, sorted);
    yield 0.5 + 0.5 * (base / objects);
    edges.place(base / BUCKET, sorted);
    const length = Math.min(BUCKET, objects - base);
    for (let low = 0; low < length; low++) first[base + low] = before + sorted.ends[low]!;
    const filled = sorted.ends[BUCKET]!;
    targets.set(sorted.sources.subarray(0, filled), before);
    before += filled;
    yield 0.5 + 0.5 * ((base + length) / objects);
  }
  first[objects] = before;
  return { first, targets };
}

/** Adds the edges of the objects from `start` to `stop`. */
function addEdges(edges: EdgeBuckets, { first, targets }: Rows, start: number, stop: number): void {
  for (let object = start; object < stop; object++) {
    for (let at = first[object]!; at < first[object + 1]!; at++) edges.add(object, targets[at]!);
  }
}
