// Numbers that the scanner and the rest of the importer share. The scanner is AssemblyScript (wasm/), so these are
// enums, which both languages have.

/** The keys of records, of every version of Ruby from 2.1 to 4.1-dev. */
export enum Key {
  unknown,
  address,
  type,
  classAddress,
  references,
  file,
  line,
  method,
  generation,
  memsize,
  flags,
  shapeId,
  slotSize,
  frozen,
  embedded,
  fstring,
  shared,
  bytesize,
  value,
  broken,
  size,
  length,
  name,
  superclass,
  singleton,
  realClassName,
  struct,
  imemoType,
  id,
  parentId,
  shapeType,
  edgeName,
  root,
  receiverClass,
  calledId,
  tooComplexShape,
  complexShape,
  freeImmediately,
  chilled,
  ivars,
  encoding,
  // Columns need none of the following keys. They are listed so that the quote at the end of a raw path can be
  // recognized.
  nodeType,
  coderange,
  capacity,
  hashDefault,
  variationCount,
  fd,
  mid,
  depth,
  edges,
  associated,
}

/** The types of records; the code of a type is also the string id of its name. */
export enum Type {
  other,
  ROOT,
  SHAPE,
  NONE,
  CLASS,
  MODULE,
  ICLASS,
  IMEMO,
  DATA,
  STRING,
  OBJECT,
  ARRAY,
  HASH,
  STRUCT,
  SYMBOL,
  FLOAT,
  REGEXP,
  BIGNUM,
  FILE,
  MATCH,
  RATIONAL,
  COMPLEX,
  NODE,
  ZOMBIE,
  UNKNOWN,
}

/** The keys of the `flags` object. */
export enum FlagKey {
  unknown,
  old,
  age,
  pinned,
  longLived,
  infant,
  wbProtected,
  uncollectible,
  marked,
  marking,
  young,
  remembered,
  objectId,
  shareable,
}

/** The lists of words that the scanner recognizes. */
export enum Words {
  keys,
  types,
  flagKeys,
}

/** Fields of the record being read, 32 bits each. Addresses are keys, texts are string ids; 0 where absent. */
export enum Field {
  addressKey,
  /** A code of `Type`. */
  type,
  /** String id of a type that is not in `Type`. */
  otherType,
  classKey,
  /** String id of the struct or imemo type. */
  kind,
  file,
  line,
  method,
  /** Generation + 1. */
  generation,
  flags,
  contentHash,
  contentLength,
  name,
  superclassKey,
  root,
  shapeId,
  shapeParent,
  /** 1 if the shape adds an instance variable. */
  shapeIvar,
  edgeName,
  hasAddress,
  /** Bytes; 0 if the record does not contain it. */
  slotSize,
  /** String id. */
  encoding,
  /** The shape of an object + 1. */
  objectShape,
  count,
}

/** The largest plausible count of garbage collections. Columns of generations are read as signed words. */
export const MAX_GENERATION = 0x7fffffff;

/** The largest id of an object's shape: one less than Ruby's word for "no shape". */
export const MAX_SHAPE = 0xfffffffe;

/** Features of a dump that reveal the version of Ruby; bits. */
export enum Feature {
  superclass = 1 << 0,
  objectEmbedded = 1 << 1,
  receiverClass = 1 << 2,
  chilled = 1 << 3,
  age = 1 << 4,
  pinned = 1 << 5,
  infant = 1 << 6,
  longLived = 1 << 7,
  freeImmediately = 1 << 8,
  complexShape = 1 << 9,
  memsize = 1 << 10,
  shapeCapacity = 1 << 11,
  shapeWithoutParent = 1 << 12,
}

/** Why the scanner stopped, or what kind of record it found. */
export enum Outcome {
  /** All requested records were read; or the record is in the columns. */
  done,
  /** The text is not a well-formed record, or lacks a type or an address. */
  irregular,
  /** A column is full: take the batch, and continue with the same record. */
  full,
  /** A root: its fields are in `fields`, its references are the last ones pushed. */
  root,
  /** An earlier record has the same address. */
  duplicate,
}

/** Columns of a batch, in this order. */
export enum BatchColumn {
  keys,
  shallow,
  pair,
  flags,
  contentHash,
  contentLength,
  firstReference,
  references,
  blockObjects,
  blockOffsets,
  classObjects,
  classNames,
  classSuperclasses,
  shapeIds,
  shapeParents,
  shapeNames,
  largeObjects,
  largeSizes,
  freeKeys,
  slotKeys,
  slotBytes,
}

/** Columns of tables that only grow while a dump is read. */
export enum TableColumn {
  stringBytes,
  stringOffsets,
  descriptorType,
  descriptorClass,
  descriptorKind,
  siteFile,
  siteLine,
  siteMethod,
  allocationSite,
  allocationGeneration,
  layoutEncoding,
  layoutShape,
  pairDescriptor,
  pairAllocation,
  pairLayout,
  pageNumbers,
}

/** Why the scanner cannot continue. */
export enum Failure {
  memory,
  pages,
  references,
}
