import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { GenerationChart, GenerationSeries } from '../protocol/rows.ts';
import type { GroupTable } from './grouping.ts';
import type { PairTally } from './tally.ts';

/** Groups that get a series of their own; the others share one. */
const SERIES = 8;

/** A set by generation, stacked by the largest groups of a key and a rest. O(pairs + generations × series). */
export function generationChart(
  snapshot: HeapSnapshot,
  tally: PairTally,
  table: GroupTable,
  measure: 'bytes' | 'objects',
): GenerationChart {
  const ids = table.by === 'descriptor' ? tally.descriptor : tally.allocation;
  const weights = measure === 'bytes' ? tally.shallowBytes : tally.objects;
  const generationOf = (pair: number) => snapshot.allocations.generation[tally.allocation[pair]!]! - 1;

  const weightOfGroup = new Float64Array(table.labels.length);
  const present = new Set<number>();
  for (let pair = 0; pair < tally.length; pair++) {
    weightOfGroup[table.groupOf[ids[pair]!]!]! += weights[pair]!;
    if (generationOf(pair) >= 0) present.add(generationOf(pair));
  }
  const generations = Int32Array.from(present).sort();
  const columnOfGeneration = new Map([...generations].map((generation, column) => [generation, column]));

  const groups = Array.from(weightOfGroup.keys())
    .filter(group => weightOfGroup[group]! > 0)
    .sort((a, b) => weightOfGroup[b]! - weightOfGroup[a]!);
  const own = groups.length <= SERIES + 1 ? groups : groups.slice(0, SERIES);
  const series = own.map(group => emptySeries(table.labels[group]!, 'group', 1, generations.length));
  if (own.length < groups.length) {
    series.push(emptySeries('other', 'rest', groups.length - own.length, generations.length));
  }
  const seriesOfGroup = new Map(own.map((group, index) => [group, index]));

  const types = series.map(() => new Map<string, number>());
  for (let pair = 0; pair < tally.length; pair++) {
    const index = seriesOfGroup.get(table.groupOf[ids[pair]!]!) ?? own.length;
    const one = series[index]!;
    const generation = generationOf(pair);
    if (generation < 0) {
      one.untraced.objects += tally.objects[pair]!;
      one.untraced.shallowBytes += tally.shallowBytes[pair]!;
    } else {
      const column = columnOfGeneration.get(generation)!;
      one.objects[column]! += tally.objects[pair]!;
      one.bytes[column]! += tally.shallowBytes[pair]!;
    }
    const type = snapshot.strings.text(snapshot.descriptors.type[tally.descriptor[pair]!]!);
    types[index]!.set(type, (types[index]!.get(type) ?? 0) + tally.objects[pair]!);
  }
  if (table.by === 'descriptor') {
    series.forEach((one, index) => {
      if (one.kind === 'group') one.type = mostFrequent(types[index]!);
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
    type: null,
    objects: new Float64Array(length),
    bytes: new Float64Array(length),
    untraced: { objects: 0, shallowBytes: 0 },
  };
}

function mostFrequent(counts: Map<string, number>): string | null {
  let best: string | null = null;
  for (const [type, count] of counts) if (best === null || count > counts.get(best)!) best = type;
  return best;
}
