import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { Steps } from '../model/steps.ts';
import type { GroupingKey, ObjectSetSpec } from '../protocol/object-set.ts';
import type { TreeArea } from '../protocol/questions/tree-questions.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import { isOverhead, NO_TYPE, typeOf } from './descriptors.ts';
import { combined } from './group-paths.ts';
import { groupSums } from './group-rows.ts';
import type { GroupTable } from './grouping.ts';
import type { PairTally } from './tally.ts';
import { type CutLimits, cutTree, type TreeCandidate, type TreeExpansion } from './tree-cut.ts';
import { type FactSource, pairFact } from './tree-facts.ts';

/** A group within another, with the entries of the tally that belong to it. */
interface Group {
  level: number;
  label: string | null;
  entries: number[];
  set: ObjectSetSpec;
}

/** Retained bytes of the groups under the first keys: pair → group, and group → bytes. */
export interface RetainedAtLevel {
  groupOf: Uint32Array;
  bytes: Float64Array;
}

/** The input of a tree of groups. */
export interface GroupTreeInput {
  snapshot: HeapSnapshot;
  tally: PairTally;
  tables: readonly GroupTable[];
  within: ObjectSetSpec;
  /** Whether the tree includes the allocation tracer's own table. */
  overhead: boolean;
  area: TreeArea;
  /** One for each level; empty if areas are not retained bytes. */
  retained: readonly RetainedAtLevel[];
  /** The additional fact that nodes show. */
  fact: FactSource | null;
}

/**
 * Retained bytes of the groups under the first `levels` keys. Without `overhead`, the allocation tracer's own table is
 * a separate group, so that no other size includes it. O(pairs × keys + n).
 */
export function* retainedAtLevel(
  {
    snapshot,
    set,
    tally,
    tables,
  }: Pick<GroupTreeInput, 'snapshot' | 'tally' | 'tables'> & { set: ObjectSet },
  retention: Retention,
  levels: number,
  overhead: boolean,
): Steps<RetainedAtLevel> {
  const { groupOf, count } = combined(snapshot, tables.slice(0, levels));
  const isLeftOut = (pair: number) => !overhead && isOverhead(snapshot, snapshot.pairs.descriptor[pair]!);
  const own = groupOf.map((group, pair) => (isLeftOut(pair) ? count : group));
  const sums = yield* groupSums(snapshot, retention, set, tally, { groupOf: own, count: count + 1 });
  return { groupOf: own, bytes: sums.retainedBytes };
}

/** A set as a tree of groups under several keys, cut to what can be drawn. O(pairs × keys); does not visit objects. */
export function groupTree(input: GroupTreeInput, limits: CutLimits): TreeNode[] {
  const { snapshot, tally, tables, within, overhead, area, retained, fact } = input;
  const { descriptors, pairs } = snapshot;
  /** The area of a group. The area of the whole set is its shallow bytes even if areas are retained bytes. */
  const areaOf = (group: Group, objects: number, bytes: number): number => {
    if (area === 'objects') return objects;
    const level = retained[group.level - 1];
    const first = group.entries[0];
    if (level === undefined || first === undefined) return bytes;
    return level.bytes[level.groupOf[tally.pair[first]!]!]!;
  };
  const candidate = (group: Group): TreeCandidate<Group> => {
    let objects = 0;
    let bytes = 0;
    /** Bytes by type, and one of its descriptors. */
    const types = new Map<number, { bytes: number; descriptor: number }>();
    for (const entry of group.entries) {
      objects += tally.objects[entry]!;
      bytes += tally.shallowBytes[entry]!;
      const descriptor = pairs.descriptor[tally.pair[entry]!]!;
      const part = types.get(descriptors.type[descriptor]!) ?? { bytes: 0, descriptor };
      part.bytes += tally.shallowBytes[entry]!;
      types.set(descriptors.type[descriptor]!, part);
    }
    const main = types.size === 1 ? [...types.values()][0]!.descriptor : mostly(types.values(), bytes);
    const key = group.level === 0 ? null : tables[group.level - 1]!.key;
    return {
      kind: group.level === 0 ? 'all' : 'group',
      object: null,
      label: group.level === 0 ? 'Heap' : (group.label ?? emptyLabel(key!)),
      title: '',
      ...(main === null ? NO_TYPE : typeOf(snapshot, main)),
      isNamed: false,
      generation: key === 'generation' && group.label !== null ? Number(group.label) : null,
      ...(fact === null ? {} : pairFact(snapshot, fact, entriesOf(group))),
      bytes: areaOf(group, objects, bytes),
      objects,
      merged: objects,
      step: null,
      shallowBytes: bytes,
      retainedBytes: 0,
      chainLength: 1,
      set: group.level === 0 ? null : group.set,
      ref: group,
    };
  };

  const entriesOf = ({ entries }: Group) =>
    entries.map(entry => ({ pair: tally.pair[entry]!, bytes: tally.shallowBytes[entry]! }));
  const expand = (group: Group, minBytes: number): TreeExpansion<Group> | null => {
    const table = tables[group.level];
    if (table === undefined) return null;
    const parts = new Map<number, number[]>();
    for (const entry of group.entries) {
      const id = table.groupOf[tally.pair[entry]!]!;
      const part = parts.get(id);
      if (part === undefined) parts.set(id, [entry]);
      else part.push(entry);
    }
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    const children: TreeCandidate<Group>[] = [];
    for (const [id, entries] of parts) {
      const label = table.labels[id]!;
      const set: ObjectSetSpec = { kind: 'and', sets: [group.set, { kind: 'group', key: table.key, label }] };
      const child = candidate({ level: group.level + 1, label, entries, set });
      if (child.bytes >= minBytes) children.push(child);
      else {
        rest.nodes++;
        rest.objects += child.objects;
        rest.bytes += child.bytes;
      }
    }
    return { children, rest };
  };

  const all = [...Array(tally.length).keys()].filter(
    entry => overhead || !isOverhead(snapshot, pairs.descriptor[tally.pair[entry]!]!),
  );
  const root = candidate({ level: 0, label: null, entries: all, set: within });
  return cutTree(root, limits, expand);
}

/** The name of the group of objects without a label. */
function emptyLabel(key: GroupingKey): string {
  switch (key) {
    case 'method':
      return 'no method';
    case 'namespace':
      return 'top level';
    case 'superclass':
      return 'no superclass';
    default:
      return 'untraced';
  }
}

/** A descriptor of the type with nearly all of the bytes, whose colour the node gets; null if no type has so many. */
function mostly(types: Iterable<{ bytes: number; descriptor: number }>, bytes: number): number | null {
  for (const part of types) if (part.bytes > bytes * 0.9) return part.descriptor;
  return null;
}
