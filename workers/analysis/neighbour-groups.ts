import { type Retention, retainedBytesOf } from '../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { NeighbourGroup } from '../protocol/rows.ts';
import type { ObjectIndex } from '../protocol/units.ts';
import { NO_TYPE, typeOf } from './descriptors.ts';
import { radixOrder } from './radix-order.ts';

/**
 * Some objects grouped by class label, the group with the largest retained size first. Retained sizes are those of
 * numbers.md#retained-size-of-a-group: a member that another member of its group dominates is not counted twice. O(objects +
 * classes).
 */
export function neighbourGroups(
  snapshot: HeapSnapshot,
  retention: Retention,
  objects: Uint32Array,
): NeighbourGroup[] {
  const { position, subtreeEnd } = retention.tree;
  const byLabel = new Map<number, { group: NeighbourGroup; coveredTo: number }>();
  const { strings, descriptors } = snapshot;
  // In preorder, a member is dominated by another exactly if it comes before the end of that one's subtree.
  const preorder = radixOrder(
    Float64Array.from(objects, object => position[object]!),
    false,
  );
  for (const i of preorder) {
    const object = objects[i]!;
    const descriptor = descriptorOf(snapshot, object);
    const label = descriptors.label[descriptor]!;
    const shallowBytes = shallowBytesOf(snapshot, object);
    const at = position[object]!;
    const isReachable = at !== 0;
    const known = byLabel.get(label);
    if (known === undefined) {
      byLabel.set(label, {
        group: {
          label: strings.text(label),
          ...typeOf(snapshot, descriptor),
          objects: 1,
          shallowBytes,
          retainedBytes: retainedBytesOf(snapshot, retention, object),
        },
        coveredTo: isReachable ? subtreeEnd[at]! : 0,
      });
      continue;
    }
    const { group } = known;
    if (group.type !== typeOf(snapshot, descriptor).type) Object.assign(group, NO_TYPE);
    group.objects++;
    group.shallowBytes += shallowBytes;
    if (isReachable && at < known.coveredTo) continue;
    group.retainedBytes += retainedBytesOf(snapshot, retention, object);
    if (isReachable) known.coveredTo = subtreeEnd[at]!;
  }
  return [...byLabel.values()]
    .map(({ group }) => group)
    .sort((a, b) => b.retainedBytes - a.retainedBytes || (a.label < b.label ? -1 : 1));
}

/** The objects with a class label among some objects, the largest retained size first. O(objects). */
export function neighboursOfLabel(
  snapshot: HeapSnapshot,
  retention: Retention,
  objects: Uint32Array,
  label: string,
): ObjectIndex[] {
  const { strings, descriptors } = snapshot;
  const isOfLabel = Array.from(descriptors.label, id => strings.text(id) === label);
  const found = objects.filter(object => isOfLabel[descriptorOf(snapshot, object)]);
  const order = radixOrder(
    Float64Array.from(found, object => retainedBytesOf(snapshot, retention, object)),
    true,
  );
  return Array.from(order, at => found[at]!);
}
