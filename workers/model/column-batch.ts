/**
 * What an importer read since the batch before, as columns: rows of objects in the order of the file, and what was
 * added to the tables that they share. Ids, object indexes and reference numbers count from the start of the file,
 * not of the batch. The arrays are good until the next batch is asked for.
 */
export interface ColumnBatch {
  /** One entry an object. See HeapSnapshot for what they mean. */
  keys: Uint32Array;
  shallow: Uint32Array;
  pair: Uint32Array;
  flags: Uint16Array;
  /** Number of the first reference of each object. */
  firstReference: Uint32Array;
  /** Keys. */
  references: Uint32Array;
  /** One entry for each object that is flagged to have a value, or a length. */
  contentHash: Uint32Array;
  contentLength: Uint32Array;

  /** The block index: an object, and where its record starts. */
  blockObjects: Uint32Array;
  blockOffsets: Float64Array;
  /** Records of classes and modules: object, string id of the name, key of the superclass. */
  classObjects: Uint32Array;
  classNames: Uint32Array;
  classSuperclasses: Uint32Array;
  /** Shape records: id, parent, string id of the name. */
  shapeIds: Uint32Array;
  shapeParents: Uint32Array;
  shapeNames: Uint32Array;
  /** Objects of 4 GiB and more, and their sizes. */
  largeObjects: Uint32Array;
  largeSizes: Float64Array;

  /** New strings: their texts one after the other, and where the text of each ends among all. */
  stringBytes: Uint8Array;
  stringEnds: Uint32Array;
  /** New rows of the tables of descriptors, sites, allocations and pairs. */
  descriptorType: Uint32Array;
  descriptorClass: Uint32Array;
  descriptorKind: Uint32Array;
  siteFile: Uint32Array;
  siteLine: Uint32Array;
  siteMethod: Uint32Array;
  allocationSite: Uint32Array;
  allocationGeneration: Uint32Array;
  pairDescriptor: Uint32Array;
  pairAllocation: Uint32Array;
  /** New pages: see `HeapColumns.pageNumbers`. */
  pageNumbers: Uint32Array;

  /** Records of roots, in the order of the file. */
  roots: ScannedRoot[];
  freeSlots: number;
}

/** A record of a root: the kind, and the keys that it lists. */
export interface ScannedRoot {
  name: string;
  keys: Uint32Array;
}
