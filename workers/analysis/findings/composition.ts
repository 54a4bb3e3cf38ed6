import type { Retention } from '../../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { withThousands } from '../../protocol/digits.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import type { Bytes, Count } from '../../protocol/units.ts';

/** Shallow bytes of one class below a position of the dominator tree. */
export interface Component {
  label: string;
  objects: Count;
  bytes: Bytes;
}

/**
 * The classes of the objects in a part of the dominator tree, by shallow bytes, largest first. `from` … `to`:
 * positions, as `subtreeEnd` gives them. `leftOut`: 1 for each descriptor that does not count. O(to - from +
 * descriptors).
 */
export function compositionOf(
  snapshot: HeapSnapshot,
  { tree }: Retention,
  ranges: Iterable<readonly [from: number, to: number]>,
  leftOut: Uint8Array | null = null,
): Component[] {
  const { descriptors, strings } = snapshot;
  const bytes = new Float64Array(descriptors.length);
  const objects = new Float64Array(descriptors.length);
  for (const [from, to] of ranges) {
    for (let at = from; at < to; at++) {
      const object = tree.vertex[at]!;
      if (object >= snapshot.objects) continue;
      const descriptor = descriptorOf(snapshot, object);
      bytes[descriptor]! += shallowBytesOf(snapshot, object);
      objects[descriptor]!++;
    }
  }
  const byLabel = new Map<number, Component>();
  for (let descriptor = 0; descriptor < descriptors.length; descriptor++) {
    if (objects[descriptor] === 0 || leftOut?.[descriptor] === 1) continue;
    const id = descriptors.label[descriptor]!;
    const known = byLabel.get(id) ?? {
      label: strings.text(id),
      objects: 0,
      bytes: 0,
    };
    byLabel.set(id, known);
    known.objects += objects[descriptor]!;
    known.bytes += bytes[descriptor]!;
  }
  return [...byLabel.values()].sort((a, b) => b.bytes - a.bytes || (a.label < b.label ? -1 : 1));
}

/** The three largest: "mostly 240 Proc (12 MiB), …". */
export function mostlyText(composition: readonly Component[]): string {
  const parts = composition
    .slice(0, 3)
    .map(({ label, objects, bytes }) => `${withThousands(objects)} ${label} (${formatBytes(bytes)})`);
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
