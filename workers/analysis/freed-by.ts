import type { Retention } from '../indexes/retention.ts';
import type { RetentionEdges } from '../indexes/retention-edges.ts';
import type { SearchExclusions } from '../indexes/search-exclusions.ts';
import { shortestPaths, UNREACHED } from '../indexes/shortest-paths.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import { part, STRIDE, type Steps } from '../model/steps.ts';
import type { Freed } from '../protocol/paths.ts';
import { typeOf } from './descriptors.ts';

/** Maximum number of classes of freed objects that are listed. */
const MAX_CLASSES = 200;

/**
 * What would be freed if something were cut: all objects that a root reaches now, and none would reach then, by class.
 * Exact, since it searches without what is cut, even if several cuts overlap. O(n + e).
 */
export function* freedBy(
  snapshot: HeapSnapshot,
  edges: RetentionEdges,
  retention: Retention,
  cut: SearchExclusions | null,
): Steps<Freed> {
  if (cut === null) return { objects: 0, shallowBytes: 0, classes: [], moreClasses: 0 };
  const before = yield* part(0, 0.8, shortestPaths(snapshot, edges, retention, cut));
  const objects = new Float64Array(snapshot.pairs.length);
  const bytes = new Float64Array(snapshot.pairs.length);
  for (let start = 0; start < snapshot.objects; start += STRIDE) {
    const stop = Math.min(snapshot.objects, start + STRIDE);
    for (let object = start; object < stop; object++) {
      if (before[object] !== UNREACHED || retention.tree.position[object] === 0) continue;
      const pair = snapshot.pair[object]!;
      objects[pair]!++;
      bytes[pair]! += shallowBytesOf(snapshot, object);
    }
    yield 0.8 + 0.2 * (start / snapshot.objects);
  }
  return byClass(snapshot, objects, bytes);
}

function byClass(snapshot: HeapSnapshot, objects: Float64Array, bytes: Float64Array): Freed {
  const { pairs, descriptors, strings } = snapshot;
  const rows = new Map<number, Freed['classes'][number]>();
  const total = { objects: 0, shallowBytes: 0 };
  for (let pair = 0; pair < pairs.length; pair++) {
    if (objects[pair] === 0) continue;
    const descriptor = pairs.descriptor[pair]!;
    const label = descriptors.label[descriptor]!;
    let row = rows.get(label);
    if (row === undefined) {
      row = { label: strings.text(label), ...typeOf(snapshot, descriptor), objects: 0, shallowBytes: 0 };
      rows.set(label, row);
    }
    row.objects += objects[pair]!;
    row.shallowBytes += bytes[pair]!;
    total.objects += objects[pair]!;
    total.shallowBytes += bytes[pair]!;
  }
  const sorted = [...rows.values()].sort(
    (a, b) => b.shallowBytes - a.shallowBytes || b.objects - a.objects || (a.label < b.label ? -1 : 1),
  );
  return {
    ...total,
    classes: sorted.slice(0, MAX_CLASSES),
    moreClasses: Math.max(0, sorted.length - MAX_CLASSES),
  };
}
