import { type GroupTable, groupTable } from '../analysis/grouping.ts';
import type { PairTally } from '../analysis/tally.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { GrowthRow } from '../protocol/comparison.ts';
import type { GroupingKey } from '../protocol/object-set.ts';
import type { Count } from '../protocol/units.ts';
import { byGrowth, type GroupSizes, growthOf } from './growth.ts';
import { overheadPairs } from './series.ts';

/** What {@link groupGrowth} compares. */
export interface GrowthInput {
  snapshots: readonly HeapSnapshot[];
  /** Positions of the snapshots that are whole. */
  counting: readonly number[];
  /** What is new in the last snapshot against the one before; null where objects cannot be identified. */
  newAtLast: PairTally | null;
}

/** Every group under a key with its sizes in all snapshots, the strongest growth first. O(pairs + groups log groups). */
export function groupGrowth({ snapshots, counting, newAtLast }: GrowthInput, key: GroupingKey): GrowthRow[] {
  const groups = new Map<string | null, GroupSizes>();
  for (const [at, snapshot] of snapshots.entries()) {
    const table = groupTable(snapshot, key);
    const isOverhead = overheadPairs(snapshot);
    const { objects, shallowBytes } = snapshot.pairs;
    for (let pair = 0; pair < snapshot.pairs.length; pair++) {
      if (isOverhead[pair] === 1) continue;
      const sizes = sizesOf(groups, table.labels[table.groupOf[pair]!]!, snapshots.length);
      sizes.counts[at]! += objects[pair]!;
      sizes.shallowBytes[at]! += shallowBytes[pair]!;
    }
    if (at === snapshots.length - 1 && newAtLast !== null) addNew(groups, table, newAtLast);
  }
  return [...groups.values()].map(sizes => growthOf(sizes, counting)).sort(byGrowth);
}

function sizesOf(groups: Map<string | null, GroupSizes>, label: string | null, dumps: number): GroupSizes {
  let sizes = groups.get(label);
  if (sizes === undefined) {
    const zeros = () => Array.from({ length: dumps }, () => 0);
    sizes = { label, counts: zeros(), shallowBytes: zeros(), newAtLast: null };
    groups.set(label, sizes);
  }
  return sizes;
}

function addNew(groups: Map<string | null, GroupSizes>, table: GroupTable, newAtLast: PairTally): void {
  for (const sizes of groups.values()) sizes.newAtLast = 0;
  for (const [entry, pair] of newAtLast.pair.entries()) {
    const sizes = groups.get(table.labels[table.groupOf[pair]!]!);
    // The allocation tracer's table may be a group by itself, which has no row.
    if (sizes !== undefined) sizes.newAtLast = (sizes.newAtLast ?? 0) + newAtLast.objects[entry]!;
  }
}

/** The groups of a tally without the allocation tracer's own table, the largest first. O(pairs + groups log groups). */
export function groupsOfTally(
  snapshot: HeapSnapshot,
  tally: PairTally,
  key: GroupingKey,
): { label: string | null; objects: Count; shallowBytes: number }[] {
  const table = groupTable(snapshot, key);
  const isOverhead = overheadPairs(snapshot);
  const rows = table.labels.map(label => ({ label, objects: 0, shallowBytes: 0 }));
  for (const [entry, pair] of tally.pair.entries()) {
    if (isOverhead[pair] === 1) continue;
    const row = rows[table.groupOf[pair]!]!;
    row.objects += tally.objects[entry]!;
    row.shallowBytes += tally.shallowBytes[entry]!;
  }
  return rows
    .filter(row => row.objects > 0)
    .sort((a, b) => b.shallowBytes - a.shallowBytes || b.objects - a.objects);
}
