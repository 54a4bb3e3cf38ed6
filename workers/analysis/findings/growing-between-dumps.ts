import { addressOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import type { HolderGrowth } from '../../protocol/comparison.ts';
import { withThousands } from '../../protocol/digits.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { holderEvidence } from './evidence.ts';
import type { FindingContext, FindingKind, RankedFinding } from './finding-kind.ts';
import { type Growth, GrowthMeter, generationColumns } from './growth.ts';
import { heapBytes, isRuntimes } from './heap-facts.ts';
import { namedAfter, nameInSentence, type Owner, ofOwner, ownerOf } from './owner.ts';
import { plainFinding } from './state-finding.ts';

const MOST = 20;

/** Objects that grew from dump to dump, if several dumps of one process are open, with evidence from the last dump. */
export const growingBetweenDumps: FindingKind = {
  kind: 'growing-between-dumps',
  group: 'leak',
  method:
    'Lists objects that exist in all open dumps of one process and whose retained size grew from each dump to the next (with two dumps: those that grew). Of nested objects, the innermost one that has nearly all of the growth is listed; the Compare view shows all of them. Reported for the last dump only. For traced dumps, the generations of the objects directly below are shown as well. While such dumps are open, an object that did not grow between them is not reported as growing by the checks that look at one dump.',
  reference:
    'The three-dump method of heapy and derailed_benchmarks; growth by holder as in LeakBot (Mitchell & Sevitsky, ECOOP 2003).',
  cost: 'O(n) for each dump, once for the comparison',
  thresholds: [
    { name: 'between.bytes', label: 'growth in all', unit: 'bytes', min: 0, max: 2 ** 27, usual: 16_384 },
    { name: 'between.share', label: 'share of the heap', unit: 'share', min: 0, max: 0.1, usual: 0.0005 },
  ],

  *find(context) {
    const { snapshot, retention, compared, threshold } = context;
    if (compared === null) return [];
    const least = Math.max(threshold('between.bytes'), 1, heapBytes(snapshot) * threshold('between.share'));
    const growing = compared.holders.filter(
      holder => isGrowing(holder, compared.dumps) && growthOf(holder) >= least,
    );
    if (growing.length === 0) return [];
    const referrers = yield* context.referrers();
    const meter = new GrowthMeter(snapshot, retention, yield* generationColumns(context));
    return growing
      .map(holder => ({ holder, owner: ownerOf({ snapshot, retention, referrers }, holder.object) }))
      .filter(({ holder, owner }) => !isRuntimes(snapshot, holder.object, owner))
      .map(({ holder, owner }) => {
        const at = retention.tree.position[holder.object]!;
        const growth = meter.measure(at);
        const byGeneration = growth.traced === 0 ? null : meter.bytesByGeneration();
        return { ...findingOf(context, holder, owner, growth), byGeneration };
      })
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST);
  },
};

/** Whether the comparison shows that an object grew in every dump; two dumps are too few for a verdict. */
function isGrowing({ verdict }: HolderGrowth, dumps: number): boolean {
  return verdict === 'leak' || (dumps === 2 && verdict === 'grew');
}

function growthOf({ shallowBytes }: HolderGrowth): number {
  return shallowBytes.at(-1)! - shallowBytes[0]!;
}

/** Whether the comparison shows that an object does not grow, whatever a single dump looks like. */
export function isSteady({ compared }: FindingContext, object: number): boolean {
  const verdict = compared?.holders.find(holder => holder.object === object)?.verdict;
  return verdict === 'bounded' || verdict === 'flat' || verdict === 'cache' || verdict === 'shrank';
}

function findingOf(
  { snapshot, retention, compared }: FindingContext,
  holder: HolderGrowth,
  owner: Owner,
  growth: Growth,
): RankedFinding {
  const { object, shallowBytes, counts } = holder;
  const bytes = shallowBytes.at(-1)!;
  return plainFinding({
    id: `growing-between-dumps ${addressOf(snapshot, object)}`,
    title: `${namedAfter(snapshot, owner, object)} keeps growing`,
    sentence: `${containerName(snapshot, object, owner)} grew ${compared?.dumps === 2 ? 'between the dumps' : `in each of ${withThousands(shallowBytes.length)} dumps`}, from ${formatBytes(shallowBytes[0]!)} to ${formatBytes(bytes)} retained (${formatBytes(holder.slopePerDump)} per dump)${generationsText(growth)}.`,
    bytes,
    objects: counts.at(-1)!,
    certainty: 'evidence',
    objectsShown: [addressOf(snapshot, object)],
    figures: {
      dumps: shallowBytes.length,
      growth: growthOf(holder),
      slopePerDump: holder.slopePerDump,
      effectiveGenerations: growth.effective,
      recent: growth.recent,
      alike: growth.alike,
      elements: growth.children,
    },
    evidence: [
      { ...holderEvidence(snapshot, retention, object), detail: holder.reason },
      ...shallowBytes.map((each, at) => ({
        label: `dump ${at + 1}`,
        detail: 'retained',
        objects: counts[at]!,
        bytes: each,
        object: null,
        set: null,
      })),
    ],
    set: { kind: 'dominatedBy', object },
    rank: growthOf(holder),
  });
}

function containerName(snapshot: HeapSnapshot, object: ObjectIndex, owner: Owner): string {
  return `${nameInSentence(snapshot, object)}${ofOwner(snapshot, owner, object)}`;
}

function generationsText({ traced, effective }: Growth): string {
  return traced === 0
    ? ''
    : `; in the last one, its elements come from ${effective.toFixed(1)} effective generations`;
}
