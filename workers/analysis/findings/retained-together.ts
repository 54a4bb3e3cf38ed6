import type { Retention } from '../../indexes/retention.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';

/** The retained size of a group (numbers.md#retained-size-of-a-group). O(k log k). */
export function retainedTogether({ tree, retained }: Retention, objects: readonly ObjectIndex[]): Bytes {
  const positions = objects.map(object => tree.position[object]!).sort((a, b) => a - b);
  let bytes = 0;
  let end = 0;
  for (const at of positions) {
    // Unreachable objects have no position.
    if (at === 0 || at < end) continue;
    bytes += retained[at]!;
    end = tree.subtreeEnd[at]!;
  }
  return bytes;
}
