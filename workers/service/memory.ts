import type { Retention } from '../indexes/retention.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { Bytes } from '../protocol/units.ts';

/** Bytes that a snapshot's columns and indexes hold. */
export function memoryBytes(snapshot: HeapSnapshot, retention: Retention): Bytes {
  const { tree, retained } = retention;
  const arrays = [
    snapshot.keys,
    snapshot.shallow,
    snapshot.descriptor,
    snapshot.allocation,
    snapshot.flags,
    snapshot.contentHash,
    snapshot.contentLength,
    snapshot.references.first,
    snapshot.references.targets,
    snapshot.referrers.first,
    snapshot.referrers.targets,
    snapshot.blocks.object,
    snapshot.blocks.offset,
    tree.position,
    tree.vertex,
    tree.dominator,
    tree.subtreeEnd,
    retained,
  ];
  const columns = arrays.reduce((sum, array) => sum + array.byteLength, 0);
  return columns + snapshot.pages.memoryBytes + snapshot.strings.memoryBytes;
}
