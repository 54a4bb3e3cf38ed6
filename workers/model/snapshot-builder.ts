import type { ColumnBatch } from './column-batch.ts';
import { appended, Uint32List } from './growable.ts';
import type { HeapColumns } from './heap-columns.ts';

/** `shallow` of an object of 4 GiB or more, whose size is in `largeShallow`. */
export const LARGE_SHALLOW = 0xffff_ffff;

/** Gathers what an importer reads: batch after batch is appended to columns. */
export class SnapshotBuilder implements HeapColumns {
  readonly addressShift: 2 | 3;
  objects = 0;
  keys: Uint32Array;
  shallow: Uint32Array;
  pair: Uint32Array;
  flags: Uint16Array;
  readonly contentHash: Uint32List;
  readonly contentLength: Uint32List;
  firstReference: Uint32Array;
  referenceCount = 0;
  references: Uint32Array;
  readonly pageNumbers = new Uint32List();

  stringBytes: Uint8Array = new Uint8Array(1 << 16);
  readonly stringOffsets = new Uint32List();
  readonly descriptors = { type: new Uint32List(), classKey: new Uint32List(), kind: new Uint32List() };
  readonly sites = { file: new Uint32List(), line: new Uint32List(), method: new Uint32List() };
  readonly allocations = { site: new Uint32List(), generation: new Uint32List() };
  readonly pairs = { descriptor: new Uint32List(), allocation: new Uint32List() };

  readonly largeShallow = new Map<number, number>();
  readonly roots: { name: string; keys: Uint32List }[] = [];
  readonly #rootOfName = new Map<string, Uint32List>();
  readonly classes = {
    objects: new Uint32List(),
    names: new Uint32List(),
    superclassKeys: new Uint32List(),
  };
  readonly shapes = { ids: new Uint32List(), parents: new Uint32List(), names: new Uint32List() };
  readonly blockObjects = new Uint32List();
  blockOffsets: Float64Array = new Float64Array(1024);
  freeSlots = 0;
  duplicateAddresses = 0;

  /** Sizes are expectations, not limits. */
  constructor(addressShift: 2 | 3, expectedObjects: number, expectedReferences: number) {
    this.addressShift = addressShift;
    const n = Math.max(1024, Math.ceil(expectedObjects));
    this.keys = new Uint32Array(n);
    this.shallow = new Uint32Array(n);
    this.pair = new Uint32Array(n);
    this.flags = new Uint16Array(n);
    // About half of the objects of most heaps have a value or a length.
    this.contentHash = new Uint32List(n >>> 1);
    this.contentLength = new Uint32List(n >>> 1);
    this.firstReference = new Uint32Array(n + 1);
    this.references = new Uint32Array(Math.max(1024, Math.ceil(expectedReferences)));
    this.stringOffsets.push(0);
  }

  /** Adds a batch to those before. O(its size). */
  append(batch: ColumnBatch): void {
    const { objects } = this;
    this.keys = appended(this.keys, objects, batch.keys);
    this.shallow = appended(this.shallow, objects, batch.shallow);
    this.pair = appended(this.pair, objects, batch.pair);
    this.flags = appended(this.flags, objects, batch.flags);
    this.contentHash.append(batch.contentHash);
    this.contentLength.append(batch.contentLength);
    this.firstReference = appended(this.firstReference, objects, batch.firstReference);
    this.references = appended(this.references, this.referenceCount, batch.references);
    this.objects += batch.keys.length;
    this.referenceCount += batch.references.length;
    this.firstReference = appended(this.firstReference, this.objects, Uint32Array.of(this.referenceCount));
    this.pageNumbers.append(batch.pageNumbers);

    const textBytes = this.stringOffsets.values[this.stringOffsets.length - 1]!;
    this.stringBytes = appended(this.stringBytes, textBytes, batch.stringBytes);
    this.stringOffsets.append(batch.stringEnds);
    this.descriptors.type.append(batch.descriptorType);
    this.descriptors.classKey.append(batch.descriptorClass);
    this.descriptors.kind.append(batch.descriptorKind);
    this.sites.file.append(batch.siteFile);
    this.sites.line.append(batch.siteLine);
    this.sites.method.append(batch.siteMethod);
    this.allocations.site.append(batch.allocationSite);
    this.allocations.generation.append(batch.allocationGeneration);
    this.pairs.descriptor.append(batch.pairDescriptor);
    this.pairs.allocation.append(batch.pairAllocation);
    this.classes.objects.append(batch.classObjects);
    this.classes.names.append(batch.classNames);
    this.classes.superclassKeys.append(batch.classSuperclasses);
    this.shapes.ids.append(batch.shapeIds);
    this.shapes.parents.append(batch.shapeParents);
    this.shapes.names.append(batch.shapeNames);
    this.blockOffsets = appended(this.blockOffsets, this.blockObjects.length, batch.blockOffsets);
    this.blockObjects.append(batch.blockObjects);
    for (const [row, object] of batch.largeObjects.entries()) {
      this.largeShallow.set(object, batch.largeSizes[row]!);
    }
    for (const root of batch.roots) this.#keysOfRoot(root.name).append(root.keys);
    this.freeSlots += batch.freeSlots;
  }

  /** What the kind of root of this name lists; records of one name are merged. */
  #keysOfRoot(name: string): Uint32List {
    let keys = this.#rootOfName.get(name);
    if (keys === undefined) {
      keys = new Uint32List(4);
      this.roots.push({ name, keys });
      this.#rootOfName.set(name, keys);
    }
    return keys;
  }
}
