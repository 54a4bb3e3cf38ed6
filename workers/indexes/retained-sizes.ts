import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Bytes } from '../protocol/units.ts';
import type { DominatorTree } from './dominator-tree.ts';

/**
 * Retained bytes by position of the dominator tree: shallow bytes summed over each subtree. Four bytes an entry
 * while all sums fit, eight (exact to 2^53) in heaps of 4 GiB and more. O(n).
 */
export function* retainedSizes(
  snapshot: HeapSnapshot,
  tree: DominatorTree,
  shallowBytes: Bytes,
): Steps<Uint32Array | Float64Array> {
  const fits = shallowBytes < 2 ** 32;
  const retained = fits ? new Uint32Array(tree.length) : new Float64Array(tree.length);
  const { vertex, dominator, length } = tree;
  for (let stop = length - 1; stop > 0; stop -= STRIDE) {
    for (let at = stop; at > Math.max(0, stop - STRIDE); at--) {
      const object = vertex[at]!;
      if (object < snapshot.objects) retained[at]! += shallowBytesOf(snapshot, object);
      retained[dominator[at]!]! += retained[at]!;
    }
    yield 1 - stop / length;
  }
  return retained;
}
