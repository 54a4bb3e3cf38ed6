import { FILE_KEYS, type FileKey } from '../protocol/object-set.ts';
import type { ObjectGroups } from './grouping.ts';

/** Different values of one key at most; what is beyond is one group. */
const MAX_VALUES = 1 << 20;
const OTHERS = '(others)';

/** What the records say besides the columns, by object. Four bytes an object for each key that occurs. */
export class RecordExtras {
  readonly #objects: number;
  readonly #columns = new Map<FileKey, Uint32Array>();
  readonly #labels = new Map<FileKey, (string | null)[]>();
  readonly #groups = new Map<FileKey, Map<string, number>>();

  constructor(objects: number) {
    this.#objects = objects;
    for (const key of FILE_KEYS) {
      this.#labels.set(key, [null]);
      this.#groups.set(key, new Map());
    }
  }

  set(object: number, key: FileKey, value: string): void {
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = new Uint32Array(this.#objects);
      this.#columns.set(key, column);
    }
    column[object] = this.#groupOf(key, value);
  }

  #groupOf(key: FileKey, value: string): number {
    const groups = this.#groups.get(key)!;
    const known = groups.get(value);
    if (known !== undefined) return known;
    if (groups.size >= MAX_VALUES && value !== OTHERS) return this.#groupOf(key, OTHERS);
    const group = this.#labels.get(key)!.push(value) - 1;
    groups.set(value, group);
    return group;
  }

  /** The groups of a key; all objects are in the one without a label where no record has it. */
  groups(key: FileKey): ObjectGroups {
    const groupOf = this.#columns.get(key) ?? new Uint32Array(this.#objects);
    return { key, groupOf, labels: this.#labels.get(key)! };
  }
}
