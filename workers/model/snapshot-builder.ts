import type { ColumnBatch } from './column-batch.ts';
import {
  arrayOf,
  COLUMN_NAMES,
  COLUMNS,
  type ColumnName,
  expectedRows,
  forEachColumn,
} from './column-schema.ts';
import { appended, type Column, Uint32List } from './growable.ts';
import type { HeapColumns, List } from './heap-columns.ts';

/** Value of `shallow` for an object of 4 GiB or more, whose size is in `largeSizes`. */
export const LARGE_SHALLOW = 0xffff_ffff;

/** The least number of rows for which a column is allocated; for texts, the least number of characters. */
const FEW = 1024;
const FEW_CHARACTERS = 1 << 16;

/** Collects what an importer reads: appends each batch to the columns. */
export class SnapshotBuilder {
  readonly columns: HeapColumns;
  readonly #rootOfName = new Map<string, Uint32List>();

  /** The expected sizes only determine how much is allocated at first. */
  constructor(addressShift: 2 | 3, expectedObjects: number, expectedReferences: number) {
    const room = (name: ColumnName) =>
      Math.max(
        COLUMNS[name].table === 'text' ? FEW_CHARACTERS : FEW,
        // One row more than there are objects: see `firstReference`.
        Math.ceil(expectedRows(name, expectedObjects + 1, expectedReferences)),
      );
    const lists = forEachColumn<List<Column>>(name => ({
      values: new (arrayOf(name))(room(name)),
      length: 0,
    }));
    const counts = { objects: 0, referenceCount: 0, freeSlots: 0, duplicateAddresses: 0 };
    this.columns = { ...lists, addressShift, referencesBy: 'key', roots: [], ...counts } as HeapColumns;
    append(this.columns.firstReference, Uint32Array.of(0));
    append(this.columns.stringOffsets, Uint32Array.of(0));
  }

  /** Appends a batch. O(size of the batch). */
  append(batch: ColumnBatch): void {
    const { columns } = this;
    // The last row says where the references of the next object begin. The batch contains that row itself.
    columns.firstReference.length--;
    for (const name of COLUMN_NAMES) append(columns[name], batch[name]);
    columns.objects += batch.keys.length;
    columns.referenceCount += batch.references.length;
    append(columns.firstReference, Uint32Array.of(columns.referenceCount));
    for (const root of batch.roots) this.#keysOfRoot(root.name).append(root.keys);
    columns.freeSlots += batch.freeSlots;
  }

  /** The keys listed by the kind of root with this name. Records with the same name are merged. */
  #keysOfRoot(name: string): Uint32List {
    let keys = this.#rootOfName.get(name);
    if (keys === undefined) {
      keys = new Uint32List(4);
      this.columns.roots.push({ name, keys });
      this.#rootOfName.set(name, keys);
    }
    return keys;
  }
}

function append(list: List<Column>, values: Column): void {
  list.values = appended(list.values, list.length, values);
  list.length += values.length;
}
