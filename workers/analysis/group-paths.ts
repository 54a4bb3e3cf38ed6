import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { Steps } from '../model/steps.ts';
import type { ReportGroup } from '../protocol/report.ts';
import { type Groups, groupSums } from './group-rows.ts';
import type { GroupTable } from './grouping.ts';
import type { PairTally } from './tally.ts';

/**
 * The groups of a set under several keys at once, by shallow bytes, descending. Objects with the same label under every
 * key are one group. O(pairs × keys), and O(n) for the retained sizes.
 */
export function* groupPaths(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  tally: PairTally,
  tables: readonly GroupTable[],
): Steps<ReportGroup[]> {
  const { paths, ...groups } = combined(snapshot, tables);
  const sums = yield* groupSums(snapshot, retention, set, tally, groups);
  return paths
    .map((path, group) => ({
      path,
      objects: sums.objects[group]!,
      shallowBytes: sums.shallowBytes[group]!,
      retainedBytes: sums.retainedBytes[group]!,
    }))
    .filter(row => row.objects > 0)
    .sort((a, b) => b.shallowBytes - a.shallowBytes || b.objects - a.objects);
}

/** The combinations of labels that occur. O(pairs × keys). */
export function combined(
  { pairs }: HeapSnapshot,
  tables: readonly GroupTable[],
): Groups & { paths: (string | null)[][] } {
  const paths: (string | null)[][] = [];
  const known = new Map<string, number>();
  const groupOf = new Uint32Array(pairs.length);
  for (let pair = 0; pair < pairs.length; pair++) {
    const ids = tables.map(table => table.groupOf[pair]!);
    const key = ids.join(' ');
    let group = known.get(key);
    if (group === undefined) {
      group = paths.push(ids.map((id, level) => tables[level]!.labels[id]!)) - 1;
      known.set(key, group);
    }
    groupOf[pair] = group;
  }
  return { groupOf, count: paths.length, paths };
}
