import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { GroupingKey } from '../protocol/object-set.ts';
import { allocationOrigin } from './allocation-origin.ts';

/**
 * One key of a grouping, as a table. Every key is a function of what many objects share: the group of object i is
 * `groupOf[pair[i]]`, one array read more than the column itself.
 */
export interface GroupTable {
  key: GroupingKey;
  /** Which half of the pair decides. */
  by: 'descriptor' | 'allocation';
  /** Pair id → group id. */
  groupOf: Uint32Array;
  /** Group id → label; null = objects that have none, such as untraced ones. */
  labels: (string | null)[];
}

/** The groups under one key. O(pairs); objects are not looked at. */
export function groupTable(snapshot: HeapSnapshot, key: GroupingKey): GroupTable {
  const { strings, descriptors, allocations, pairs, sites } = snapshot;
  if (key === 'class' || key === 'type') {
    const column = key === 'class' ? descriptors.label : descriptors.type;
    return build(key, 'descriptor', pairs.descriptor, descriptors.length, id => strings.text(column[id]!));
  }
  if (key === 'generation') {
    return build(key, 'allocation', pairs.allocation, allocations.length, id => {
      const generation = allocations.generation[id]!;
      return generation === 0 ? null : String(generation - 1);
    });
  }
  const labelOfSite = siteLabels(snapshot, key);
  const labels = Array.from({ length: sites.length }, (_, site) => (site === 0 ? null : labelOfSite(site)));
  return build(key, 'allocation', pairs.allocation, allocations.length, id => labels[allocations.site[id]!]!);
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

/** `halves`: pair → id of that half of it, below `length`. */
function build(
  key: GroupingKey,
  by: GroupTable['by'],
  halves: Uint32Array,
  length: number,
  labelOf: (id: number) => string | null,
): GroupTable {
  const ids = new Map<string | null, number>();
  const labels: (string | null)[] = [];
  const groupOfHalf = new Uint32Array(length);
  for (let id = 0; id < length; id++) {
    const label = labelOf(id);
    let group = ids.get(label);
    if (group === undefined) {
      group = labels.length;
      ids.set(label, group);
      labels.push(label);
    }
    groupOfHalf[id] = group;
  }
  return { key, by, groupOf: halves.map(id => groupOfHalf[id]!), labels };
}
