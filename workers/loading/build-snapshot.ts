import type { Importer, ImportResult } from '../importers/importer.ts';
import { resolveReferences } from '../indexes/references.ts';
import { AddressPages } from '../model/address-pages.ts';
import { describeDescriptors } from '../model/describe-descriptors.ts';
import { valuesOf } from '../model/growable.ts';
import { type HeapColumns, largeSizesOf } from '../model/heap-columns.ts';
import { classRowOf, type HeapSnapshot, type PairTable, type RootKind } from '../model/heap-snapshot.ts';
import { ObjectFlag } from '../model/object-flags.ts';
import { type ObjectLookup, objectLookup } from '../model/object-lookup.ts';
import { PackedColumn } from '../model/packed-column.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { StringTable } from '../model/string-table.ts';

/**
 * Builds a snapshot from what an importer read: addresses become object indexes. Takes over the columns. `importer` is
 * the importer that read the file. O(n + e).
 */
export function* buildSnapshot(
  imported: ImportResult,
  importer: Pick<Importer, 'vocabulary' | 'labelDescriptors'>,
): Steps<HeapSnapshot> {
  const { columns } = imported;
  const { vocabulary } = importer;
  const { objects } = columns;
  const keys = valuesOf(columns.keys);
  const strings = new StringTable(columns);
  const pages = new AddressPages(columns.addressShift, valuesOf(columns.pageNumbers), keys);
  const lookup = objectLookup(columns, pages);
  const labels = importer.labelDescriptors(columns, strings, {
    objectAt: reference => lookup.objectAt(reference),
    missing: '(unknown class)',
  });
  const typeAndKind = { type: valuesOf(columns.descriptorType), kind: valuesOf(columns.descriptorKind) };
  yield 0.05;
  const resolved = yield* resolveReferences(columns, lookup, imported.internalReferences);
  const references = { first: resolved.first, targets: resolved.targets };
  const pair = valuesOf(columns.pair);
  const largeShallow = largeSizesOf(columns);
  const pairs = yield* pairTable(columns, largeShallow, labels.classObjects);
  const flags = valuesOf(columns.flags);
  const roots = resolveRoots(columns, lookup);
  const classTable = { object: valuesOf(columns.classObjects), name: valuesOf(columns.classNames) };

  return {
    objects,
    strings,
    pages,
    keys,
    shallow: valuesOf(columns.shallow),
    largeShallow,
    pair,
    flags,
    contentHash: new PackedColumn(valuesOf(columns.contentHash), flags, ObjectFlag.hasValue),
    contentLength: new PackedColumn(valuesOf(columns.contentLength), flags, ObjectFlag.hasLength),
    references,
    edges: {
      ofReference: resolved.edges,
      kind: valuesOf(columns.edgeKind),
      name: valuesOf(columns.edgeName),
    },
    descriptors: {
      length: columns.descriptorType.length,
      ...typeAndKind,
      label: Uint32Array.from(labels.labels, label => strings.add(label)),
      ...describeDescriptors(vocabulary, typeAndKind, strings),
    },
    sites: {
      length: columns.siteFile.length,
      file: valuesOf(columns.siteFile),
      line: valuesOf(columns.siteLine),
      method: valuesOf(columns.siteMethod),
    },
    allocations: {
      length: columns.allocationSite.length,
      site: valuesOf(columns.allocationSite),
      generation: valuesOf(columns.allocationGeneration),
    },
    layouts: {
      length: columns.layoutEncoding.length,
      encoding: valuesOf(columns.layoutEncoding),
      shape: valuesOf(columns.layoutShape),
    },
    pairs,
    classes: {
      ...classTable,
      attached: attachedClasses(classTable, flags, object => pairs.classObject[pair[object]!]!),
      superclass: superclassRows(classTable, valuesOf(columns.classSuperclasses), lookup),
      hasSingletonClasses: valuesOf(columns.classSuperclasses).some(key => key !== 0),
    },
    shapes: {
      length: columns.shapeIds.length,
      id: valuesOf(columns.shapeIds),
      parent: valuesOf(columns.shapeParents),
      name: valuesOf(columns.shapeNames),
    },
    roots: roots.kinds,
    slots: {
      freeKeys: valuesOf(columns.freeKeys),
      keys: valuesOf(columns.slotKeys),
      bytes: valuesOf(columns.slotBytes),
    },
    blocks: {
      object: valuesOf(columns.blockObjects),
      offset: valuesOf(columns.blockOffsets),
    },
    vocabulary,
    facts: {
      runtimeVersion: imported.runtimeVersion,
      platform: imported.platform,
      hasRoots: imported.hasRoots,
      textBytes: imported.textBytes,
      shallowBytes: pairs.shallowBytes.reduce((sum, bytes) => sum + bytes, 0),
      tracedObjects: tracedObjects(pairs),
      freeSlots: columns.freeSlots,
      references: columns.referenceCount,
      danglingReferences: resolved.dangling + roots.dangling,
      duplicateAddresses: columns.duplicateAddresses,
      import: imported.report,
    },
  };
}

/** The pair table, with the number and shallow bytes of each pair's objects. O(n). */
function* pairTable(
  columns: HeapColumns,
  largeShallow: ReadonlyMap<number, number>,
  classObjects: Int32Array,
): Steps<PairTable> {
  const pair = columns.pair.values;
  const shallow = columns.shallow.values;
  const descriptor = valuesOf(columns.pairDescriptor);
  const objects = new Uint32Array(descriptor.length);
  const bytes = new Float64Array(descriptor.length);
  const add = (start: number, stop: number) => {
    for (let object = start; object < stop; object++) {
      const own = shallow[object]!;
      objects[pair[object]!]!++;
      bytes[pair[object]!]! += own === LARGE_SHALLOW ? largeShallow.get(object)! : own;
    }
  };
  for (let start = 0; start < columns.objects; start += STRIDE) {
    add(start, Math.min(columns.objects, start + STRIDE));
    yield start / columns.objects;
  }
  return {
    length: descriptor.length,
    descriptor,
    allocation: valuesOf(columns.pairAllocation),
    layout: valuesOf(columns.pairLayout),
    classObject: Int32Array.from(descriptor, id => classObjects[id]!),
    objects,
    shallowBytes: bytes,
  };
}

function tracedObjects({ allocation, objects }: PairTable): number {
  return objects.reduce((sum, count, pair) => sum + (allocation[pair] === 0 ? 0 : count), 0);
}

/**
 * See `ClassTable.attached`. If several classes have the same singleton class, the first one counts. O(classes · log
 * classes).
 */
function attachedClasses(
  classes: { object: Uint32Array; name: Uint32Array },
  flags: Uint16Array,
  classOf: (object: number) => number,
): Int32Array {
  const attached = new Int32Array(classes.object.length).fill(-1);
  for (const [row, object] of classes.object.entries()) {
    if (classes.name[row] === 0) continue;
    const singleton = classOf(object);
    if (singleton < 0 || (flags[singleton]! & ObjectFlag.singleton) === 0) continue;
    const singletonRow = classRowOf(classes, singleton);
    if (singletonRow >= 0 && attached[singletonRow] === -1) attached[singletonRow] = row;
  }
  return attached;
}

/** See `ClassTable.superclass`. O(classes · log classes). */
function superclassRows(
  classes: { object: Uint32Array },
  superclasses: Uint32Array,
  lookup: ObjectLookup,
): Int32Array {
  return Int32Array.from(superclasses, reference => {
    const object = reference === 0 ? -1 : lookup.objectAt(reference);
    return object < 0 ? -1 : classRowOf(classes, object);
  });
}

/** The objects that each root lists, without repetitions: a root can list an address several times. */
function resolveRoots(columns: HeapColumns, lookup: ObjectLookup): { kinds: RootKind[]; dangling: number } {
  let dangling = 0;
  const kinds = columns.roots.map(root => {
    const listed = new Set<number>();
    const objects = new Set<number>();
    for (const reference of valuesOf(root.keys)) {
      listed.add(reference);
      const object = lookup.objectAt(reference);
      if (object < 0) dangling++;
      else objects.add(object);
    }
    return { name: root.name, objects: Uint32Array.from(objects), listed: listed.size };
  });
  return { kinds, dangling };
}
