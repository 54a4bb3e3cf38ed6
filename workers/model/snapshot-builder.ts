import type { ColumnBatch } from './column-batch.ts';
import { arrayOf, COLUMN_NAMES, COLUMNS, type ColumnName, forEachColumn } from './column-schema.ts';
import { appended, type Column, Uint32List } from './growable.ts';
import type { HeapColumns, List } from './heap-columns.ts';

/** `shallow` of an object of 4 GiB or more, whose size is in `largeSizes`. */
export const LARGE_SHALLOW = 0xffff_ffff;

/** Rows that a column of a small table has room for at first. */
const FEW = 1024;

/** Gathers what an importer reads: batch after batch is appended to columns. */
export class SnapshotBuilder {
  readonly columns: HeapColumns;
  readonly #rootOfName = new Map<string, Uint32List>();

  /** Sizes are expectations, not limits. */
  constructor(addressShift: 2 | 3, expectedObjects: number, expectedReferences: number) {
    const room = (name: ColumnName) =>
      Math.max(FEW, Math.ceil(expected(name, expectedObjects, expectedReferences)));
    const lists = forEachColumn<List<Column>>(name => ({
      values: new (arrayOf(name))(room(name)),
      length: 0,
    }));
    const counts = { objects: 0, referenceCount: 0, freeSlots: 0, duplicateAddresses: 0 };
    this.columns = { ...lists, addressShift, roots: [], ...counts } as HeapColumns;
    append(this.columns.firstReference, Uint32Array.of(0));
    append(this.columns.stringOffsets, Uint32Array.of(0));
  }

  /** Adds a batch to those before. O(its size). */
  append(batch: ColumnBatch): void {
    const { columns } = this;
    // The last row says where the references of the next object begin: its own row takes that place.
    columns.firstReference.length--;
    for (const name of COLUMN_NAMES) append(columns[name], batch[name]);
    columns.objects += batch.keys.length;
    columns.referenceCount += batch.references.length;
    append(columns.firstReference, Uint32Array.of(columns.referenceCount));
    for (const root of batch.roots) this.#keysOfRoot(root.name).append(root.keys);
    columns.freeSlots += batch.freeSlots;
  }

  /** What the kind of root of this name lists; records of one name are merged. */
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

/** How many rows a column is expected to have. */
function expected(name: ColumnName, objects: number, references: number): number {
  switch (COLUMNS[name].table) {
    case 'objects':
      return objects + 1;
    case 'references':
      return references;
    // About half of the objects of most heaps have a value or a length.
    case 'values':
    case 'lengths':
      return objects / 2;
    case 'text':
      return 1 << 16;
    default:
      return FEW;
  }
}

function append(list: List<Column>, values: Column): void {
  list.values = appended(list.values, list.length, values);
  list.length += values.length;
}
