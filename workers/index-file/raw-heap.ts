import type { Retention } from '../indexes/retention.ts';
import type { LoadedSnapshot } from '../loading/load.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { type RawSnapshot, rawSnapshot, snapshotOf } from './raw-snapshot.ts';

/** What an index file of the fast form keeps, in two parts of about one size that two threads read at the same time. */
export interface RawFirst {
  snapshot: Omit<RawSnapshot, 'keys'>;
  retention: Omit<Retention, 'tree' | 'retained'>;
}
export interface RawSecond extends Pick<RawSnapshot, 'keys'>, Pick<Retention, 'tree' | 'retained'> {}

/** O(1): nothing is copied. */
export function rawHeap(
  heap: HeapSnapshot,
  { tree, retained, ...retention }: Retention,
): [RawFirst, RawSecond] {
  const { keys, ...snapshot } = rawSnapshot(heap);
  return [
    { snapshot, retention },
    { keys, tree, retained },
  ];
}

/** The heap again. O(objects). */
export function rawHeapOf(
  first: RawFirst,
  { keys, tree, retained }: RawSecond,
): Pick<LoadedSnapshot, 'snapshot' | 'retention' | 'complete'> {
  return {
    snapshot: snapshotOf({ ...first.snapshot, keys }),
    retention: { ...first.retention, tree, retained },
    complete: null,
  };
}
