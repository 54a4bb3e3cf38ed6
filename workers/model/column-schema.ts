/** The typed arrays that columns are made of. */
interface Arrays {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  f64: Float64Array;
}

const ARRAYS = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array };

/** What a row of a column is about. Columns of one table have equally many rows. */
export type TableName =
  | 'objects'
  | 'references'
  /** Objects that are flagged to have a value, or a length. */
  | 'values'
  | 'lengths'
  /** Places in the text from which records can be found again. */
  | 'blocks'
  | 'classes'
  | 'shapes'
  /** Objects of 4 GiB and more. */
  | 'large'
  /** Empty slots that the file lists. */
  | 'free'
  /** Slot sizes that records tell. */
  | 'slots'
  | 'text'
  | 'strings'
  | 'descriptors'
  | 'sites'
  | 'allocations'
  | 'pairs'
  | 'pages';

/** What the entries of a column are. Ids and object indexes are row numbers of the table of that name. */
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
  | 'pair';

interface ColumnSpec {
  array: keyof Arrays;
  table: TableName;
  domain: Domain;
  /** The entry that stands for none; without it every row has one. */
  none?: 0;
}

/**
 * Every column that an importer fills, in the order in which batches list them: the one place where they are declared.
 * Builder, batches, the scanner's hand-over, transfer to another thread and memory figures follow from it. What the
 * values mean in detail is said at `HeapSnapshot`.
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
  contentHash: { array: 'u32', table: 'values', domain: 'hash' },
  contentLength: { array: 'u32', table: 'lengths', domain: 'count' },

  /** An object, and where its record starts. */
  blockObjects: { array: 'u32', table: 'blocks', domain: 'object' },
  blockOffsets: { array: 'f64', table: 'blocks', domain: 'offset' },
  /** Records of classes and modules in the order of the file. */
  classObjects: { array: 'u32', table: 'classes', domain: 'object' },
  classNames: { array: 'u32', table: 'classes', domain: 'string', none: 0 },
  classSuperclasses: { array: 'u32', table: 'classes', domain: 'key', none: 0 },
  /** Shapes: id, id of the parent, the instance variable that the shape adds. */
  shapeIds: { array: 'u32', table: 'shapes', domain: 'number' },
  shapeParents: { array: 'u32', table: 'shapes', domain: 'number' },
  shapeNames: { array: 'u32', table: 'shapes', domain: 'string', none: 0 },
  largeObjects: { array: 'u32', table: 'large', domain: 'object' },
  largeSizes: { array: 'f64', table: 'large', domain: 'bytes' },
  /** Addresses of empty slots (`full: true`), in the order of the file. */
  freeKeys: { array: 'u32', table: 'free', domain: 'key' },
  /** An address, and the size of the slots of its page of 16 KiB: a row whenever a page is met with another size. */
  slotKeys: { array: 'u32', table: 'slots', domain: 'key' },
  slotBytes: { array: 'u32', table: 'slots', domain: 'bytes' },

  /** The texts of all strings, one after the other. */
  stringBytes: { array: 'u8', table: 'text', domain: 'character' },
  /** Where each string ends. Built columns have a 0 before the first, so that they tell where each starts, too. */
  stringOffsets: { array: 'u32', table: 'strings', domain: 'offset' },
  descriptorType: { array: 'u32', table: 'descriptors', domain: 'string' },
  descriptorClass: { array: 'u32', table: 'descriptors', domain: 'key', none: 0 },
  /** What else tells the label: the struct or the imemo type. */
  descriptorKind: { array: 'u32', table: 'descriptors', domain: 'string', none: 0 },
  /** Row 0 = no site. */
  siteFile: { array: 'u32', table: 'sites', domain: 'string' },
  siteLine: { array: 'u32', table: 'sites', domain: 'line' },
  siteMethod: { array: 'u32', table: 'sites', domain: 'string', none: 0 },
  /** Row 0 = untraced. The generation is kept plus 1. */
  allocationSite: { array: 'u32', table: 'allocations', domain: 'site', none: 0 },
  allocationGeneration: { array: 'u32', table: 'allocations', domain: 'number', none: 0 },
  /** Descriptors and allocations that occur together. */
  pairDescriptor: { array: 'u32', table: 'pairs', domain: 'descriptor' },
  pairAllocation: { array: 'u32', table: 'pairs', domain: 'allocation', none: 0 },
  /**
   * Number of each page that keys name: address / 16384, 50 bits, and in the three highest bits of 64 the remainder of
   * addresses that are no multiples of 2^addressShift. Low 32 bits and those above by turns; page 0 is none.
   */
  pageNumbers: { array: 'u32', table: 'pages', domain: 'number' },
} as const satisfies Record<string, ColumnSpec>;

export type ColumnName = keyof typeof COLUMNS;

/** All names, in the order of the declaration. */
export const COLUMN_NAMES = Object.keys(COLUMNS) as ColumnName[];

/** The array that a column is. */
export type ArrayOf<Name extends ColumnName> = Arrays[(typeof COLUMNS)[Name]['array']];

/** The class of a column's array. */
export function arrayOf(name: ColumnName): (typeof ARRAYS)[keyof Arrays] {
  return ARRAYS[COLUMNS[name].array];
}

/** Something for each column. */
export function forEachColumn<Value>(make: (name: ColumnName) => Value): Record<ColumnName, Value> {
  return Object.fromEntries(COLUMN_NAMES.map(name => [name, make(name)])) as Record<ColumnName, Value>;
}
