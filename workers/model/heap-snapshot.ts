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

/** What all objects of one type, class and kind have in common. Columns by descriptor id. */
export interface DescriptorTable {
  length: number;
  /** String id of the type, as the file names it. */
  type: Uint32Array;
  /** String id of what else distinguishes objects of one type and class, such as the struct of C data; 0 = none. */
  kind: Uint32Array;
  /** String id of the class label. */
  label: Uint32Array;
  /** What the vocabulary says about the type and kind. */
  words: readonly TypeWords[];
  /** The bits of `Trait` in `words`, for loops. */
  traits: Uint32Array;
}

/** Columns by site id; row 0 = no site. */
export interface SiteTable {
  length: number;
  /** String ids. */
  file: Uint32Array;
  line: Uint32Array;
  /** String id; 0 = none. */
  method: Uint32Array;
}

/** Columns by allocation id; row 0 = untraced. */
export interface AllocationTable {
  length: number;
  /** Site id. */
  site: Uint32Array;
  /** Generation + 1; 0 = none. */
  generation: Uint32Array;
}

/** Encoding and shape of objects. Columns by layout id; row 0 = neither. */
export interface LayoutTable {
  length: number;
  /** String id of a string's encoding; 0 = none. */
  encoding: Uint32Array;
  /** Id of the shape + 1; 0 = none. */
  shape: Uint32Array;
}

/**
 * Descriptors, allocations and layouts that occur together. Each object stores one pair id for everything that it shares
 * with other objects, and questions about many objects are answered from the few pairs. Columns by pair id.
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
  /** Number of objects with this pair. */
  objects: Uint32Array;
  /** Sum of their shallow bytes. */
  shallowBytes: Float64Array;
}

/** One row per class, module and module proxy, ascending by object. */
export interface ClassTable {
  object: Uint32Array;
  /** String id; 0 = nameless. */
  name: Uint32Array;
  /** For a singleton class: the row of the class or module it belongs to, if that has a name; otherwise -1. */
  attached: Int32Array;
  /** The row of the superclass, or of a module proxy in its place; -1 = none, or not in the dump. */
  superclass: Int32Array;
  /** Whether records contain singleton classes and superclasses, as Ruby 3.1 and later write them. */
  hasSingletonClasses: boolean;
}

/** Columns by row of shapes (Ruby 3.2+). */
export interface ShapeTable {
  length: number;
  id: Uint32Array;
  parent: Uint32Array;
  /** String id of the instance variable that the shape adds; 0 = none. */
  name: Uint32Array;
}

/** Distinct combinations of kind and name of references. */
export interface EdgeTable {
  /** Row of this table for each entry of `references.targets`; empty if the format has neither kinds nor names. */
  ofReference: Uint32Array;
  /** String id of the kind; 0 = an ordinary reference. Row 0: neither kind nor name. */
  kind: Uint32Array;
  /** String id; 0 = nameless. */
  name: Uint32Array;
}

/** A kind of root: everything that the dump lists under one name. */
export interface RootKind {
  name: string;
  /** Distinct objects that it lists, in file order. */
  objects: Uint32Array;
  /** Distinct addresses that it lists. */
  listed: number;
}

/** What the file contains about the slots of its heap pages. */
export interface SlotFacts {
  /** Keys of empty slots, in file order; only files that list all slots (`full: true`) contain them. */
  freeKeys: Uint32Array;
  /** Keys, and in `bytes` the slot size of the 16 KiB page of each key. Empty if records do not contain it. */
  keys: Uint32Array;
  bytes: Uint32Array;
}

/**
 * Where records start: entry b covers the objects from `object[b]` on; the first of their records is at `offset[b]`.
 */
export interface BlockIndex {
  object: Uint32Array;
  offset: Float64Array;
}

/**
 * One heap, as columns by object index (0 … objects - 1, in file order). Nothing here changes once it is built. What
 * depends on the choice of edges (dominators, retained sizes) is in `Retention`.
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
  /** Bytes of a string, elements of an array or entries of a hash, where flagged `hasLength`. */
  contentLength: PackedColumn;
  /** References to objects of the dump, in the record's order and with repetitions; without self references. */
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

/** The object at the `class` address of a record, or -1. */
export function classObjectOf({ pairs, pair }: HeapSnapshot, object: number): number {
  return pairs.classObject[pair[object]!]!;
}

/** The address as text, such as `"0x7f…"`. */
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
