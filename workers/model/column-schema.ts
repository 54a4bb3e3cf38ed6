/** The typed arrays that columns are made of. */
interface Arrays {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  f64: Float64Array;
}

const ARRAYS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array };

/**
 * How many rows a table has per object and per reference of a heap. Used to allocate columns and to estimate memory. If
 * both are 0, the table is small, however large the heap is.
 */
interface Growth {
  perObject: number;
  perReference: number;
}

const SMALL: Growth = { perObject: 0, perReference: 0 };
/** About half of the objects of most heaps have a value, or a length. */
const HALF: Growth = { perObject: 0.5, perReference: 0 };

/** The tables that columns belong to. All columns of a table have the same number of rows. */
export const TABLES = {
  objects: { perObject: 1, perReference: 0 },
  references: { perObject: 0, perReference: 1 },
  /** Objects flagged `hasValue` or `hasLength`. */
  values: HALF,
  lengths: HALF,
  /** Positions in the text from which records can be found again. */
  blocks: SMALL,
  classes: SMALL,
  shapes: SMALL,
  /** Objects of 4 GiB and more. */
  large: SMALL,
  /** Empty slots that the file lists. */
  free: SMALL,
  /** Slot sizes that records contain. */
  slots: SMALL,
  text: SMALL,
  strings: SMALL,
  descriptors: SMALL,
  sites: SMALL,
  allocations: SMALL,
  layouts: SMALL,
  pairs: SMALL,
  pages: SMALL,
  /** Kinds and names of references. */
  edges: SMALL,
} as const satisfies Record<string, Growth>;

export type TableName = keyof typeof TABLES;

/** What the entries of a column mean. Ids and object indexes are row numbers of the table with that name. */
export type Domain =
  | 'key'
  | 'bytes'
  | 'flags'
  | 'hash'
  | 'count'
  | 'offset'
  | 'line'
  | 'number'
  | 'character'
  | 'object'
  | 'reference'
  | 'string'
  | 'descriptor'
  | 'site'
  | 'allocation'
  | 'layout'
  | 'pair'
  | 'edge';

interface ColumnSpec {
  array: keyof Arrays;
  table: TableName;
  domain: Domain;
  /** The entry that means "none". Without it, every row has a value. */
  none?: 0;
  /** The column may be empty although its table has rows: then no row has a value. */
  optional?: true;
}

/**
 * Every column that an importer fills, in the order in which batches list them. This is the only declaration: the
 * builder, batches, the scanner's output, transfer to another thread and memory figures derive from it. `HeapSnapshot`
 * documents what the values mean.
 */
export const COLUMNS = {
  keys: { array: 'u32', table: 'objects', domain: 'key' },
  /** Bytes; `LARGE_SHALLOW` = see `largeSizes`. */
  shallow: { array: 'u32', table: 'objects', domain: 'bytes' },
  pair: { array: 'u32', table: 'objects', domain: 'pair' },
  /** Bits of `ObjectFlag`. */
  flags: { array: 'u16', table: 'objects', domain: 'flags' },
  /** Number of the first reference of each object. Built columns have one row more than there are objects. */
  firstReference: { array: 'u32', table: 'objects', domain: 'reference' },
  references: { array: 'u32', table: 'references', domain: 'key' },
  /** The kind and name that the format gives each reference. */
  referenceEdge: { array: 'u32', table: 'references', domain: 'edge', none: 0, optional: true },
  contentHash: { array: 'u32', table: 'values', domain: 'hash' },
  contentLength: { array: 'u32', table: 'lengths', domain: 'count' },

  /** An object, and where its record starts. */
  blockObjects: { array: 'u32', table: 'blocks', domain: 'object' },
  blockOffsets: { array: 'f64', table: 'blocks', domain: 'offset' },
  /** Records of classes and modules, in file order. */
  classObjects: { array: 'u32', table: 'classes', domain: 'object' },
  classNames: { array: 'u32', table: 'classes', domain: 'string', none: 0 },
  classSuperclasses: { array: 'u32', table: 'classes', domain: 'key', none: 0 },
  /** Shapes: id, id of the parent, the instance variable that the shape adds. */
  shapeIds: { array: 'u32', table: 'shapes', domain: 'number' },
  shapeParents: { array: 'u32', table: 'shapes', domain: 'number' },
  shapeNames: { array: 'u32', table: 'shapes', domain: 'string', none: 0 },
  largeObjects: { array: 'u32', table: 'large', domain: 'object' },
  largeSizes: { array: 'f64', table: 'large', domain: 'bytes' },
  /** Addresses of empty slots (`full: true`), in file order. */
  freeKeys: { array: 'u32', table: 'free', domain: 'key' },
  /**
   * An address, and the slot size of its page of 16 KiB. A row is added whenever a page has another size than before.
   */
  slotKeys: { array: 'u32', table: 'slots', domain: 'key' },
  slotBytes: { array: 'u32', table: 'slots', domain: 'bytes' },

  /** The texts of all strings, one after the other. */
  stringBytes: { array: 'u8', table: 'text', domain: 'character' },
  /** Where each string ends. Built columns have a 0 before the first, so they also say where each one starts. */
  stringOffsets: { array: 'u32', table: 'strings', domain: 'offset' },
  descriptorType: { array: 'u32', table: 'descriptors', domain: 'string' },
  descriptorClass: { array: 'u32', table: 'descriptors', domain: 'key', none: 0 },
  /** The rest of what determines the label: the struct or the IMEMO type. */
  descriptorKind: { array: 'u32', table: 'descriptors', domain: 'string', none: 0 },
  /** Row 0 = no site. */
  siteFile: { array: 'u32', table: 'sites', domain: 'string' },
  siteLine: { array: 'u32', table: 'sites', domain: 'line' },
  siteMethod: { array: 'u32', table: 'sites', domain: 'string', none: 0 },
  /** Row 0 = untraced. Stores the generation + 1. */
  allocationSite: { array: 'u32', table: 'allocations', domain: 'site', none: 0 },
  allocationGeneration: { array: 'u32', table: 'allocations', domain: 'number', none: 0 },
  /** Row 0 = neither. Encoding of a string; id of the shape + 1. */
  layoutEncoding: { array: 'u32', table: 'layouts', domain: 'string', none: 0 },
  layoutShape: { array: 'u32', table: 'layouts', domain: 'number', none: 0 },
  /** Descriptors, allocations and layouts that occur together. */
  pairDescriptor: { array: 'u32', table: 'pairs', domain: 'descriptor' },
  pairAllocation: { array: 'u32', table: 'pairs', domain: 'allocation', none: 0 },
  pairLayout: { array: 'u32', table: 'pairs', domain: 'layout', none: 0 },
  /**
   * Number of each page that contains keys: address / 16384 in 50 bits; the three highest of the 64 bits hold the
   * remainder of addresses that are not multiples of 2^addressShift. Low and high 32 bits alternate; page 0 is unused.
   */
  pageNumbers: { array: 'u32', table: 'pages', domain: 'number' },
  /** Row 0 = nothing is known. The kind is one of the vocabulary's `edges`; 0 = an ordinary reference. */
  edgeKind: { array: 'u32', table: 'edges', domain: 'string', none: 0 },
  edgeName: { array: 'u32', table: 'edges', domain: 'string', none: 0 },
} as const satisfies Record<string, ColumnSpec>;

export type ColumnName = keyof typeof COLUMNS;

/** All names, in the order of the declaration. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

/** The array type of a column. */
export type ArrayOf<Name extends ColumnName> = Arrays[(typeof COLUMNS)[Name]['array']];

/** The class of a column's array. */
export function arrayOf(name: ColumnName): (typeof ARRAYS)[keyof Arrays] {
  return ARRAYS[COLUMNS[name].array];
}

/** Makes a record with a value for each column. */
export function forEachColumn<Value>(make: (name: ColumnName) => Value): Record<ColumnName, Value> {
  return Object.fromEntries(COLUMN_NAMES.map(name => [name, make(name)])) as Record<ColumnName, Value>;
}

/** Whether a column may be empty where others of its table are not. */
export function isOptional(name: ColumnName): boolean {
  const { optional }: ColumnSpec = COLUMNS[name];
  return optional === true;
}

/** Rows that a column is expected to have; 0 for an optional one. */
export function expectedRows(name: ColumnName, objects: number, references: number): number {
  const { perObject, perReference } = TABLES[COLUMNS[name].table];
  return isOptional(name) ? 0 : objects * perObject + references * perReference;
}

/** Whether a column's size does not depend on the size of the heap. */
export function isSmall(name: ColumnName): boolean {
  return TABLES[COLUMNS[name].table] === SMALL;
}

/** Bytes that columns are expected to take for so many objects and references. */
export function expectedBytes(objects: number, references: number): number {
  const bytesOf = (name: ColumnName) =>
    expectedRows(name, objects, references) * arrayOf(name).BYTES_PER_ELEMENT;
  return COLUMN_NAMES.reduce((sum, name) => sum + bytesOf(name), 0);
}
