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
  /** Addresses are multiples of 2^shift: 8 bytes, or 4 on 32-bit machines. */
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
  /** Address / 16384 of each page that keys name, low 32 bits and those above by turns; page 0 is none. */
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
