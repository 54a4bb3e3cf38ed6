import type { FileKey } from '../protocol/object-set.ts';
import type { ObjectGroups } from './grouping.ts';

/** Maximum number of different values of one key; the rest is one group. */
const MAX_VALUES = 1 << 20;
const OTHERS = '(others)';

/** The groups of one key, as far as they were read. */
interface Groups {
  /** Null until a record has the key. */
  groupOf: Uint32Array | null;
  labels: (string | null)[];
  byLabel: Map<string, number>;
  /** The last value: neighbours mostly have the same. */
  lastLabel: string | null;
  lastGroup: number;
}

/** Values of records that are not in the columns, by object. Four bytes per object for each key that occurs. */
export class RecordExtras {
  readonly #objects: number;
  readonly #groups: Record<FileKey, Groups>;

  constructor(objects: number) {
    this.#objects = objects;
    this.#groups = { encoding: noGroups(), slot: noGroups(), shape: noGroups() };
  }

  set(object: number, key: FileKey, value: string): void {
    const groups = this.#groups[key];
    groups.groupOf ??= new Uint32Array(this.#objects);
    if (value !== groups.lastLabel) {
      groups.lastGroup = groupOfLabel(groups, value);
      groups.lastLabel = value;
    }
    groups.groupOf[object] = groups.lastGroup;
  }

  /** The groups of a key. If no record has it, all objects are in the group without a label. */
  groups(key: FileKey): ObjectGroups {
    const { groupOf, labels } = this.#groups[key];
    return { key, groupOf: groupOf ?? new Uint32Array(this.#objects), labels };
  }
}

function noGroups(): Groups {
  return { groupOf: null, labels: [null], byLabel: new Map(), lastLabel: null, lastGroup: 0 };
}

function groupOfLabel(groups: Groups, label: string): number {
  const { labels, byLabel } = groups;
  const known = byLabel.get(label);
  if (known !== undefined) return known;
  if (byLabel.size >= MAX_VALUES && label !== OTHERS) return groupOfLabel(groups, OTHERS);
  const group = labels.push(label) - 1;
  byLabel.set(label, group);
  return group;
}
