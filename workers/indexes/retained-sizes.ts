import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { LARGE_SHALLOW } from '../model/snapshot-builder.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Bytes } from '../protocol/units.ts';
import type { DominatorTree } from './dominator-tree.ts';
import type { SpareColumns } from './spare-columns.ts';

/**
 * Retained bytes by position in the dominator tree: shallow bytes summed over each subtree. Four bytes per entry while
 * all sums fit, eight (exact to 2^53) in heaps of 4 GiB and more. O(n).
 */
export function* retainedSizes(
  snapshot: HeapSnapshot,
  tree: DominatorTree,
  shallowBytes: Bytes,
  spare: SpareColumns,
): Steps<Uint32Array | Float64Array> {
  const fits = shallowBytes < 2 ** 32;
  const retained = fits ? spare.take(tree.length).fill(0) : new Float64Array(tree.length);
  for (let stop = tree.length; stop > 0; stop -= STRIDE) {
    sumSubtrees(snapshot, tree, retained, Math.max(0, stop - STRIDE), stop);
    yield 1 - stop / tree.length;
  }
  return retained;
}

/** Adds the sizes of the positions from `stop - 1` down to `start` to those of their dominators. */
function sumSubtrees(
  snapshot: HeapSnapshot,
  { vertex, dominator }: DominatorTree,
  retained: Uint32Array | Float64Array,
  start: number,
  stop: number,
): void {
  const { objects, shallow, largeShallow } = snapshot;
  for (let at = stop - 1; at >= Math.max(1, start); at--) {
    const object = vertex[at]!;
    let bytes = retained[at]!;
    if (object < objects) {
      const own = shallow[object]!;
      bytes += own === LARGE_SHALLOW ? largeShallow.get(object)! : own;
      retained[at] = bytes;
    }
    retained[dominator[at]!]! += bytes;
  }
}
