import type { Field } from './record-series.ts';

/** `0.heap_eden_slots`, `stat_heap.3.slot_size`: a number of one of the heaps in GC.stat_heap. */
const OF_POOL = /^((?:.*\.)?\d+)\.(\w+)$/;

/**
 * The fields of a record, with those of `GC.stat_heap` (Ruby 3.2 and later) renamed by the size of the slots rather
 * than the number of the heap: `heap_eden_slots (40 B)`. Sums over all heaps are added under the name in `GC.stat`,
 * unless the record already has them.
 */
export function withSlotPools(fields: readonly Field[]): readonly Field[] {
  const sizes = new Map<string, number>();
  for (const { key, value } of fields) {
    const [, pool, name] = OF_POOL.exec(key) ?? [];
    if (pool !== undefined && name === 'slot_size') sizes.set(pool, value);
  }
  if (sizes.size === 0) return fields;
  const others: Field[] = [];
  const ofPools: Field[] = [];
  const sums = new Map<string, number>();
  for (const field of fields) {
    const [, pool, name] = OF_POOL.exec(field.key) ?? [];
    const size = pool === undefined ? undefined : sizes.get(pool);
    if (name === undefined || size === undefined) others.push(field);
    else if (name !== 'slot_size') {
      ofPools.push({ ...field, key: `${name} (${size} B)` });
      sums.set(name, (sums.get(name) ?? 0) + field.value);
    }
  }
  const said = new Set(others.map(({ key }) => key.slice(key.lastIndexOf('.') + 1)));
  const all = [...sums].flatMap(([key, value]) => (said.has(key) ? [] : [{ key, value, unit: '' }]));
  return [...others, ...all, ...ofPools];
}
