import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { ObjectGroups } from './grouping.ts';

/** Objects by the slot size of their page (numbers.md#encoding). O(n). */
export function* slotGroups({ slots, pages, keys }: HeapSnapshot): Steps<ObjectGroups> {
  const labels: (string | null)[] = [null];
  const groupOfSize = new Map<number, number>();
  const groupOfPage = new Uint32Array(pages.numbers.length / 2);
  for (const [row, key] of slots.keys.entries()) {
    const bytes = slots.bytes[row]!;
    const group = groupOfSize.get(bytes) ?? labels.push(String(bytes)) - 1;
    groupOfSize.set(bytes, group);
    groupOfPage[key >>> pages.slotBits] = group;
  }
  const groupOf = new Uint32Array(keys.length);
  for (let object = 0; object < keys.length; object++) {
    if ((object & (STRIDE - 1)) === 0) yield object / keys.length;
    groupOf[object] = groupOfPage[keys[object]! >>> pages.slotBits]!;
  }
  return { key: 'slot', groupOf, labels };
}
