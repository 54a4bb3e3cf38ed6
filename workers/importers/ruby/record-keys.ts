import { WordTable } from './word-table.ts';

/** The keys of records, of every Ruby from 2.1 to 4.1-dev. */
export const Key = {
  unknown: 0,
  address: 1,
  type: 2,
  class: 3,
  references: 4,
  file: 5,
  line: 6,
  method: 7,
  generation: 8,
  memsize: 9,
  flags: 10,
  shapeId: 11,
  slotSize: 12,
  frozen: 13,
  embedded: 14,
  fstring: 15,
  shared: 16,
  bytesize: 17,
  value: 18,
  broken: 19,
  size: 20,
  length: 21,
  name: 22,
  superclass: 23,
  singleton: 24,
  realClassName: 25,
  struct: 26,
  imemoType: 27,
  id: 28,
  parentId: 29,
  shapeType: 30,
  edgeName: 31,
  root: 32,
  receiverClass: 33,
  calledId: 34,
  tooComplexShape: 35,
  complexShape: 36,
  freeImmediately: 37,
  chilled: 38,
  ivars: 39,
  // From here on: nothing that a column needs. They are listed so that a quote that ends a raw path is known.
  nodeType: 40,
  encoding: 41,
  coderange: 42,
  capacity: 43,
  default: 44,
  variationCount: 45,
  fd: 46,
  mid: 47,
  depth: 48,
  edges: 49,
  associated: 50,
} as const;

/** Key id → its name in the dump. */
export const KEY_NAMES: readonly string[] = Object.keys(Key).map(name =>
  name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
);

export const KEYS = new WordTable(KEY_NAMES.map(name => `${name}":`));

/** The types of records. */
export const Type = {
  other: 0,
  ROOT: 1,
  SHAPE: 2,
  NONE: 3,
  CLASS: 4,
  MODULE: 5,
  ICLASS: 6,
  IMEMO: 7,
  DATA: 8,
  STRING: 9,
  OBJECT: 10,
  ARRAY: 11,
  HASH: 12,
  STRUCT: 13,
  SYMBOL: 14,
  FLOAT: 15,
  REGEXP: 16,
  BIGNUM: 17,
  FILE: 18,
  MATCH: 19,
  RATIONAL: 20,
  COMPLEX: 21,
  NODE: 22,
  ZOMBIE: 23,
  UNKNOWN: 24,
} as const;

export const TYPE_NAMES: readonly string[] = Object.keys(Type);

export const TYPES = new WordTable(TYPE_NAMES.map(name => `${name}"`));

/** The keys of the `flags` object. */
export const FlagKey = {
  unknown: 0,
  old: 1,
  age: 2,
  pinned: 3,
  longLived: 4,
  infant: 5,
  wbProtected: 6,
  uncollectible: 7,
  marked: 8,
  marking: 9,
  young: 10,
  remembered: 11,
  objectId: 12,
  shareable: 13,
} as const;

export const FLAG_KEYS = new WordTable(
  Object.keys(FlagKey).map(name => `${name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}":`),
);
