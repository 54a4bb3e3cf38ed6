import type { ImportResult } from '../importers/importer.ts';
import { buildReferrers, resolveReferences } from '../indexes/references.ts';
import { trimmed } from '../model/growable.ts';
import { type HeapSnapshot, type RootKind, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { SnapshotBuilder } from '../model/snapshot-builder.ts';
import type { Steps } from '../model/steps.ts';

/** Turns what an importer read into a snapshot: addresses become indexes, references go both ways. O(n + e). */
export function* buildSnapshot(imported: ImportResult): Steps<HeapSnapshot> {
  const { builder } = imported;
  const { objects, descriptors, sites, allocations, classes, shapes, pages } = builder;
  builder.keys = trimmed(builder.keys, objects);
  pages.seal(builder.keys);
  const listed = builder.firstReference[objects]!;
  const labels = imported.label(pages);
  yield 0.05;
  const resolved = yield* resolveReferences(builder, imported.internalReferences);
  const references = { first: resolved.first, targets: resolved.targets };
  builder.references = new Uint32Array(0);
  builder.firstReference = new Uint32Array(0);
  const descriptor = trimmed(builder.descriptor, objects);
  const referrers = yield* buildReferrers(references, descriptor, labels.classObjects);
  descriptors.seal();
  sites.seal();
  allocations.seal();
  const roots = resolveRoots(builder);

  const snapshot: HeapSnapshot = {
    objects,
    strings: builder.strings,
    pages,
    keys: builder.keys,
    shallow: trimmed(builder.shallow, objects),
    largeShallow: builder.largeShallow,
    descriptor,
    allocation: trimmed(builder.allocation, objects),
    flags: trimmed(builder.flags, objects),
    contentHash: trimmed(builder.contentHash, objects),
    contentLength: trimmed(builder.contentLength, objects),
    references,
    referrers,
    descriptors: {
      length: descriptors.length,
      type: descriptors.a,
      kind: descriptors.c,
      classObject: labels.classObjects,
      label: labels.labels,
    },
    sites: { length: sites.length, file: sites.a, line: sites.b, method: sites.c },
    allocations: { length: allocations.length, site: allocations.a, generation: allocations.b },
    classes: { object: classes.objects.trimmed(), name: classes.names.trimmed() },
    shapes: {
      length: shapes.length,
      id: shapes.ids.trimmed(),
      parent: shapes.parents.trimmed(),
      name: shapes.names.trimmed(),
    },
    roots: roots.kinds,
    blocks: {
      object: builder.blockObjects.trimmed(),
      offset: trimmed(builder.blockOffsets, builder.blockObjects.length),
    },
    facts: {
      format: imported.format,
      runtimeVersion: imported.runtimeVersion,
      wasm: imported.wasm,
      hasRoots: imported.hasRoots,
      textBytes: imported.textBytes,
      shallowBytes: 0,
      tracedObjects: 0,
      freeSlots: builder.freeSlots,
      references: listed,
      danglingReferences: resolved.dangling + roots.dangling,
      duplicateAddresses: builder.duplicateAddresses,
      import: imported.report,
    },
  };
  const { facts, allocation } = snapshot;
  for (let object = 0; object < objects; object++) {
    facts.shallowBytes += shallowBytesOf(snapshot, object);
    if (allocation[object] !== 0) facts.tracedObjects++;
  }
  return snapshot;
}

/** The roots' addresses as objects; distinct. A root can list an address several times. */
function resolveRoots(builder: SnapshotBuilder): { kinds: RootKind[]; dangling: number } {
  let dangling = 0;
  const kinds = builder.roots.map(root => {
    const listed = new Set<number>();
    const objects = new Set<number>();
    for (const key of root.keys.trimmed()) {
      listed.add(key);
      const object = builder.pages.objectAt(key);
      if (object < 0) dangling++;
      else objects.add(object);
    }
    return { name: root.name, objects: Uint32Array.from(objects), listed: listed.size };
  });
  return { kinds, dangling };
}
