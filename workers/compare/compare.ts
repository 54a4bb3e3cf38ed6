import { type PairTally, tallyPairs } from '../analysis/tally.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { ObjectSet } from '../model/object-set.ts';
import { part, type Steps } from '../model/steps.ts';
import type { ComparedDump, ComparedStep, ComparedTally, Comparison } from '../protocol/comparison.ts';
import type { GroupingKey } from '../protocol/object-set.ts';
import type { Count, Fraction } from '../protocol/units.ts';
import { type GrowthInput, groupGrowth, groupsOfTally } from './group-growth.ts';
import { highestGeneration, others, type Series, type SeriesMember } from './series.ts';

/** Compares the dumps of a series; lists have `top` rows at most. O(n) of each dump once. */
export function* compareSeries(series: Series, top: Count): Steps<Comparison> {
  const { members } = series;
  const last = members.length - 1;
  const snapshots = members.map(member => member.snapshot);
  const dumps = members.map(comparedDump);
  const whole = dumps.flatMap((dump, at) => (dump.leftOut === null ? [at] : []));
  const counting = whole.length < 2 ? dumps.map((_, at) => at) : whole;
  const evidence = yield* part(0, 0.4, series.evidence());
  const objects = evidence.same ? yield* part(0.4, 1, compareObjects(series, top)) : null;
  const input: GrowthInput = { snapshots, counting, newAtLast: objects?.newAtLast ?? null };
  const growthBy = (key: GroupingKey) => groupGrowth(input, key).slice(0, top);
  return {
    identity: evidence.same ? 'same process' : 'by group',
    reason: evidence.reason,
    notes: notesOf(members, dumps),
    dumps,
    identifiable: shareTraced(snapshots[positionOfB(members.length)]!),
    ...(objects?.figures ?? BY_GROUP),
    steps: objects?.steps ?? Array.from({ length: last }, () => null),
    growth: growthBy('class').map(row => ({ ...row, label: row.label ?? '' })),
    growthBySite: growthBy('site'),
    growthByGem: growthBy('gem'),
  };
}

/** What can be said only where objects are identified. */
type ObjectFigures = Pick<
  Comparison,
  'matched' | 'byAddressOnly' | 'new' | 'freed' | 'retained' | 'retainedByClass' | 'retainedBySite'
>;

const BY_GROUP: ObjectFigures = {
  matched: null,
  byAddressOnly: null,
  new: null,
  freed: null,
  retained: null,
  retainedByClass: [],
  retainedBySite: [],
};

/** Position of B, with A the first of so many dumps; see {@link Comparison}. */
function positionOfB(dumps: Count): number {
  return dumps === 2 ? 1 : dumps - 2;
}

/** Figures of objects that are the same, and what is new in the last dump, by pair. */
interface ComparedObjects {
  figures: ObjectFigures;
  steps: ComparedStep[];
  newAtLast: PairTally;
}

function* compareObjects(series: Series, top: Count): Steps<ComparedObjects> {
  const count = series.members.length;
  const last = count - 1;
  const { snapshot } = series.members[last]!;
  const steps: ComparedStep[] = [];
  for (let at = 1; at <= last; at++) steps.push((yield* exchanged(series, at - 1, at)).step);
  const b = positionOfB(count);
  const { matched, matchedByAddressOnly } = yield* series.matching(0, b);
  const { step } = yield* exchanged(series, 0, b);
  const retained = count < 3 ? null : yield* summed(snapshot, yield* series.retained(last));
  const newAtLast = (yield* exchanged(series, last - 1, last)).made;
  const groups = (key: GroupingKey) =>
    retained === null ? [] : groupsOfTally(snapshot, retained.tally, key).slice(0, top);
  const figures: ObjectFigures = {
    matched,
    byAddressOnly: matchedByAddressOnly,
    new: step.new,
    freed: step.freed,
    retained: retained?.sums ?? null,
    retainedByClass: groups('class').map(({ label, ...sums }) => ({ label: label ?? '', ...sums })),
    retainedBySite: groups('site').map(({ label, ...sums }) => ({ site: label, ...sums })),
  };
  return { figures, steps, newAtLast };
}

/** What became of the objects from one dump to another, and what the later one has new, by pair. */
function* exchanged(
  series: Series,
  earlier: number,
  later: number,
): Steps<{ step: ComparedStep; made: PairTally }> {
  const { survived, kept } = yield* series.matching(earlier, later);
  const before = series.members[earlier]!.snapshot;
  const after = series.members[later]!.snapshot;
  const made = yield* summed(after, others(survived, after.objects));
  const gone = yield* summed(before, others(kept, before.objects));
  const { objects, shallowBytes } = after.pairs;
  const all = { objects: sum(objects), shallowBytes: sum(shallowBytes) };
  return {
    step: {
      survived: {
        objects: all.objects - made.sums.objects,
        shallowBytes: all.shallowBytes - made.sums.shallowBytes,
      },
      new: made.sums,
      freed: gone.sums,
    },
    made: made.tally,
  };
}

/** What these objects add up to, as a whole and by pair. Takes over the bits. */
function* summed(snapshot: HeapSnapshot, bits: Int32Array): Steps<{ sums: ComparedTally; tally: PairTally }> {
  const set = yield* ObjectSet.ofBits(snapshot, bits);
  const sums = { objects: set.objects, shallowBytes: set.shallowBytes };
  return { sums, tally: yield* tallyPairs(snapshot, set) };
}

function comparedDump({ id, name, snapshot, isSinceDump, incomplete }: SeriesMember): ComparedDump {
  const { objects, facts } = snapshot;
  const generation = highestGeneration(snapshot);
  const partial = isSinceDump ? 'It holds only what was allocated since a generation.' : null;
  const leftOut = partial ?? incomplete[0] ?? null;
  return { id, name, objects, shallowBytes: facts.shallowBytes, generation, leftOut };
}

/** What a reader has to know of the dumps, in sentences. */
function notesOf(members: readonly SeriesMember[], dumps: readonly ComparedDump[]): string[] {
  const notes = dumps.flatMap(({ name, leftOut }) =>
    leftOut === null
      ? []
      : [`${name} is not whole: growth leaves it out, and what it lacks counts as freed. ${leftOut}`],
  );
  const untraced = members.filter(({ snapshot }) => snapshot.facts.tracedObjects === 0);
  if (untraced.length > 0) {
    const names = untraced.map(member => member.name).join(', ');
    notes.push(
      `Nothing was traced in ${names}: objects are identified by address, type and class, strings by their content too.`,
    );
  }
  return notes;
}

function shareTraced({ objects, facts }: HeapSnapshot): Fraction {
  return objects === 0 ? 0 : facts.tracedObjects / objects;
}

function sum(values: Uint32Array | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
