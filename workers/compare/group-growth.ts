import { applicationRoot } from '../analysis/application-root.ts';
import { type GroupTable, groupTable } from '../analysis/grouping.ts';
import type { PairTally } from '../analysis/tally.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ComparedTally, GrowthRow } from '../protocol/comparison.ts';
import type { PairKey } from '../protocol/object-set.ts';
import type { Count } from '../protocol/units.ts';
import { getOrAdd } from './get-or-add.ts';
import { byGrowth, growthOf } from './growth.ts';
import { type GroupedDump, overheadPairs } from './series.ts';

/** What {@link groupGrowth} compares. */
export interface GrowthInput {
  /** Grouped by the same key. */
  dumps: readonly GroupedDump[];
  /** Positions of the complete dumps. */
  counted: readonly number[];
  /** Objects created and freed in the last step, by pair; null if objects cannot be identified. */
  exchange: Exchange | null;
}

/** Objects of the last dump that are not in the previous one, and the reverse, by pair. */
export interface Exchange {
  made: PairTally;
  gone: PairTally;
}

interface Group {
  label: string | null;
  counts: Count[];
  shallowBytes: number[];
  made: ComparedTally;
  gone: ComparedTally;
}

/** Every group with its sizes in all dumps, the strongest growth first. O(pairs + groups log groups). */
export function groupGrowth({ dumps, counted, exchange }: GrowthInput): GrowthRow[] {
  const groups = new Map<string | null, Group>();
  const last = dumps.length - 1;
  for (const [at, { snapshot, table }] of dumps.entries()) {
    const isOverhead = overheadPairs(snapshot);
    const groupAt = (pair: number) => groupOf(groups, table.labels[table.groupOf[pair]!]!, dumps.length);
    const { objects, shallowBytes } = snapshot.pairs;
    for (let pair = 0; pair < snapshot.pairs.length; pair++) {
      if (isOverhead[pair] === 1) continue;
      const group = groupAt(pair);
      group.counts[at]! += objects[pair]!;
      group.shallowBytes[at]! += shallowBytes[pair]!;
    }
    const add = (tally: PairTally, to: 'made' | 'gone') => {
      for (const [entry, pair] of tally.pair.entries()) {
        if (isOverhead[pair] === 1) continue;
        const sums = groupAt(pair)[to];
        sums.objects += tally.objects[entry]!;
        sums.shallowBytes += tally.shallowBytes[entry]!;
      }
    };
    if (exchange !== null && at === last - 1) add(exchange.gone, 'gone');
    if (exchange !== null && at === last) add(exchange.made, 'made');
  }
  return [...groups.values()]
    .map(({ made, gone, ...sizes }) => ({
      ...growthOf({ ...sizes, newAtLast: exchange && made.objects }, counted),
      new: exchange && made,
      freed: exchange && gone,
    }))
    .sort(byGrowth);
}

function groupOf(groups: Map<string | null, Group>, label: string | null, dumps: number): Group {
  const zeros = () => Array.from({ length: dumps }, () => 0);
  const nothing = () => ({ objects: 0, shallowBytes: 0 });
  return getOrAdd(groups, label, () => ({
    label,
    counts: zeros(),
    shallowBytes: zeros(),
    made: nothing(),
    gone: nothing(),
  }));
}

/** The groups of a tally without the allocation tracer's own table, the largest first. O(pairs + groups log groups). */
export function groupsOfTally(
  snapshot: HeapSnapshot,
  tally: PairTally,
  key: PairKey,
): { label: string | null; objects: Count; shallowBytes: number }[] {
  const table: GroupTable = groupTable(snapshot, key, applicationRoot(snapshot));
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
