import type { Adjacency } from '../../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';
import { BUCKET, EdgeBuckets, SortedEdges } from '../edge-buckets.ts';
import { SpareColumns } from '../spare-columns.ts';

/**
 * `buildReferrers` for heaps without locality: edges first go into buckets of near targets, so that no write is a cache
 * miss. With locality, this takes twice as long as writing them directly. O(n + e); 6 bytes per edge while it runs.
 */
export function* scatteredReferrers(forward: Adjacency): Steps<Adjacency> {
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
function addEdges(edges: EdgeBuckets, { first, targets }: Adjacency, start: number, stop: number): void {
  for (let object = start; object < stop; object++) {
    for (let at = first[object]!; at < first[object + 1]!; at++) edges.add(object, targets[at]!);
  }
}
