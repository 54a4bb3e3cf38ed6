import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectGroups } from './grouping.ts';

/**
 * Objects by the slot size of their page (numbers.md#encoding). Null if records of one page have different sizes,
 * which no Ruby writes: then the size of each object is read from its record. O(n).
 */
export function slotGroups({ slots, pages, keys }: HeapSnapshot): ObjectGroups | null {
  const labels: (string | null)[] = [null];
  const groupOfSize = new Map<number, number>();
  const groupOfPage = new Uint32Array(pages.numbers.length / 2);
  for (const [row, key] of slots.keys.entries()) {
    const bytes = slots.bytes[row]!;
    const group = groupOfSize.get(bytes) ?? labels.push(String(bytes)) - 1;
    groupOfSize.set(bytes, group);
    const page = key >>> pages.slotBits;
    if (groupOfPage[page] !== 0 && groupOfPage[page] !== group) return null;
    groupOfPage[page] = group;
  }
  const groupOf = new Uint32Array(keys.length);
  for (let object = 0; object < keys.length; object++) {
    groupOf[object] = groupOfPage[keys[object]! >>> pages.slotBits]!;
  }
  return { key: 'slot', groupOf, labels };
}
