import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { GenerationChart, GenerationSeries } from '../protocol/generations.ts';
import type { Generation } from '../protocol/units.ts';
import type { Family } from '../protocol/vocabulary.ts';
import { isOverhead } from './descriptors.ts';
import type { GroupTable } from './grouping.ts';
import type { PairTally } from './tally.ts';

/** Number of groups with their own series; the others share one. */
const SERIES = 8;

/**
 * A set by generation, stacked by the largest groups of a key and the rest; if `within` is given, by the groups that
 * are largest in those generations. The allocation tracer's own table has no generation, and does not count for the
 * size of a group. O(pairs + generations × series).
 */
export function generationChart(
  snapshot: HeapSnapshot,
  tally: PairTally,
  table: GroupTable,
  measure: 'bytes' | 'objects',
  within: { from: Generation; to: Generation } | null = null,
): GenerationChart {
  const { descriptors, pairs, allocations } = snapshot;
  const weights = measure === 'bytes' ? tally.shallowBytes : tally.objects;
  const generationOf = (pair: number) => allocations.generation[pairs.allocation[pair]!]! - 1;

  const weightOfGroup = new Float64Array(table.labels.length);
  const objectsOfGroup = new Float64Array(table.labels.length);
  const present = new Set<number>();
  for (const [entry, pair] of tally.pair.entries()) {
    const generation = generationOf(pair);
    const isWithin = within === null || (generation >= within.from && generation <= within.to);
    if (isWithin && !isOverhead(snapshot, pairs.descriptor[pair]!))
      weightOfGroup[table.groupOf[pair]!]! += weights[entry]!;
    objectsOfGroup[table.groupOf[pair]!]! += tally.objects[entry]!;
    if (generation >= 0) present.add(generation);
  }
  // Generations are unsigned 32-bit numbers less one, so their sums and differences do not fit into 32 bits.
  const generations = Float64Array.from(present).sort();
  const columnOfGeneration = new Map([...generations].map((generation, column) => [generation, column]));

  const groups = Array.from(weightOfGroup.keys())
    // A group with members has a place even without bytes: zombies have none.
    .filter(group => objectsOfGroup[group]! > 0)
    .sort((a, b) => weightOfGroup[b]! - weightOfGroup[a]! || objectsOfGroup[b]! - objectsOfGroup[a]!);
  const own = groups.length <= SERIES + 1 ? groups : groups.slice(0, SERIES);
  const series = own.map(group => emptySeries(table.labels[group]!, 'group', 1, generations.length));
  if (own.length < groups.length) {
    series.push(emptySeries('other', 'rest', groups.length - own.length, generations.length));
  }
  const seriesOfGroup = new Map(own.map((group, index) => [group, index]));

  const families = series.map(() => new Map<Family, number>());
  for (const [entry, pair] of tally.pair.entries()) {
    const index = seriesOfGroup.get(table.groupOf[pair]!) ?? own.length;
    const one = series[index]!;
    const generation = generationOf(pair);
    if (generation < 0) {
      one.untraced.objects += tally.objects[entry]!;
      one.untraced.shallowBytes += tally.shallowBytes[entry]!;
    } else {
      const column = columnOfGeneration.get(generation)!;
      one.objects[column]! += tally.objects[entry]!;
      one.bytes[column]! += tally.shallowBytes[entry]!;
    }
    const { family } = descriptors.words[pairs.descriptor[pair]!]!;
    families[index]!.set(family, (families[index]!.get(family) ?? 0) + tally.objects[entry]!);
  }
  if (table.by === 'descriptor') {
    series.forEach((one, index) => {
      if (one.kind === 'group') one.family = mostFrequent(families[index]!);
    });
  }
  return { generations, series, traced: snapshot.facts.tracedObjects > 0 };
}

function emptySeries(
  label: string | null,
  kind: GenerationSeries['kind'],
  groups: number,
  length: number,
): GenerationSeries {
  return {
    label,
    kind,
    groups,
    family: null,
    objects: new Float64Array(length),
    bytes: new Float64Array(length),
    untraced: { objects: 0, shallowBytes: 0 },
  };
}

function mostFrequent(counts: Map<Family, number>): Family | null {
  let best: Family | null = null;
  for (const [family, count] of counts) if (best === null || count > counts.get(best)!) best = family;
  return best;
}
