import { type ArrayOf, COLUMN_NAMES, type ColumnName, isSmall } from './column-schema.ts';

/** A list: the first `length` entries of `values`. */
export interface List<Values = Uint32Array> {
  values: Values;
  length: number;
}

/**
 * What an importer reads from a file, with addresses still as keys. Plain data, so it can be sent to another thread.
 * The columns are declared in {@link COLUMNS}.
 */
export type HeapColumns = { [Name in ColumnName]: List<ArrayOf<Name>> } & {
  /** Most addresses are multiples of 2^shift: 8 bytes, or 4 on 32-bit machines. */
  addressShift: 2 | 3;
  /**
   * How references, roots, descriptors and superclasses refer to objects: by the key of the address, or by index + 1. 0
   * is none.
   */
  referencesBy: 'key' | 'index';
  objects: number;
  referenceCount: number;
  /** Kinds of root, with the keys that each lists. */
  roots: { name: string; keys: List }[];
  freeSlots: number;
  duplicateAddresses: number;
};

/** The buffers of all columns, for the transfer list of `postMessage`. */
export function buffersOf(columns: HeapColumns): ArrayBuffer[] {
  const lists: List<ArrayBufferView>[] = [
    ...COLUMN_NAMES.map(name => columns[name]),
    ...columns.roots.map(root => root.keys),
  ];
  return lists.map(list => list.values.buffer as ArrayBuffer);
}

/** Sizes of objects that do not fit into 32 bits, by object. */
export function largeSizesOf({ largeObjects, largeSizes }: HeapColumns): Map<number, number> {
  const sizes = new Map<number, number>();
  for (let row = 0; row < largeObjects.length; row++) {
    sizes.set(largeObjects.values[row]!, largeSizes.values[row]!);
  }
  return sizes;
}

/** Memory of a page of addresses in the index: a bitmap, ranks, and some words. */
const BYTES_PER_PAGE = 512;
/** Memory of a kind of root: a name, a list, and a node of the graph. */
const BYTES_PER_ROOT = 512;
/** Pages are counted separately, by {@link BYTES_PER_PAGE}. */
const SMALL_COLUMNS = COLUMN_NAMES.filter(name => isSmall(name) && name !== 'pageNumbers');

/** Memory of everything that does not grow with the number of objects: texts, tables, pages and roots. */
export function bytesOfTables(columns: HeapColumns): number {
  let bytes = (columns.pageNumbers.length / 2) * BYTES_PER_PAGE + columns.roots.length * BYTES_PER_ROOT;
  for (const name of SMALL_COLUMNS) bytes += columns[name].length * columns[name].values.BYTES_PER_ELEMENT;
  return bytes;
}
