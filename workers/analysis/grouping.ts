import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { GroupingKey } from '../protocol/object-set.ts';
import { allocationOrigin } from './allocation-origin.ts';

/**
 * One key of a grouping, as a table. Every key is a function of what many objects share, their descriptor or
 * their allocation: the group of object i is `groupOf[column[i]]`, one array read more than the column itself.
 */
export interface GroupTable {
  key: GroupingKey;
  /** Which column of the snapshot `groupOf` is indexed by. */
  by: 'descriptor' | 'allocation';
  /** Descriptor or allocation id → group id. */
  groupOf: Uint32Array;
  /** Group id → label; null = objects that have none, such as untraced ones. */
  labels: (string | null)[];
}

/** The groups under one key. O(descriptors or allocations); objects are not looked at. */
export function groupTable(snapshot: HeapSnapshot, key: GroupingKey): GroupTable {
  const { strings, descriptors, allocations, sites } = snapshot;
  if (key === 'class' || key === 'type') {
    const column = key === 'class' ? descriptors.label : descriptors.type;
    return build(key, 'descriptor', descriptors.length, id => strings.text(column[id]!));
  }
  if (key === 'generation') {
    return build(key, 'allocation', allocations.length, id => {
      const generation = allocations.generation[id]!;
      return generation === 0 ? null : String(generation - 1);
    });
  }
  const labelOfSite = siteLabels(snapshot, key);
  const labels = Array.from({ length: sites.length }, (_, site) => (site === 0 ? null : labelOfSite(site)));
  return build(key, 'allocation', allocations.length, id => labels[allocations.site[id]!]!);
}

function siteLabels(
  snapshot: HeapSnapshot,
  key: 'gem' | 'file' | 'site' | 'method',
): (site: number) => string | null {
  const { strings, sites } = snapshot;
  const file = (site: number) => strings.text(sites.file[site]!);
  switch (key) {
    case 'gem':
      return site => allocationOrigin(file(site));
    case 'file':
      return file;
    case 'site':
      return site => `${file(site)}:${sites.line[site]}`;
    case 'method':
      return site => strings.text(sites.method[site]!) || null;
  }
}

function build(
  key: GroupingKey,
  by: GroupTable['by'],
  length: number,
  labelOf: (id: number) => string | null,
): GroupTable {
  const ids = new Map<string | null, number>();
  const labels: (string | null)[] = [];
  const groupOf = new Uint32Array(length);
  for (let id = 0; id < length; id++) {
    const label = labelOf(id);
    let group = ids.get(label);
    if (group === undefined) {
      group = labels.length;
      ids.set(label, group);
      labels.push(label);
    }
    groupOf[id] = group;
  }
  return { key, by, groupOf, labels };
}

/** The column that a table's `groupOf` is indexed by. */
export function columnOf(snapshot: HeapSnapshot, table: GroupTable): Uint32Array {
  return table.by === 'descriptor' ? snapshot.descriptor : snapshot.allocation;
}
