import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { GroupRow } from '../protocol/rows.ts';
import { columnOf, type GroupTable } from './grouping.ts';
import type { PairTally } from './tally.ts';

/**
 * The groups of a set that have members, each with its exact retained size: the sum over those members that no
 * other member of the group dominates. O(n): in preorder, a member is dominated by another of its group exactly
 * if it lies before the end of the last outermost member's subtree.
 */
export function* groupRows(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  tally: PairTally,
  table: GroupTable,
): Steps<GroupRow[]> {
  const retained = yield* retainedByGroup(snapshot, retention, set, table);
  const groups = table.labels.length;
  const objects = new Float64Array(groups);
  const bytes = new Float64Array(groups);
  const ids = table.by === 'descriptor' ? tally.descriptor : tally.allocation;
  for (let pair = 0; pair < tally.length; pair++) {
    const group = table.groupOf[ids[pair]!]!;
    objects[group]! += tally.objects[pair]!;
    bytes[group]! += tally.shallowBytes[pair]!;
  }
  const types = typeByGroup(snapshot, tally, table);
  const rows: GroupRow[] = [];
  for (let group = 0; group < groups; group++) {
    if (objects[group] === 0) continue;
    rows.push({
      label: table.labels[group]!,
      objects: objects[group]!,
      shallowBytes: bytes[group]!,
      retainedBytes: retained[group]!,
      type: types[group] ?? null,
    });
  }
  return rows;
}

function* retainedByGroup(
  snapshot: HeapSnapshot,
  retention: Retention,
  set: ObjectSet,
  table: GroupTable,
): Steps<Float64Array> {
  const { vertex, subtreeEnd, position, length } = retention.tree;
  const column = columnOf(snapshot, table);
  const sums = new Float64Array(table.labels.length);
  /** Group → end of the subtree of its last outermost member. */
  const coveredTo = new Uint32Array(table.labels.length);
  for (let start = 1; start < length; start += STRIDE) {
    const stop = Math.min(length, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const object = vertex[at]!;
      if (object >= snapshot.objects || !set.has(object)) continue;
      const group = table.groupOf[column[object]!]!;
      if (at < coveredTo[group]!) continue;
      sums[group]! += retention.retained[at]!;
      coveredTo[group] = subtreeEnd[at]!;
    }
    yield stop / length;
  }
  for (let object = 0; object < snapshot.objects; object++) {
    if (position[object] !== 0 || !set.has(object)) continue;
    sums[table.groupOf[column[object]!]!]! += retainedBytesOf(snapshot, retention, object);
  }
  return sums;
}

/** For groups by class: the type that most members have. */
function typeByGroup(snapshot: HeapSnapshot, tally: PairTally, table: GroupTable): (string | undefined)[] {
  if (table.by !== 'descriptor') return [];
  const types: (string | undefined)[] = [];
  const largest = new Float64Array(table.labels.length);
  const byDescriptor = new Float64Array(snapshot.descriptors.length);
  for (let pair = 0; pair < tally.length; pair++) {
    byDescriptor[tally.descriptor[pair]!]! += tally.objects[pair]!;
  }
  for (let id = 0; id < byDescriptor.length; id++) {
    const group = table.groupOf[id]!;
    if (byDescriptor[id]! > largest[group]!) {
      largest[group] = byDescriptor[id]!;
      types[group] = snapshot.strings.text(snapshot.descriptors.type[id]!);
    }
  }
  return types;
}
