import type { Retention } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Origin } from '../protocol/origin.ts';
import type { GroupRow } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { NO_TYPE, typeOf } from './descriptors.ts';
import type { GroupTable } from './grouping.ts';
import type { PairTally } from './tally.ts';

/** The group of each pair, and the number of groups. */
export interface Groups {
  groupOf: Uint32Array;
  count: number;
}

/** The totals of each group. */
export interface GroupSums {
  objects: Float64Array;
  shallowBytes: Float64Array;
  retainedBytes: Float64Array;
}

/**
 * The groups of a set with their exact retained sizes: the sum over those members that no other member of the group
 * dominates. O(n): in preorder, a member is dominated by another of its group exactly if it comes before the end of the
 * last outermost member's subtree.
 */
export function* groupSums(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  tally: PairTally,
  groups: Groups,
): Steps<GroupSums> {
  const retainedBytes = yield* retainedByGroup(snapshot, retention, set, groups);
  const objects = new Float64Array(groups.count);
  const shallowBytes = new Float64Array(groups.count);
  for (const [entry, pair] of tally.pair.entries()) {
    const group = groups.groupOf[pair]!;
    objects[group]! += tally.objects[entry]!;
    shallowBytes[group]! += tally.shallowBytes[entry]!;
  }
  return { objects, shallowBytes, retainedBytes };
}

/** The groups of a set that have members. `origins`: the origin of each, if it has one. O(n). */
export function* groupRows(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  tally: PairTally,
  table: GroupTable,
  origins: GroupTable | null,
): Steps<GroupRow[]> {
  const groups = { groupOf: table.groupOf, count: table.labels.length };
  const sums = yield* groupSums(snapshot, retention, set, tally, groups);
  const ages = meanAges(snapshot, tally, groups);
  const descriptors = descriptorByGroup(snapshot, tally, table);
  const originOf = origins === null ? [] : originByGroup(tally, table, origins);
  const rows: GroupRow[] = [];
  for (let group = 0; group < groups.count; group++) {
    if (sums.objects[group] === 0) continue;
    const main = descriptors[group];
    rows.push({
      label: table.labels[group]!,
      objects: sums.objects[group]!,
      shallowBytes: sums.shallowBytes[group]!,
      retainedBytes: sums.retainedBytes[group]!,
      meanAge: ages[group] ?? null,
      ...(main === undefined ? NO_TYPE : typeOf(snapshot, main)),
      origin: originOf[group] ?? null,
    });
  }
  return rows;
}

/** Group → the origin that all its members share. O(pairs). */
function originByGroup(tally: PairTally, { groupOf }: GroupTable, origins: GroupTable): (Origin | null)[] {
  const originOf: (Origin | null)[] = [];
  for (const pair of tally.pair) {
    originOf[groupOf[pair]!] = origins.labels[origins.groupOf[pair]!] as Origin | null;
  }
  return originOf;
}

/** The mean age of the members of each group that have a generation; null if none has. O(pairs). */
function meanAges(
  { pairs, allocations }: HeapSnapshot,
  tally: PairTally,
  { groupOf, count }: Groups,
): (number | null)[] {
  const newest = allocations.generation.reduce((most, generation) => Math.max(most, generation), 0);
  const ages = new Float64Array(count);
  const traced = new Float64Array(count);
  for (const [entry, pair] of tally.pair.entries()) {
    const generation = allocations.generation[pairs.allocation[pair]!]!;
    if (generation === 0) continue;
    const group = groupOf[pair]!;
    ages[group]! += (newest - generation) * tally.objects[entry]!;
    traced[group]! += tally.objects[entry]!;
  }
  return Array.from(ages, (age, group) => (traced[group] === 0 ? null : age / traced[group]!));
}

function* retainedByGroup(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  { groupOf, count }: Groups,
): Steps<Float64Array> {
  const { length } = retention.tree;
  const groups: RetainingGroups = {
    groupOf: groupOfMembers(set, groupOf),
    sums: new Float64Array(count),
    coveredTo: new Uint32Array(count),
  };
  for (let start = 1; start < length; start += STRIDE) {
    addReachable(snapshot, retention, set, groups, start, Math.min(length, start + STRIDE));
    yield 0.8 * (start / length);
  }
  for (let start = 0; start < snapshot.objects; start += STRIDE) {
    addUnreachable(snapshot, retention, set, groups, start, Math.min(snapshot.objects, start + STRIDE));
    yield 0.8 + 0.2 * (start / snapshot.objects);
  }
  return groups.sums;
}

/** Instead of a group: objects of this pair are not members. */
const NO_GROUP = 0xffff_ffff;
/** Number of positions whose pairs are fetched at a time. */
const FETCHED = 1024;

/** Pair → group, if membership depends on pairs only. */
function groupOfMembers({ pairs }: ObjectSet, groupOf: Uint32Array): Uint32Array {
  return pairs === null ? groupOf : groupOf.map((group, pair) => (pairs[pair] === 0 ? NO_GROUP : group));
}

interface RetainingGroups {
  /** Pair → group, or NO_GROUP. */
  groupOf: Uint32Array;
  /** Group → retained bytes. */
  sums: Float64Array;
  /** Group → end of the subtree of its last outermost member. */
  coveredTo: Uint32Array;
}

/**
 * Adds the members at the positions from `start` to `stop`; those before must have been added. A loop of its own
 * fetches pairs, so that the processor can overlap the cache misses.
 */
function addReachable(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  { groupOf, sums, coveredTo }: RetainingGroups,
  start: number,
  stop: number,
): void {
  const { vertex, subtreeEnd } = retention.tree;
  const { objects, pair } = snapshot;
  const isOfPairs = set.isOfPairs;
  const pairs = new Uint32Array(FETCHED);
  for (let first = start; first < stop; first += FETCHED) {
    const length = Math.min(FETCHED, stop - first);
    for (let i = 0; i < length; i++) {
      const object = vertex[first + i]!;
      pairs[i] = object < objects ? pair[object]! : NO_GROUP;
    }
    for (let i = 0; i < length; i++) {
      if (pairs[i] === NO_GROUP) continue;
      const group = groupOf[pairs[i]!]!;
      const at = first + i;
      if (group === NO_GROUP || at < coveredTo[group]!) continue;
      if (!isOfPairs && !set.has(vertex[at]!)) continue;
      sums[group]! += retention.retained[at]!;
      coveredTo[group] = subtreeEnd[at]!;
    }
  }
}

/** Adds the unreachable objects from `start` to `stop`: they retain only themselves. */
function addUnreachable(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  { groupOf, sums }: RetainingGroups,
  start: ObjectIndex,
  stop: ObjectIndex,
): void {
  const { position } = retention.tree;
  for (let object = start; object < stop; object++) {
    if (position[object] !== 0 || !set.has(object)) continue;
    sums[groupOf[snapshot.pair[object]!]!]! += shallowBytesOf(snapshot, object);
  }
}

/** For groups by class: the descriptor that most members have. */
function descriptorByGroup(
  { descriptors, pairs }: HeapSnapshot,
  tally: PairTally,
  table: GroupTable,
): (number | undefined)[] {
  if (table.by !== 'descriptor') return [];
  const most: (number | undefined)[] = [];
  const largest = new Float64Array(table.labels.length);
  const byDescriptor = new Float64Array(descriptors.length);
  const groupOf = new Uint32Array(descriptors.length);
  for (const [entry, pair] of tally.pair.entries()) {
    byDescriptor[pairs.descriptor[pair]!]! += tally.objects[entry]!;
    groupOf[pairs.descriptor[pair]!] = table.groupOf[pair]!;
  }
  for (let id = 0; id < byDescriptor.length; id++) {
    const group = groupOf[id]!;
    if (byDescriptor[id]! > largest[group]!) {
      largest[group] = byDescriptor[id]!;
      most[group] = id;
    }
  }
  return most;
}
