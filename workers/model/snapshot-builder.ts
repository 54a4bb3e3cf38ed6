import { AddressPages } from './address-pages.ts';
import { grown, MAX_ENTRIES, Uint32List } from './growable.ts';
import { StringTable } from './string-table.ts';
import { TupleTable } from './tuple-table.ts';

/** `shallow` of an object of 4 GiB or more, whose size is in `largeShallow`. */
export const LARGE_SHALLOW = 0xffff_ffff;
/** `contentLength` of an object that has none, or one too large for 32 bits. */
export const NO_LENGTH = 0xffff_ffff;
/** Text between two entries of the block index: what must be read to find one record, on average. */
const BLOCK_BYTES = 8192;

/** Object indexes fit into signed 32 bits, so that -1 can mean none. */
const MAX_OBJECTS = 2 ** 31 - 1;

/** A kind of root and what it lists. */
export interface RootList {
  name: string;
  keys: Uint32List;
}

/**
 * Where an importer puts what it reads. Columns are public: the importer writes them in place, one object after
 * the other, and no JavaScript object is made for any of them. See {@link HeapSnapshot} for what they mean.
 *
 * An object is added by filling row `objects` of the columns, its references having been pushed before, and then
 * calling {@link commit}.
 */
export class SnapshotBuilder {
  readonly strings = new StringTable();
  readonly pages: AddressPages;
  /** Type (string id), key of the class, and what else tells the label (string id of struct or imemo type). */
  readonly descriptors = new TupleTable(4096);
  /** File (string id), line, method (string id). Id 0 = no site. */
  readonly sites = new TupleTable(4096);
  /** Site, and generation + 1 (0 = none). Id 0 = untraced. */
  readonly allocations = new TupleTable(4096);

  objects = 0;
  capacity: number;
  keys: Uint32Array;
  shallow: Uint32Array;
  descriptor: Uint32Array;
  allocation: Uint32Array;
  flags: Uint16Array;
  contentHash: Int32Array;
  contentLength: Uint32Array;
  firstReference: Uint32Array;

  referenceCount = 0;
  references: Uint32Array;

  readonly largeShallow = new Map<number, number>();
  readonly roots: RootList[] = [];
  readonly classes = new ClassRecords();
  readonly shapes = new ShapeRecords();
  freeSlots = 0;
  duplicateAddresses = 0;

  readonly blockObjects = new Uint32List(1024);
  blockOffsets = new Float64Array(1024);
  #nextBlockAt = 0;

  /** Sizes are expectations, not limits. */
  constructor(addressShift: 2 | 3, expectedObjects: number, expectedReferences: number) {
    this.pages = new AddressPages(addressShift);
    const n = Math.max(1024, Math.ceil(expectedObjects));
    this.capacity = n;
    this.keys = new Uint32Array(n);
    this.shallow = new Uint32Array(n);
    this.descriptor = new Uint32Array(n);
    this.allocation = new Uint32Array(n);
    this.flags = new Uint16Array(n);
    this.contentHash = new Int32Array(n);
    this.contentLength = new Uint32Array(n);
    this.firstReference = new Uint32Array(n + 1);
    this.references = new Uint32Array(Math.max(1024, Math.ceil(expectedReferences)));
    this.sites.intern(0, 0, 0);
    this.allocations.intern(0, 0, 0);
  }

  /**
   * Ends the row of the object at `key`, whose record starts at `offset`. False, and nothing kept, if an object
   * of this address is there already.
   */
  commit(key: number, offset: number): boolean {
    const index = this.objects;
    if (!this.pages.addObject(key, index)) {
      this.duplicateAddresses++;
      this.referenceCount = this.firstReference[index]!;
      return false;
    }
    this.keys[index] = key;
    if (offset >= this.#nextBlockAt) this.#startBlock(index, offset);
    this.objects = index + 1;
    if (this.objects === this.capacity) this.#grow();
    this.firstReference[this.objects] = this.referenceCount;
    return true;
  }

  #startBlock(index: number, offset: number): void {
    if (this.blockObjects.length === this.blockOffsets.length) {
      this.blockOffsets = grown(this.blockOffsets, this.blockObjects.length + 1);
    }
    this.blockOffsets[this.blockObjects.length] = offset;
    this.blockObjects.push(index);
    this.#nextBlockAt = offset + BLOCK_BYTES;
  }

  /** Room for at least `more` further references. */
  reserveReferences(more: number): void {
    const needed = this.referenceCount + more;
    if (needed > MAX_ENTRIES) throw new RangeError('more than 2^32 references');
    if (needed > this.references.length) this.references = grown(this.references, needed);
  }

  #grow(): void {
    if (this.objects >= MAX_OBJECTS) throw new RangeError('more than 2^31 objects');
    this.keys = grown(this.keys, this.objects + 1);
    this.capacity = this.keys.length;
    this.shallow = grown(this.shallow, this.capacity);
    this.descriptor = grown(this.descriptor, this.capacity);
    this.allocation = grown(this.allocation, this.capacity);
    this.flags = grown(this.flags, this.capacity);
    this.contentHash = grown(this.contentHash, this.capacity);
    this.contentLength = grown(this.contentLength, this.capacity);
    this.firstReference = grown(this.firstReference, this.capacity + 1);
    this.capacity = Math.min(this.shallow.length, this.firstReference.length - 1);
  }

  /** The kind of root of this name; records of one name are merged. */
  root(name: string): RootList {
    let root = this.roots.find(each => each.name === name);
    if (root === undefined) {
      root = { name, keys: new Uint32List() };
      this.roots.push(root);
    }
    return root;
  }
}

/** What the records of classes and modules say beyond other objects' records; one row each, in file order. */
export class ClassRecords {
  /** Object index; ascending. */
  readonly objects = new Uint32List(1024);
  /** String id of the name; 0 = none. */
  readonly names = new Uint32List(1024);
  /** Key of the superclass; 0 = none in the record. */
  readonly superclassKeys = new Uint32List(1024);

  push(object: number, name: number, superclassKey: number): void {
    this.objects.push(object);
    this.names.push(name);
    this.superclassKeys.push(superclassKey);
  }
}

/** Shape records (Ruby 3.2+): where instance variables' names come from. One row each. */
export class ShapeRecords {
  readonly ids = new Uint32List(64);
  readonly parents = new Uint32List(64);
  /** String id of `edge_name` where the shape adds an instance variable; else 0. */
  readonly names = new Uint32List(64);

  push(id: number, parent: number, name: number): void {
    this.ids.push(id);
    this.parents.push(parent);
    this.names.push(name);
  }

  get length(): number {
    return this.ids.length;
  }
}
