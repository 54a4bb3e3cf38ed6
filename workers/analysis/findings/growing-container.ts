import type { Retention } from '../../indexes/retention.ts';
import { addressOf, descriptorOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { part } from '../../model/steps.ts';
import { withThousands } from '../../protocol/digits.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatShare } from '../../protocol/format/counts.ts';
import type { Bytes, Fraction, ObjectIndex } from '../../protocol/units.ts';
import { isClassLike } from '../descriptors.ts';
import { topLevelClass } from '../top-level.ts';
import { capturedRows, capturedSelves } from './captured-selves.ts';
import { holderEvidence } from './evidence.ts';
import type { FindingContext, FindingKind, RankedFinding } from './finding-kind.ts';
import { isSteady } from './growing-between-dumps.ts';
import { type GenerationColumns, type Growth, GrowthMeter, generationColumns, growths } from './growth.ts';
import { heapBytes, isExplained, isRuntimes } from './heap-facts.ts';
import { namedAfter, nameInSentence, type Owner, ofOwner, ownerOf } from './owner.ts';

/** Maximum number of findings of this kind, to keep the list short. */
const MOST = 20;
/** Maximum number of containers of one owner that are shown as evidence. */
const EVIDENCE = 8;

/**
 * Containers that were still growing when the dump was taken. A traced dump holds the history of every container:
 * when each of its elements was allocated. A container that grows without bound has similar elements of many
 * generations, including recent ones; a bounded cache has replaced its old elements, and a table filled at boot has
 * no new ones.
 *
 * Tuned on dumps with planted leaks: those have 9.5 to 115 effective generations and a recent share of 0.49 to 1.0; a
 * bounded cache has 1.0 to 3.7, tables filled at boot have 1.0 to 5.2; the list of loaded code 23.9, but a recent
 * share of 0.33.
 */
export const growingContainer: FindingKind = {
  kind: 'growing-container',
  group: 'leak',
  method:
    'For each object that immediately dominates at least 20 traced objects: b(g) is what these objects retain, by generation g. Effective generations = 2^H(b), where H is the entropy of b: the number of generations if each had an equal share. Recent is the share of b in the newer half of the generations of the dump, or the share of the objects if that is larger. Alike is the share of the most common class. Results are ranked by retained size, weighted by all three. Containers of the same class or module are one finding.',
  reference:
    'The metric "surviving generations" of the NetBeans Profiler, computed as the perplexity of a distribution, so that a few outliers do not count; growth by type as in Cork (Jump & McKinley, POPL 2007).',
  cost: 'O(n), 4 bytes an object',
  thresholds: [
    {
      name: 'growing.generations',
      label: 'effective generations',
      unit: 'generations',
      min: 2,
      max: 50,
      usual: 6,
    },
    { name: 'growing.recent', label: 'recent share', unit: 'share', min: 0, max: 1, usual: 0.35 },
    { name: 'growing.alike', label: 'share of one class', unit: 'share', min: 0, max: 1, usual: 0.4 },
    { name: 'growing.elements', label: 'traced elements', unit: 'count', min: 10, max: 10_000, usual: 20 },
    { name: 'growing.bytes', label: 'retained size', unit: 'bytes', min: 0, max: 2 ** 24, usual: 16_384 },
    { name: 'growing.share', label: 'share of the heap', unit: 'share', min: 0, max: 0.1, usual: 0.0005 },
  ],

  *find(context) {
    const { snapshot, retention } = context;
    if (snapshot.facts.tracedObjects === 0) return [];
    const all = yield* part(0, 0.8, growths(context, context.threshold('growing.elements')));
    const growing = all.filter(growth => isGrowing(context, growth));
    if (growing.length === 0) return [];
    const referrers = yield* part(0.8, 1, context.referrers());
    const topLevel = topLevelClass(snapshot);
    const owned = growing
      .map(growth => ({ growth, owner: ownerOf({ snapshot, retention, referrers }, growth.holder) }))
      .filter(
        ({ growth, owner }) =>
          growth.holder !== topLevel &&
          !isRuntimes(snapshot, growth.holder, owner) &&
          !isSteady(context, growth.holder) &&
          !isExplained(context, retention.tree.position[growth.holder]!),
      );
    const groups = byOwner(context, owned);
    const columns = yield* generationColumns(context);
    return groups
      .map(group => findingOf(context, columns, group))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST);
  },
};

function isGrowing({ threshold, snapshot }: FindingContext, growth: Growth): boolean {
  return (
    growth.effective >= threshold('growing.generations') &&
    recentOf(growth) >= threshold('growing.recent') &&
    growth.alike >= threshold('growing.alike') &&
    growth.bytes >= threshold('growing.bytes') &&
    growth.bytes >= threshold('growing.share') * heapBytes(snapshot)
  );
}

/** Bytes exclude what others also retain, so the number of elements may show more. */
function recentOf({ recent, recentObjects }: Growth): Fraction {
  return Math.max(recent, recentObjects);
}

/** Containers of one class or module, largest first. */
interface Group {
  owner: Owner;
  containers: Growth[];
  /** Total that the containers retain, each byte counted once. */
  bytes: Bytes;
}

/** `growing` must be in the order of the tree, so that a container within another comes after it. */
function byOwner(
  { snapshot, retention }: FindingContext,
  growing: readonly { growth: Growth; owner: Owner }[],
): Group[] {
  const { tree, retained } = retention;
  const groups = new Map<string, Group>();
  let outermost: Group | null = null;
  let end = 0;
  for (const { growth, owner } of growing) {
    const at = tree.position[growth.holder]!;
    if (outermost !== null && at < end) {
      outermost.containers.push(growth);
      continue;
    }
    // Objects that belong to the top level or to a root are unrelated.
    const together = isNamedClass(snapshot, owner);
    const key = together ? `${owner.object}` : `at ${at}`;
    const group: Group = groups.get(key) ?? { owner, containers: [], bytes: 0 };
    groups.set(key, group);
    group.containers.push(growth);
    group.bytes += retained[at]!;
    outermost = group;
    end = tree.subtreeEnd[at]!;
  }
  for (const { containers } of groups.values()) containers.sort((a, b) => b.bytes - a.bytes);
  return [...groups.values()];
}

function findingOf(
  context: FindingContext,
  columns: GenerationColumns,
  { owner, containers, bytes }: Group,
): RankedFinding {
  const { snapshot, retention } = context;
  const [first] = containers as [Growth, ...Growth[]];
  const member = snapshot.strings.text(first.label);
  const meter = new GrowthMeter(snapshot, retention, columns);
  meter.measure(retention.tree.position[first.holder]!);
  const children = childrenOf(retention, first.holder);
  const byGeneration = meter.bytesByGeneration();
  const { generations } = byGeneration;
  const span = `generations ${generations[0]} to ${generations.at(-1)}`;
  const name = containerName(snapshot, owner, first);
  const others =
    containers.length === 1
      ? ''
      : `; ${withThousands(containers.length - 1)} more ${containers.length === 2 ? 'container grows' : 'containers grow'} next to it or below it`;
  return {
    id: `growing-container ${addressOf(snapshot, first.holder)}`,
    title: `${namedAfter(snapshot, owner, first.holder)} keeps growing`,
    sentence: `${name} is still growing and keeps ${formatBytes(bytes)} alive: its ${withThousands(first.children)} objects, ${formatShare(first.alike)} of them ${member}, were allocated in ${span}, ${formatShare(recentOf(first))} of them in the newer half of the dump${others}.`,
    bytes,
    objects: containers.reduce((sum, { children }) => sum + children, 0),
    certainty: 'evidence',
    objectsShown: containers.slice(0, MOST).map(({ holder }) => addressOf(snapshot, holder)),
    figures: {
      effectiveGenerations: first.effective,
      recent: first.recent,
      recentObjects: first.recentObjects,
      alike: first.alike,
      elements: first.children,
      containers: containers.length,
    },
    evidence: [
      ...(isNamedClass(snapshot, owner) && owner.object !== first.holder
        ? [holderEvidence(snapshot, retention, owner.object)]
        : []),
      ...containers.slice(0, EVIDENCE).map(growth => evidenceOf(context, growth)),
      ...capturedRows(retention, capturedSelves(snapshot, retention, children), member),
    ],
    set: { kind: 'dominatedBy', object: first.holder },
    byGeneration,
    rank: bytes * weight(first),
  };
}

/** How strong the evidence is, from 0 to 1. */
export function weight(growth: Growth): number {
  const { effective, alike } = growth;
  return Math.min(1, effective / 10) * Math.min(1, recentOf(growth) / 0.5) * Math.sqrt(alike);
}

function isNamedClass(snapshot: HeapSnapshot, { object, name }: Owner): boolean {
  return (
    object >= 0 &&
    name !== snapshot.vocabulary.topLevelClass &&
    isClassLike(snapshot, descriptorOf(snapshot, object))
  );
}

function containerName(snapshot: HeapSnapshot, owner: Owner, { holder }: Growth): string {
  const name = owner.object === holder ? owner.name : nameInSentence(snapshot, holder);
  return `${name}${ofOwner(snapshot, owner, holder)}`;
}

function* childrenOf({ tree }: Retention, holder: ObjectIndex): Iterable<ObjectIndex> {
  const at = tree.position[holder]!;
  const end = tree.subtreeEnd[at]!;
  for (let child = at + 1; child < end; child = tree.subtreeEnd[child]!) yield tree.vertex[child]!;
}

function evidenceOf({ snapshot, retention }: FindingContext, growth: Growth): FindingEvidence {
  const label = snapshot.strings.text(growth.label);
  return {
    ...holderEvidence(snapshot, retention, growth.holder),
    objects: growth.children,
    detail: `${formatShare(growth.alike)} ${label}; ${growth.effective.toFixed(1)} effective generations`,
  };
}
