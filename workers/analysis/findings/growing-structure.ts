import type { Retention } from '../../indexes/retention.ts';
import { addressOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { inStrides, part, STRIDE, type Steps } from '../../model/steps.ts';
import { withThousands } from '../../protocol/digits.ts';
import type { Finding, FindingEvidence } from '../../protocol/findings.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatShare } from '../../protocol/format/counts.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { Bytes, Count, Fraction, ObjectIndex } from '../../protocol/units.ts';
import type { FindingContext, FindingKind, RankedFinding } from './finding-kind.ts';
import { type GenerationColumns, generationBytes, generationColumns, spread } from './growth.ts';
import { heapBytes } from './heap-facts.ts';
import { isOfInstances } from './owner.ts';
import { NO_PAIR, pairsInTreeOrder } from './sweeps.ts';

const MOST = 10;
/** Number of pairs of classes whose histories are measured: those with the most bytes. */
const MEASURED = 500;
const SHOWN = 20;
/** Minimum number of holders; fewer holders are growing containers, not a structure. */
const HOLDERS = 10;

/**
 * Structures that grow together: many objects of one class, each below an object of another class, created in all
 * generations.
 */
export const growingStructure: FindingKind = {
  kind: 'growing-structure',
  group: 'leak',
  method:
    'Groups objects by their class and the class of their immediate dominator. A pair of classes is reported if it has many holders, and its members are spread over many effective generations (2^H, where H is the entropy of their retained bytes by generation) including the newer half. Members of a growing container, code, collections, and objects of Ruby itself are excluded.',
  reference: 'Regions of co-evolving structures of LeakBot (Mitchell & Sevitsky, ECOOP 2003).',
  cost: 'O(n + pairs of classes × generations), 4 bytes an object',
  thresholds: [
    {
      name: 'structure.generations',
      label: 'effective generations',
      unit: 'generations',
      min: 2,
      max: 50,
      usual: 6,
    },
    { name: 'structure.recent', label: 'recent share', unit: 'share', min: 0, max: 1, usual: 0.4 },
    { name: 'structure.members', label: 'members', unit: 'count', min: 10, max: 100_000, usual: 100 },
    { name: 'structure.bytes', label: 'retained size', unit: 'bytes', min: 0, max: 2 ** 24, usual: 65_536 },
    { name: 'structure.share', label: 'share of the heap', unit: 'share', min: 0, max: 0.1, usual: 0.002 },
  ],

  *find(context) {
    const { snapshot } = context;
    if (snapshot.facts.tracedObjects === 0) return [];
    const columns = yield* generationColumns(context);
    const pairs = yield* pairsOfClasses(context, columns);
    const found: RankedFinding[] = [];
    for (const pair of pairs) {
      const finding = findingOf(context, columns, pair);
      if (finding !== null) found.push(finding);
    }
    return found.sort((a, b) => b.rank - a.rank).slice(0, MOST);
  },
};

/** Traced members of one class below holders of another. */
interface ClassPair {
  id: number;
  holder: string;
  member: string;
  holders: Count;
  members: Count;
  bytes: Bytes;
  /** Bytes that the members retain, by generation column. */
  byColumn: Float64Array;
  /** Some of the holders. */
  shown: ObjectIndex[];
}

/** Calls `visit` with each traced child of a holder, and the id of the pair of their classes. O(n). */
function* eachChild(
  { retention, found }: FindingContext,
  { columnOfPair }: GenerationColumns,
  pairAt: Uint32Array,
  ids: PairIds,
  visit: (id: number, child: number) => void,
): Steps<void> {
  const { dominator, length } = retention.tree;
  const leftOut = [...growingRanges(found, retention)].sort(([a], [b]) => a - b);
  let next = 0;
  let from = 1;
  yield* inStrides(length, (start, stop) => {
    for (let at = Math.max(start, from); at < stop; at++) {
      while (next < leftOut.length && leftOut[next]![0] <= at) {
        // A subtree within another one ends before that.
        if (leftOut[next]![0] === at) from = leftOut[next]![1];
        next++;
      }
      if (from > at) {
        at = from - 1;
        continue;
      }
      const own = pairAt[at]!;
      if (own === NO_PAIR || columnOfPair[own]! <= 0) continue;
      const holder = pairAt[dominator[at]!]!;
      if (holder === NO_PAIR) continue;
      const id = ids.of(holder, own);
      if (id >= 0) visit(id, at);
    }
  });
}

/** Measures the histories of the chosen pairs, holder by holder. O(n). */
function* measure(
  { snapshot, retention, found }: FindingContext,
  { columnOfPair }: GenerationColumns,
  pairAt: Uint32Array,
  ids: PairIds,
  chosen: ReadonlyMap<number, ClassPair>,
): Steps<void> {
  const { retained } = retention;
  const { vertex, subtreeEnd, length } = retention.tree;
  const { pairs, descriptors } = snapshot;
  const leftOut = growingRanges(found, retention);
  const holders = new Set(Array.from(chosen.keys(), id => ids.holder[id]!));
  const isHolder = Uint8Array.from(pairs.descriptor, id => (holders.has(descriptors.label[id]!) ? 1 : 0));
  const lastHolder = new Map<ClassPair, number>();
  let visited = 0;
  for (let at = 1; at < length; at++) {
    const end = leftOut.get(at);
    if (end !== undefined) {
      at = end - 1;
      continue;
    }
    if (++visited >= STRIDE) {
      yield at / length;
      visited = 0;
    }
    const holder = pairAt[at]!;
    if (holder === NO_PAIR || isHolder[holder] === 0) continue;
    const last = subtreeEnd[at]!;
    for (let child = at + 1; child < last; child = subtreeEnd[child]!) {
      visited++;
      const memberPair = pairAt[child]!;
      const column = columnOfPair[memberPair]!;
      if (column <= 0 || leftOut.has(child)) continue;
      const known = chosen.get(ids.of(holder, memberPair));
      if (known === undefined) continue;
      known.byColumn[column - 1]! += retained[child]!;
      if (lastHolder.get(known) === at) continue;
      lastHolder.set(known, at);
      known.holders++;
      if (known.shown.length < SHOWN) known.shown.push(vertex[at]!);
    }
  }
}

/** Maximum size of the table of pairs of classes; with more classes a map is used. */
const TABLE = 1 << 22;

/** Dense ids for pairs of class labels, of holder and member. */
class PairIds {
  /** Pair of the heap → number of its class label; -1 = excluded. */
  readonly #labelOf: Int32Array;
  readonly #labels: number[] = [];
  /** Id + 1 by both numbers; null if there are too many classes. */
  readonly #table: Uint32Array | null;
  readonly #ids = new Map<number, number>();
  readonly holder: number[] = [];
  readonly member: number[] = [];

  constructor(snapshot: HeapSnapshot) {
    const { descriptors, pairs } = snapshot;
    const numbers = new Map<number, number>();
    const ofDescriptor = Int32Array.from(descriptors.label, (label, id) => {
      if (!isOfInstances(snapshot, id)) return -1;
      const number = numbers.get(label) ?? this.#labels.push(label) - 1;
      numbers.set(label, number);
      return number;
    });
    this.#labelOf = Int32Array.from(pairs.descriptor, id => ofDescriptor[id]!);
    const size = this.#labels.length ** 2;
    this.#table = size <= TABLE ? new Uint32Array(size) : null;
  }

  /** -1 if one of them is excluded. */
  of(holderPair: number, memberPair: number): number {
    const holder = this.#labelOf[holderPair]!;
    const member = this.#labelOf[memberPair]!;
    if (holder < 0 || member < 0) return -1;
    const key = holder * this.#labels.length + member;
    const known = this.#table === null ? this.#ids.get(key) : this.#table[key]! - 1;
    return known === undefined || known < 0 ? this.#add(key, holder, member) : known;
  }

  #add(key: number, holder: number, member: number): number {
    const id = this.holder.push(this.#labels[holder]!) - 1;
    this.member.push(this.#labels[member]!);
    if (this.#table === null) this.#ids.set(key, id);
    else this.#table[key] = id + 1;
    return id;
  }
}

/** The largest pairs with enough members and bytes, with their histories. O(n). */
function* pairsOfClasses(context: FindingContext, columns: GenerationColumns): Steps<ClassPair[]> {
  const { snapshot, retention } = context;
  const { retained } = retention;
  const { strings } = snapshot;
  const ids = new PairIds(snapshot);
  const members = new GrowableFloats();
  const bytes = new GrowableFloats();
  const pairAt = yield* part(0, 0.1, pairsInTreeOrder(context));
  yield* part(
    0.1,
    0.5,
    eachChild(context, columns, pairAt, ids, (id, child) => {
      members.add(id, 1);
      bytes.add(id, retained[child]!);
    }),
  );
  const chosen = new Map<number, ClassPair>();
  const enough = [...ids.holder.keys()]
    .filter(
      id =>
        members.at(id) >= context.threshold('structure.members') &&
        bytes.at(id) >= context.threshold('structure.bytes') &&
        bytes.at(id) >= context.threshold('structure.share') * heapBytes(snapshot),
    )
    .sort((a, b) => bytes.at(b) - bytes.at(a))
    .slice(0, MEASURED);
  for (const id of enough) {
    chosen.set(id, {
      id,
      holder: strings.text(ids.holder[id]!),
      member: strings.text(ids.member[id]!),
      holders: 0,
      members: members.at(id),
      bytes: bytes.at(id),
      byColumn: new Float64Array(columns.generations.length),
      shown: [],
    });
  }
  if (chosen.size === 0) return [];
  yield* part(0.5, 1, measure(context, columns, pairAt, ids, chosen));
  return [...chosen.values()];
}

function findingOf(
  { snapshot, threshold }: FindingContext,
  columns: GenerationColumns,
  { holder, member, holders, members, bytes, byColumn, shown }: ClassPair,
): RankedFinding | null {
  const { effective, recent } = spread(byColumn, columns.newer);
  const isGrowing =
    holders >= HOLDERS &&
    effective >= threshold('structure.generations') &&
    recent >= threshold('structure.recent');
  if (!isGrowing) return null;
  const ofMembers: ObjectSetSpec = { kind: 'group', key: 'class', label: member };
  return {
    id: `growing-structure ${holder} ${member}`,
    title: `${member} below ${holder} keep coming`,
    sentence: `${withThousands(members)} ${member}, each kept by one of ${withThousands(holders)} ${holder}, keep ${formatBytes(bytes)} alive. They were allocated over many generations (the same as ${effective.toFixed(1)} with equal shares), ${formatShare(recent)} of the bytes in the newer half of the dump.`,
    bytes,
    objects: members,
    certainty: 'evidence',
    objectsShown: shown.map(object => addressOf(snapshot, object)),
    figures: { effectiveGenerations: effective, recent, holders, members },
    evidence: [
      { label: member, detail: `kept by ${holder}`, objects: members, bytes, object: null, set: ofMembers },
      {
        label: holder,
        detail: 'the holders',
        objects: holders,
        bytes: null,
        object: null,
        set: { kind: 'group', key: 'class', label: holder },
      },
      ...reasonsOf(snapshot, columns, { holders, members, bytes }, effective, recent),
    ],
    set: ofMembers,
    byGeneration: generationBytes(columns, byColumn),
    rank: bytes * Math.min(1, effective / 10) * Math.min(1, recent / 0.5),
  };
}

/**
 * Why a pair counts as a growing structure, one reason for each row: LeakBot's ranking criteria, with their figures.
 */
function reasonsOf(
  snapshot: HeapSnapshot,
  { generations, newer }: GenerationColumns,
  { holders, members, bytes }: Pick<ClassPair, 'holders' | 'members' | 'bytes'>,
  effective: number,
  recent: Fraction,
): FindingEvidence[] {
  const reason = (label: string, detail: string): FindingEvidence => ({
    label: `Reason: ${label}`,
    detail,
    objects: null,
    bytes: null,
    object: null,
    set: null,
  });
  return [
    reason(
      'many holders, not one container',
      `${withThousands(holders)} holders with ${(members / holders).toFixed(1)} members each on average`,
    ),
    reason(
      'members keep coming',
      `their bytes are spread over ${effective.toFixed(1)} effective generations of ${withThousands(generations.length)}`,
    ),
    reason(
      'they still come',
      `${formatShare(recent)} of their bytes are of generation ${withThousands(generations[newer] ?? 0)} or later`,
    ),
    reason('they hold much', `${formatShare(bytes / heapBytes(snapshot))} of the heap`),
  ];
}

/** Start → end of the subtrees that growing containers retain. */
function growingRanges(found: readonly Finding[], { tree }: Retention): Map<number, number> {
  const ranges = new Map<number, number>();
  for (const { object } of found.flatMap(({ evidence }) => evidence)) {
    if (object === null) continue;
    const at = tree.position[object.index]!;
    ranges.set(at, tree.subtreeEnd[at]!);
  }
  return ranges;
}

/** Sums by a dense id; grows as needed. */
class GrowableFloats {
  #values = new Float64Array(1024);

  add(id: number, value: number): void {
    if (id >= this.#values.length) {
      const longer = new Float64Array(2 * id);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[id]! += value;
  }

  at(id: number): number {
    return this.#values[id] ?? 0;
  }
}
