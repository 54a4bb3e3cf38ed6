import type { Retention } from '../../indexes/retention.ts';
import { type Adjacency, descriptorOf, hasTrait } from '../../model/heap-snapshot.ts';
import { inStrides, part, STRIDE, type Steps } from '../../model/steps.ts';
import type { FindingThreshold } from '../../protocol/findings.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { isClassLike } from '../descriptors.ts';
import { isMeasurementOverhead } from '../object-rows.ts';
import { topLevelClass } from '../top-level.ts';
import { type Accumulation, accumulationOf } from './accumulation.ts';
import { type Component, compositionOf } from './composition.ts';
import type { FindingContext } from './finding-kind.ts';
import {
  codeDescriptors,
  type GenerationColumns,
  generationColumns,
  type History,
  historyOf,
} from './growth.ts';
import { heapBytes, isCode, isExplained, isRuntimes } from './heap-facts.ts';
import { type Owner, ownerOf } from './owner.ts';
import { NO_PAIR, pairsInTreeOrder, pairsOf } from './sweeps.ts';

/** Thresholds for everything that is heavy. */
export const HEAVY_THRESHOLDS: readonly FindingThreshold[] = [
  { name: 'suspect.share', label: 'share of the heap', unit: 'share', min: 0.001, max: 0.5, usual: 0.02 },
  { name: 'suspect.bytes', label: 'retained size', unit: 'bytes', min: 0, max: 2 ** 27, usual: 2 ** 20 },
];

/** A heavy object or group, and its history. */
interface Heavy {
  /** Retained bytes, without code and without objects that are heavy by themselves. */
  bytes: Bytes;
  composition: Component[];
  history: History;
}

/** One object that retains a lot of memory. */
export interface HeavyObject extends Heavy {
  object: ObjectIndex;
  accumulation: Accumulation;
  owner: Owner;
  /** Heavy objects that it immediately dominates. */
  below: ObjectIndex[];
}

/** Objects of one class that no single object holds, and that retain a lot of memory together. */
export interface HeavyGroup extends Heavy {
  label: string;
  members: ObjectIndex[];
}

/** Minimum traced share for a verdict, and minimum values of a history that shows growth. */
const GROWS = { traced: 0.5, effective: 5, recent: 0.3 } as const;

/** Whether its history shows that it does not grow: it was created in few generations, or long before the dump. */
export function isStatic({ traced, effective, recent }: History): boolean {
  return traced >= GROWS.traced && (effective < GROWS.effective || recent < GROWS.recent);
}

/** Minimum bytes of a heavy object or group. */
export function heavyBytes({ snapshot, threshold }: FindingContext): Bytes {
  return Math.max(threshold('suspect.bytes'), heapBytes(snapshot) * threshold('suspect.share'), 1);
}

/**
 * Single objects below the roots of the dominator tree that retain much, each at its accumulation point; without those
 * that an earlier kind has found, and without Ruby's own. O(objects at the top + objects below heavy ones).
 */
export function heavyObjects(context: FindingContext): Steps<HeavyObject[]> {
  return context.shared('heavy objects', () => findHeavyObjects(context));
}

function* findHeavyObjects(context: FindingContext): Steps<HeavyObject[]> {
  const least = heavyBytes(context);
  const pending = yield* part(0, 0.3, heavyTops(context, least));
  if (pending.length === 0) return [];
  const referrers = yield* part(0.3, 0.6, context.referrers());
  const columns = yield* generationColumns(context);
  const found: HeavyObject[] = [];
  let examined = 0;
  while (pending.length > 0) {
    const top = pending.pop()!;
    const { heavy, below } = examine(context, referrers, columns, top, least);
    if (heavy !== null) found.push(heavy);
    pending.push(...below);
    yield 0.6 + 0.4 * (1 - 1 / ++examined);
  }
  return found;
}

/** Positions below the super-root and the kinds of root that retain at least `least` bytes. O(objects at the top). */
function* heavyTops({ snapshot, retention }: FindingContext, least: Bytes): Steps<number[]> {
  const { tree, retained } = retention;
  const heavy: number[] = [];
  let visited = 0;
  let at = 1;
  while (at < tree.length) {
    const isRoot = tree.vertex[at]! >= snapshot.objects;
    if (!isRoot && retained[at]! >= least) heavy.push(at);
    // The objects that only this kind of root holds follow it.
    at = isRoot ? at + 1 : tree.subtreeEnd[at]!;
    if (++visited % STRIDE === 0) yield at / tree.length;
  }
  return heavy;
}

/** Heavy objects at or below a position, and positions below it that have to be examined by themselves. */
function examine(
  context: FindingContext,
  referrers: Adjacency,
  columns: GenerationColumns,
  top: number,
  least: Bytes,
): { heavy: HeavyObject | null; below: number[] } {
  const { snapshot, retention } = context;
  const { tree } = retention;
  const accumulation = accumulationOf(snapshot, retention, top);
  const at = accumulation.path.at(-1)!;
  const object = tree.vertex[at]!;
  if (isMeasurementOverhead(snapshot, object)) {
    return {
      heavy: null,
      below: accumulation.path
        .slice(0, -1)
        .flatMap(step => heavyChildren(context, step, least, accumulation.path)),
    };
  }
  if (isExplained(context, at)) return { heavy: null, below: [] };
  const isClass = isClassLike(snapshot, descriptorOf(snapshot, object));
  const isHolder = hasTrait(snapshot, descriptorOf(snapshot, object), Trait.threadHolder);
  // A class mostly retains code, and a ractor its threads; other heavy objects in them are considered on their own.
  const below = isClass || isHolder ? heavyChildren(context, at, least, []) : [];
  const ranges = rangesWithout(retention, at, below);
  const composition = compositionOf(snapshot, retention, ranges, isClass ? codeDescriptors(snapshot) : null);
  const bytes = composition.reduce((sum, component) => sum + component.bytes, 0);
  const owner = ownerOf({ snapshot, retention, referrers }, object);
  const isLeftOut =
    bytes < least ||
    object === topLevelClass(snapshot) ||
    isRuntimes(snapshot, object, owner) ||
    isCode(snapshot, descriptorOf(snapshot, object)) !== isClass ||
    hasTrait(snapshot, descriptorOf(snapshot, object), Trait.thread | Trait.threadHolder);
  if (isLeftOut) return { heavy: null, below };
  const history = historyOf(snapshot, retention, columns, ranges);
  const apart = below.map(child => tree.vertex[child]!);
  return { heavy: { object, accumulation, owner, below: apart, bytes, composition, history }, below };
}

/** The subtree of a position without those of some of its children. `children`: ascending. */
function rangesWithout(
  { tree }: Retention,
  at: number,
  children: readonly number[],
): (readonly [from: number, to: number])[] {
  const starts = [at, ...children.map(child => tree.subtreeEnd[child]!)];
  const ends = [...children, tree.subtreeEnd[at]!];
  return starts.map((start, index) => [start, ends[index]!] as const);
}

function heavyChildren(
  { retention }: FindingContext,
  at: number,
  least: Bytes,
  without: readonly number[],
): number[] {
  const { tree, retained } = retention;
  const heavy: number[] = [];
  for (let child = at + 1; child < tree.subtreeEnd[at]!; child = tree.subtreeEnd[child]!) {
    if (retained[child]! >= least && !without.includes(child)) heavy.push(child);
  }
  return heavy;
}

/**
 * Objects at the top of the dominator tree, or directly below Object, by class: the classes whose members retain much
 * together, though no single member does. Code is left out. O(objects at the top + objects below heavy groups).
 */
export function heavyGroups(context: FindingContext, fewest: number): Steps<HeavyGroup[]> {
  return context.shared('heavy groups', () => findHeavyGroups(context, fewest));
}

function* findHeavyGroups(context: FindingContext, fewest: number): Steps<HeavyGroup[]> {
  const { snapshot, retention } = context;
  const { tree } = retention;
  const least = heavyBytes(context);
  const columns = yield* generationColumns(context);
  const heavy: HeavyGroup[] = [];
  for (const group of yield* part(0, 0.5, topGroups(context, yield* pairsInTreeOrder(context), least))) {
    if (group.bytes < least || group.members.length < fewest) continue;
    const ranges = group.members.map(object => {
      const at = tree.position[object]!;
      return [at, tree.subtreeEnd[at]!] as const;
    });
    const composition = compositionOf(snapshot, retention, ranges);
    heavy.push({ ...group, composition, history: historyOf(snapshot, retention, columns, ranges) });
    yield 0.8;
  }
  return heavy;
}

function* topGroups(
  { snapshot, retention }: FindingContext,
  pairAt: Uint32Array,
  least: Bytes,
): Steps<Pick<HeavyGroup, 'label' | 'bytes' | 'members'>[]> {
  const { tree, retained } = retention;
  const { descriptors, strings } = snapshot;
  const topLevel = topLevelClass(snapshot);
  const groups = new Map<number, Pick<HeavyGroup, 'label' | 'bytes' | 'members'>>();
  const { pairs } = snapshot;
  const isOfCode = pairsOf(snapshot, codeDescriptors(snapshot));
  let from = 1;
  yield* inStrides(tree.length, (start, stop) => {
    for (let at = Math.max(start, from); at < stop; at = from) {
      from = at + 1;
      const object = tree.vertex[at]!;
      const own = pairAt[at]!;
      if (own === NO_PAIR || object === topLevel) continue;
      from = tree.subtreeEnd[at]!;
      if (retained[at]! >= least || isOfCode[own] === 1) continue;
      const label = descriptors.label[pairs.descriptor[own]!]!;
      let group = groups.get(label);
      if (group === undefined) {
        group = { label: strings.text(label), bytes: 0, members: [] };
        groups.set(label, group);
      }
      group.bytes += retained[at]!;
      group.members.push(object);
    }
  });
  return [...groups.values()];
}
