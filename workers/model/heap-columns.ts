/** Values of which the first `length` count. */
export interface List {
  values: Uint32Array;
  length: number;
}

/**
 * What an importer makes of a file: addresses still are keys. Plain data, so that it can be handed over to another
 * thread. Columns may be longer than what is used of them; see {@link HeapSnapshot} for what they mean.
 */
export interface HeapColumns {
  /** Addresses usually are multiples of 2^shift: 8 bytes, or 4 on 32-bit machines. */
  addressShift: 2 | 3;
  objects: number;
  keys: Uint32Array;
  shallow: Uint32Array;
  pair: Uint32Array;
  flags: Uint16Array;
  /** Of the objects that are flagged to have them, alone. */
  contentHash: List;
  contentLength: List;
  /** Number of the first reference of each object; one entry more than there are objects. */
  firstReference: Uint32Array;
  referenceCount: number;
  /** Keys. */
  references: Uint32Array;
  /**
   * Number of each page that keys name: address / 16384, 50 bits, and in the three highest bits of 64 the remainder of
   * addresses that are no multiples of 2^addressShift. Low 32 bits and those above by turns; page 0 is none.
   */
  pageNumbers: List;

  /** Texts one after the other, and where each starts, with one entry more than there are texts. */
  stringBytes: Uint8Array;
  stringOffsets: List;
  /** Type (string id), key of the class, and what else tells the label (string id of struct or imemo type). */
  descriptors: { type: List; classKey: List; kind: List };
  /** File (string id), line, method (string id). Id 0 = no site. */
  sites: { file: List; line: List; method: List };
  /** Site, and generation + 1 (0 = none). Id 0 = untraced. */
  allocations: { site: List; generation: List };
  /** Descriptor and allocation, for those that occur together. */
  pairs: { descriptor: List; allocation: List };

  largeShallow: Map<number, number>;
  /** Kinds of root, and the keys that each lists. */
  roots: { name: string; keys: List }[];
  /** Records of classes and modules in file order: object, string id of the name (0 = none), key of the superclass. */
  classes: { objects: List; names: List; superclassKeys: List };
  /** Shape records: id, parent, string id of the instance variable that the shape adds (0 = none). */
  shapes: { ids: List; parents: List; names: List };
  /** The block index. */
  blockObjects: List;
  blockOffsets: Float64Array;
  freeSlots: number;
  duplicateAddresses: number;
}

/** The buffers of columns, to be handed over with them. */
export function buffersOf(columns: HeapColumns): ArrayBuffer[] {
  const { descriptors, sites, allocations, pairs, classes, shapes } = columns;
  const tables = [descriptors, sites, allocations, pairs, classes, shapes].flatMap(table =>
    Object.values<List>(table),
  );
  const { contentHash, contentLength } = columns;
  const lists = [
    contentHash,
    contentLength,
    columns.pageNumbers,
    columns.stringOffsets,
    columns.blockObjects,
    ...tables,
  ];
  const arrays = [
    ...Object.values(columns).filter(ArrayBuffer.isView),
    ...[...lists, ...columns.roots.map(root => root.keys)].map(list => list.values),
  ];
  return arrays.map(array => array.buffer as ArrayBuffer);
}

/** Memory that a page of addresses takes in the index: a bitmap, ranks, and some words. */
const BYTES_PER_PAGE = 512;
/** A kind of root has a name, a list, and a node of the graph. */
const BYTES_PER_ROOT = 512;

/** Memory of what does not grow with the number of objects: texts, tables, pages and roots. */
export function bytesOfTables(columns: HeapColumns): number {
  const { descriptors, sites, allocations, pairs, stringOffsets, pageNumbers, roots } = columns;
  const rows = [descriptors, sites, allocations, pairs]
    .flatMap(table => Object.values<List>(table))
    .reduce((sum, { length }) => sum + length, stringOffsets.length);
  const textBytes = stringOffsets.values[stringOffsets.length - 1] ?? 0;
  return textBytes + rows * 4 + (pageNumbers.length / 2) * BYTES_PER_PAGE + roots.length * BYTES_PER_ROOT;
}
