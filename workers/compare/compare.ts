import { applicationRoot } from '../analysis/application-root.ts';
import { groupTable } from '../analysis/grouping.ts';
import { type PairTally, tallyPairs } from '../analysis/tally.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectSet } from '../model/object-set.ts';
import { part, type Steps } from '../model/steps.ts';
import type {
  ComparedDump,
  ComparedStep,
  ComparedTally,
  Comparison,
  FixCheck,
  GrowthRow,
  HolderGrowth,
} from '../protocol/comparison.ts';
import { type GroupingKey, isObjectKey, type PairKey } from '../protocol/object-set.ts';
import type { Count, Fraction, SnapshotId } from '../protocol/units.ts';
import { compareByAddress } from './address-only.ts';
import { countedDumps, distinctNames, exclusionReason, notesOf } from './dump-notes.ts';
import { checkFix } from './fix-check.ts';
import { type Exchange, groupGrowth, groupsOfTally } from './group-growth.ts';
import { holderGrowth, type RetainedDump } from './holder-growth.ts';
import { processesOf } from './same-process.ts';
import {
  complementOfBits,
  type GroupedDump,
  highestGeneration,
  type Series,
  type SeriesMember,
} from './series.ts';

/** Maximum number of holders: each is looked up in all dumps. */
const MOST_HOLDERS: Count = 100;

/** Compares the dumps of a series; lists have `top` rows at most. O(n) of each dump once. */
export function* compareSeries(series: Series, top: Count): Steps<Comparison> {
  const { members } = series;
  const processes = processesOf(members.map(({ snapshot }) => snapshot));
  const names = distinctNames(members.map(member => member.name));
  const dumps = members.map((member, at) => comparedDump(member, names[at]!, processes[at]!));
  const evidence = yield* part(0, 0.3, series.evidence());
  const objects = evidence.same ? yield* part(0.3, 1, compareObjects(series, top)) : BY_GROUP;
  const counted = countedDumps(members);
  const growthBy = (key: PairKey) => {
    const grouped = members.map(({ snapshot }) => groupedByPairs(snapshot, key));
    return groupGrowth({ dumps: grouped, counted, exchange: objects.exchange }).slice(0, top);
  };
  return {
    identity: evidence.same ? 'same process' : 'by group',
    reason: evidence.reason,
    notes: notesOf(members, names, objects.figures.steps),
    dumps,
    identifiable: shareTraced(members[positionOfB(members.length)]!.snapshot),
    ...objects.figures,
    growth: growthBy('class'),
    growthBySite: growthBy('site'),
    growthByGem: growthBy('gem'),
  };
}

/** How the groups under a key change over the dumps of a series, the strongest growth first. O(n) of each dump once. */
export function* seriesGrowth(series: Series, key: GroupingKey): Steps<GrowthRow[]> {
  const evidence = yield* part(0, 0.3, series.evidence());
  const dumps = yield* part(0.3, 0.8, groupedDumps(series, key));
  const last = dumps.length - 1;
  const snapshots = [dumps[last - 1]!.snapshot, dumps[last]!.snapshot] as const;
  const exchange = evidence.same
    ? (yield* part(0.8, 1, exchanged(series, last - 1, last, snapshots))).exchange
    : null;
  return groupGrowth({ dumps, counted: countedDumps(series.members), exchange });
}

function* groupedDumps({ members }: Series, key: GroupingKey): Steps<GroupedDump[]> {
  if (!isObjectKey(key)) return members.map(({ snapshot }) => groupedByPairs(snapshot, key));
  const grouped: GroupedDump[] = [];
  for (const [at, member] of members.entries()) {
    const dump = yield* part(at / members.length, (at + 1) / members.length, member.grouped(key));
    if (dump === null)
      throw new Error(
        `${member.name} was reduced to what comparison needs, to save memory. Its objects cannot be grouped by this key.`,
      );
    grouped.push(dump);
  }
  return grouped;
}

function groupedByPairs(snapshot: HeapSnapshot, key: PairKey): GroupedDump {
  return { snapshot, table: groupTable(snapshot, key, applicationRoot(snapshot)) };
}

/**
 * Whether a fix worked, by the growth of all groups under a key. `sides`: ids of the dumps from before and after it;
 * incomplete ones are left out. O(groups).
 */
export function seriesFixCheck(
  { members }: Series,
  rows: readonly GrowthRow[],
  sides: { before: readonly SnapshotId[]; after: readonly SnapshotId[] },
  top: Count,
): FixCheck {
  const counted = countedDumps(members);
  const placesOf = (ids: readonly SnapshotId[]) => counted.filter(at => ids.includes(members[at]!.id));
  const names = distinctNames(members.map(member => member.name));
  return checkFix(rows, { before: placesOf(sides.before), after: placesOf(sides.after) }, names, top);
}

/** Figures that require identified objects. */
type ObjectFigures = Pick<
  Comparison,
  | 'matched'
  | 'byAddressOnly'
  | 'new'
  | 'freed'
  | 'retained'
  | 'retainedByClass'
  | 'retainedBySite'
  | 'steps'
  | 'growthByHolder'
  | 'addressOnly'
>;

/** Figures of matched objects, and of what was created and freed in the last step. */
interface ComparedObjects {
  figures: ObjectFigures;
  exchange: Exchange | null;
}

const BY_GROUP: ComparedObjects = {
  figures: {
    matched: null,
    byAddressOnly: null,
    new: null,
    freed: null,
    retained: null,
    retainedByClass: [],
    retainedBySite: [],
    steps: [],
    growthByHolder: [],
    addressOnly: null,
  },
  exchange: null,
};

/** Position of B in a series of this many dumps, with A the first; see {@link Comparison}. */
function positionOfB(dumps: Count): number {
  return dumps === 2 ? 1 : dumps - 2;
}

function* compareObjects(series: Series, top: Count): Steps<ComparedObjects> {
  const { members } = series;
  const last = members.length - 1;
  const { snapshot } = members[last]!;
  const steps: ComparedStep[] = [];
  for (let at = 1; at <= last; at++) {
    steps.push((yield* part(0, 0.3, exchanged(series, at - 1, at))).step);
  }
  const b = positionOfB(members.length);
  const { matched, matchedByAddressOnly } = yield* series.matching(0, b);
  const { step } = yield* part(0.3, 0.4, exchanged(series, 0, b));
  const { exchange, isNew } = yield* part(0.4, 0.5, exchanged(series, last - 1, last));
  const bits = members.length < 3 ? null : yield* part(0.5, 0.6, series.retained(last));
  const retained = bits === null ? null : yield* part(0.6, 0.7, summed(snapshot, bits));
  const groups = (key: PairKey) =>
    retained === null ? [] : groupsOfTally(snapshot, retained.tally, key).slice(0, top);
  const { identified } = series;
  const holders = Math.min(top, MOST_HOLDERS);
  const figures: ObjectFigures = {
    matched,
    byAddressOnly: matchedByAddressOnly,
    new: step.new,
    freed: step.freed,
    retained: retained?.sums ?? null,
    retainedByClass: groups('class').map(({ label, ...sums }) => ({ label: label ?? '', ...sums })),
    retainedBySite: groups('site').map(({ label, ...sums }) => ({ site: label, ...sums })),
    steps,
    growthByHolder: yield* part(0.7, 0.9, holdersOf(series, isNew, holders)),
    addressOnly:
      bits === null
        ? null
        : yield* part(0.9, 1, compareByAddress(identified[0]!, identified[b]!, identified[last]!, bits)),
  };
  return { figures, exchange };
}

/** Empty if a dump was reduced, since retained sizes are then unknown. */
function* holdersOf(series: Series, isNew: Int32Array, top: Count): Steps<HolderGrowth[]> {
  const dumps: RetainedDump[] = [];
  for (const [at, identified] of series.identified.entries()) {
    const retention = series.members[at]!.retention();
    if (retention === null) return [];
    dumps.push({ ...identified, retention });
  }
  return yield* holderGrowth(dumps, isNew, countedDumps(series.members), top);
}

/** How the objects changed from one dump to another. */
interface Exchanged {
  step: ComparedStep;
  exchange: Exchange;
  /** A bit for each object of the later dump that the earlier one does not have. */
  isNew: Int32Array;
}

/** `snapshots`: the two dumps, whose pairs are the keys of the sums. */
function* exchanged(
  series: Series,
  earlier: number,
  later: number,
  [before, after]: readonly [HeapSnapshot, HeapSnapshot] = [
    series.members[earlier]!.snapshot,
    series.members[later]!.snapshot,
  ],
): Steps<Exchanged> {
  const { survived, kept } = yield* series.matching(earlier, later);
  const isNew = complementOfBits(survived, after.objects);
  const made = yield* summed(after, isNew);
  const gone = yield* summed(before, complementOfBits(kept, before.objects));
  return {
    step: {
      survived: {
        objects: after.objects - made.sums.objects,
        shallowBytes: after.facts.shallowBytes - made.sums.shallowBytes,
      },
      new: made.sums,
      freed: gone.sums,
    },
    exchange: { made: made.tally, gone: gone.tally },
    isNew,
  };
}

/** The totals of some objects, as a whole and by pair. */
function* summed(snapshot: HeapSnapshot, bits: Int32Array): Steps<{ sums: ComparedTally; tally: PairTally }> {
  const set = yield* ObjectSet.ofBits(snapshot, bits);
  const sums = { objects: set.objects, shallowBytes: set.shallowBytes };
  return { sums, tally: yield* tallyPairs(snapshot, set) };
}

function comparedDump(member: SeriesMember, name: string, process: number): ComparedDump {
  const { id, snapshot } = member;
  return {
    id,
    name,
    objects: snapshot.objects,
    shallowBytes: snapshot.facts.shallowBytes,
    generation: highestGeneration(snapshot),
    process,
    leftOut: exclusionReason(member),
  };
}

function shareTraced({ objects, facts }: HeapSnapshot): Fraction {
  return objects === 0 ? 0 : facts.tracedObjects / objects;
}
