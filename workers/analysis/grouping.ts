import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { GroupingKey, ObjectKey, PairKey } from '../protocol/object-set.ts';
import { directoryOf, gemOfFile, placeOf } from '../protocol/origin.ts';
import { classObjectLabel, superclassLabel } from './class-groups.ts';

/** One key of a grouping, as a table: the group of object i is `groupOf[pair[i]]`. */
export interface GroupTable {
  key: GroupingKey;
  /** The part of the pair that determines the group; `object`: refined pairs (`refined-pairs.ts`) determine it. */
  by: 'descriptor' | 'allocation' | 'layout' | 'object';
  /** Pair id → group id. */
  groupOf: Uint32Array;
  /** Group id → label; null = objects that have none, such as untraced ones. */
  labels: (string | null)[];
}

/** Groups of a key that has to be looked up for each object. */
export interface ObjectGroups {
  key: ObjectKey;
  /** Object → group id. */
  groupOf: Uint32Array;
  /** Group id → label; null = objects that have none. */
  labels: (string | null)[];
}

/** The groups under one key. `root`: the application's directory. O(pairs); does not visit objects. */
export function groupTable(snapshot: HeapSnapshot, key: PairKey, root: string): GroupTable {
  const labels = LABELS[key];
  const { pairs, descriptors, allocations, layouts, sites } = snapshot;
  switch (labels.of) {
    case 'descriptor':
      return build(key, 'descriptor', pairs.descriptor, descriptors.length, labels.label(snapshot, root));
    case 'layout':
      return build(key, 'layout', pairs.layout, layouts.length, labels.label(snapshot, root));
    case 'generation': {
      const labelOf = labels.label(snapshot, root);
      return build(key, 'allocation', pairs.allocation, allocations.length, id => {
        const generation = allocations.generation[id]!;
        return generation === 0 ? null : labelOf(generation - 1);
      });
    }
    case 'site': {
      const labelOf = labels.label(snapshot, root);
      const ofSite = Array.from({ length: sites.length }, (_, site) => (site === 0 ? null : labelOf(site)));
      return build(
        key,
        'allocation',
        pairs.allocation,
        allocations.length,
        id => ofSite[allocations.site[id]!]!,
      );
    }
  }
}

/** The label of an id; null = it has none. */
type LabelOf = (id: number) => string | null;

/**
 * How a key labels objects: by their descriptor, their layout, their allocation site (except for site 0, none), or their
 * generation.
 */
interface KeyLabels {
  of: 'descriptor' | 'layout' | 'site' | 'generation';
  /** Called once for each table. */
  label(snapshot: HeapSnapshot, root: string): LabelOf;
}

const LABELS: Readonly<Record<PairKey, KeyLabels>> = {
  class: { of: 'descriptor', label: classLabel },
  'class-object': { of: 'descriptor', label: classObjectLabel },
  superclass: { of: 'descriptor', label: superclassLabel },
  namespace: {
    of: 'descriptor',
    label: snapshot => {
      const labelOf = classLabel(snapshot);
      return id => namespaceOf(labelOf(id));
    },
  },
  type: {
    of: 'descriptor',
    label:
      ({ strings, descriptors }) =>
      id =>
        strings.text(descriptors.type[id]!),
  },
  encoding: {
    of: 'layout',
    label:
      ({ strings, layouts }) =>
      id =>
        strings.text(layouts.encoding[id]!) || null,
  },
  shape: {
    of: 'layout',
    label:
      ({ layouts }) =>
      id =>
        layouts.shape[id] === 0 ? null : String(layouts.shape[id]! - 1),
  },
  origin: { of: 'site', label: (snapshot, root) => site => placeOf(fileOf(snapshot, site), root).origin },
  gem: { of: 'site', label: (snapshot, root) => site => gemOfFile(fileOf(snapshot, site), root) },
  directory: { of: 'site', label: snapshot => site => directoryOf(fileOf(snapshot, site)) },
  file: { of: 'site', label: snapshot => site => fileOf(snapshot, site) },
  site: { of: 'site', label: snapshot => site => `${fileOf(snapshot, site)}:${snapshot.sites.line[site]}` },
  method: {
    of: 'site',
    label:
      ({ strings, sites }) =>
      site =>
        strings.text(sites.method[site]!) || null,
  },
  generation: { of: 'generation', label: () => String },
  age: {
    of: 'generation',
    label: ({ allocations }) => {
      const newest = allocations.generation.reduce((most, generation) => Math.max(most, generation), 0) - 1;
      return generation => String(newest - generation);
    },
  },
};

function classLabel({ strings, descriptors }: HeapSnapshot): (id: number) => string {
  return id => strings.text(descriptors.label[id]!);
}

/** `ActiveRecord::Associations` of `ActiveRecord::Associations::HasOne`; null at top level. */
function namespaceOf(label: string): string | null {
  const at = label.lastIndexOf('::');
  return at < 0 ? null : label.slice(0, at);
}

function fileOf({ strings, sites }: HeapSnapshot, site: number): string {
  return strings.text(sites.file[site]!);
}

/** `parts`: pair → id of that part of it, below `length`. */
function build(
  key: GroupingKey,
  by: GroupTable['by'],
  parts: Uint32Array,
  length: number,
  labelOf: LabelOf,
): GroupTable {
  const ids = new Map<string | null, number>();
  const labels: (string | null)[] = [];
  const groupOfPart = new Uint32Array(length);
  for (let id = 0; id < length; id++) {
    const label = labelOf(id);
    let group = ids.get(label);
    if (group === undefined) {
      group = labels.length;
      ids.set(label, group);
      labels.push(label);
    }
    groupOfPart[id] = group;
  }
  return { key, by, groupOf: parts.map(id => groupOfPart[id]!), labels };
}
