import type { ImportReport } from '../protocol/import-report.ts';
import type { Bytes } from '../protocol/units.ts';
import type { Trait, TypeWords, Vocabulary } from '../protocol/vocabulary.ts';
import type { AddressPages } from './address-pages.ts';
import type { PackedColumn } from './packed-column.ts';
import { LARGE_SHALLOW } from './snapshot-builder.ts';
import type { StringTable } from './string-table.ts';

/** Compressed sparse rows: the entries of row i are `targets[first[i]]` … `targets[first[i + 1] - 1]`. */
export interface Adjacency {
  /** One entry more than there are rows. */
  first: Uint32Array;
  /** Object indexes. */
  targets: Uint32Array;
}

/** The entries of a row, as a view. O(1). */
export function targetsOf({ first, targets }: Adjacency, row: number): Uint32Array {
  return targets.subarray(first[row]!, first[row + 1]!);
}

/** What all objects of one type, class and kind share. Columns over descriptor ids. */
export interface DescriptorTable {
  length: number;
  /** String id of the type, as the file names it. */
  type: Uint32Array;
  /** String id of what distinguishes objects of one type and class, such as the struct of C data; 0 = none. */
  kind: Uint32Array;
  /** String id of the class label. */
  label: Uint32Array;
  /** What the vocabulary says of the type and kind. */
  words: readonly TypeWords[];
  /** Bits of `Trait`: those of `words`, for loops. */
  traits: Uint32Array;
}

/** Columns over site ids; row 0 = no site. */
export interface SiteTable {
  length: number;
  /** String ids. */
  file: Uint32Array;
  line: Uint32Array;
  /** String id; 0 = none. */
  method: Uint32Array;
}

/** Columns over allocation ids; row 0 = untraced. */
export interface AllocationTable {
  length: number;
  /** Site id. */
  site: Uint32Array;
  /** Generation + 1; 0 = none. */
  generation: Uint32Array;
}

/** What records say of how an object is stored. Columns over layout ids; row 0 = nothing. */
export interface LayoutTable {
  length: number;
  /** String id of a string's encoding; 0 = none. */
  encoding: Uint32Array;
  /** Id of the shape + 1; 0 = none. */
  shape: Uint32Array;
}

/**
 * Descriptors, allocations and layouts that occur together. One number per object says all that it shares with others,
 * and questions about many objects are answered from the few pairs. Columns over pair ids.
 */
export interface PairTable {
  length: number;
  /** Descriptor id. */
  descriptor: Uint32Array;
  /** Allocation id. */
  allocation: Uint32Array;
  /** Layout id. */
  layout: Uint32Array;
  /** Object index of the class; -1 = none, or not in the dump. */
  classObject: Int32Array;
  /** How many objects are of the pair. */
  objects: Uint32Array;
  /** Sum of their shallow bytes. */
  shallowBytes: Float64Array;
}

/** Columns over the rows of classes, modules and module proxies, ascending by object. */
export interface ClassTable {
  object: Uint32Array;
  /** String id; 0 = nameless. */
  name: Uint32Array;
  /** Of a singleton class: the row of the class or module that it is the class of, if that has a name; else -1. */
  attached: Int32Array;
  /** The row of the superclass, or of the module proxy in its place; -1 = none, or not in the dump. */
  superclass: Int32Array;
  /** Whether records contain singleton classes and superclasses, as Ruby 3.1 and later write them. */
  tellsSingletons: boolean;
}

/** Columns over shapes (Ruby 3.2+). */
export interface ShapeTable {
  length: number;
  id: Uint32Array;
  parent: Uint32Array;
  /** String id of the instance variable that the shape adds; 0 = it adds none. */
  name: Uint32Array;
}

/** Kinds and names of references, each combination once. */
export interface EdgeTable {
  /** Row of this table for each entry of `references.targets`; empty if the format has neither kinds nor names. */
  ofReference: Uint32Array;
  /** String id of the kind; 0 = an ordinary reference. Row 0: neither kind nor name. */
  kind: Uint32Array;
  /** String id; 0 = nameless. */
  name: Uint32Array;
}

/** A kind of root: what the dump lists under one name. */
export interface RootKind {
  name: string;
  /** Distinct objects that it lists, in the order of the file. */
  objects: Uint32Array;
  /** Distinct addresses that it lists. */
  listed: number;
}

/** What the file tells of the slots of its heap pages. */
export interface SlotFacts {
  /** Keys of empty slots, in the order of the file; a file that lists all slots (`full: true`) has them. */
  freeKeys: Uint32Array;
  /** Keys, and the size in bytes of the slots of the page of 16 KiB that each is on. Empty where records do not tell. */
  keys: Uint32Array;
  bytes: Uint32Array;
}

/** Where records start: entry b covers objects from `object[b]` on, whose first record is at `offset[b]`. */
export interface BlockIndex {
  object: Uint32Array;
  offset: Float64Array;
}

/**
 * One heap, as columns over object indexes (0 … objects-1, in file order). Nothing here changes once it is built;
 * what depends on a rule for edges (dominators, retained sizes) is in `Retention`.
 */
export interface HeapSnapshot {
  objects: number;
  strings: StringTable;
  pages: AddressPages;
  /** Key of the address, for `pages`. */
  keys: Uint32Array;
  /** Bytes; {@link LARGE_SHALLOW} = see `largeShallow`. */
  shallow: Uint32Array;
  largeShallow: ReadonlyMap<number, Bytes>;
  /** Pair id: type, class, site, generation, encoding and shape. */
  pair: Uint32Array;
  /** Bits of `ObjectFlag`. */
  flags: Uint16Array;
  /** Hash of the value's text, where flagged `hasValue`. */
  contentHash: PackedColumn;
  /** Bytes of a string, elements of an array, entries of a hash, where flagged `hasLength`. */
  contentLength: PackedColumn;
  /** To objects of the dump, in the record's order, repeated as there; without self references. */
  references: Adjacency;
  edges: EdgeTable;
  descriptors: DescriptorTable;
  sites: SiteTable;
  allocations: AllocationTable;
  layouts: LayoutTable;
  pairs: PairTable;
  classes: ClassTable;
  shapes: ShapeTable;
  roots: RootKind[];
  slots: SlotFacts;
  blocks: BlockIndex;
  /** The words and rules of the format. */
  vocabulary: Vocabulary;
  facts: SnapshotFacts;
}

/** Figures of the whole file. */
export interface SnapshotFacts {
  runtimeVersion: string;
  platform: string | null;
  hasRoots: boolean;
  textBytes: Bytes;
  shallowBytes: Bytes;
  tracedObjects: number;
  freeSlots: number;
  references: number;
  danglingReferences: number;
  duplicateAddresses: number;
  import: ImportReport;
}

/** Shallow bytes of one object. */
export function shallowBytesOf(snapshot: HeapSnapshot, object: number): Bytes {
  const bytes = snapshot.shallow[object]!;
  return bytes === LARGE_SHALLOW ? snapshot.largeShallow.get(object)! : bytes;
}

/** Descriptor id of one object. */
export function descriptorOf({ pairs, pair }: HeapSnapshot, object: number): number {
  return pairs.descriptor[pair[object]!]!;
}

/** Whether a descriptor has a trait. */
export function hasTrait({ descriptors }: HeapSnapshot, descriptor: number, trait: Trait): boolean {
  return (descriptors.traits[descriptor]! & trait) !== 0;
}

/** Allocation id of one object; 0 = untraced. */
export function allocationOf({ pairs, pair }: HeapSnapshot, object: number): number {
  return pairs.allocation[pair[object]!]!;
}

/** The object at the `class` field, or -1. */
export function classObjectOf({ pairs, pair }: HeapSnapshot, object: number): number {
  return pairs.classObject[pair[object]!]!;
}

/** `"0x…"` */
export function addressOf(snapshot: HeapSnapshot, object: number): string {
  return `0x${snapshot.pages.address(snapshot.keys[object]!).toString(16)}`;
}

/** Row of a class or module in the class table, or -1. O(log classes). */
export function classRowOf({ object: objects }: Pick<ClassTable, 'object'>, object: number): number {
  let low = 0;
  let high = objects.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (objects[middle] === object) return middle;
    if (objects[middle]! < object) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
