import type { Unit } from '../model/units.ts';

/** Keys of GC.stat that only grow during the life of a process. */
const COUNTER =
  /^(count|time|marking_time|sweeping_time|minor_gc_count|major_gc_count|compact_count|read_barrier_faults|total_\w+)$/;

const BYTES =
  /_bytes(_limit)?$|^(malloc|oldmalloc)_(increase|limit)$|(^|_)(memsize|rss|vsz|pss|uss)$|^memory(_|$)/;

/** Unit and kind of a key of GC.stat, of any version of Ruby. Slots, pages and objects are counts. */
export function gcStatColumn(key: string): { unit: Unit; kind: 'gauge' | 'counter' } {
  // `gc.count`, `heap_eden_slots (40 B)`
  const name = key.slice(key.lastIndexOf('.') + 1).replace(/ \(.*$/, '');
  const kind = COUNTER.test(name) ? 'counter' : 'gauge';
  if (/^(time|marking_time|sweeping_time)$/.test(name)) return { unit: 'milliseconds', kind };
  return { unit: BYTES.test(name) ? 'bytes' : 'count', kind };
}

/** Keys that identify a record as being about memory, and not a line of some other log. */
const MEMORY_KEY =
  /^(?:.*\.)?(heap_\w+|total_allocated_objects?|total_freed_objects?|malloc_increase(_bytes)?|old_objects?|minor_gc_count|(?:.*_)?[rR][sS][sS](_\w+)?|memory(_\w+)?|gc_count)$/;

/** Whether any of the keys identifies a record as being about memory. */
export function isAboutMemory(keys: Iterable<string>): boolean {
  for (const key of keys) if (MEMORY_KEY.test(key)) return true;
  return false;
}

/** Bytes per unit, as written after a number or at the end of a key. */
const SCALES: Record<string, number> = {
  b: 1,
  bytes: 1,
  k: 1024,
  kb: 1024,
  kib: 1024,
  m: 2 ** 20,
  mb: 2 ** 20,
  mib: 2 ** 20,
  g: 2 ** 30,
  gb: 2 ** 30,
  gib: 2 ** 30,
};

/** No process has this many kilobytes: such a number must be bytes. */
const NO_KILOBYTES = 2 ** 31;

/**
 * Name, value and unit of a column. `rss_kb=15108` becomes `rss` in bytes, and so does `memory_rss=168.43MB`.
 * `rss=15108` without a unit is taken for kB, as the kernel and `ps` print it, unless it is far too large for that.
 */
export function memoryColumn(
  key: string,
  value: number,
  unitSuffix: string,
): { name: string; value: number; unit: Unit; kind: 'gauge' | 'counter' } {
  const inKey = /^(.*?)_(kb|kib|mb|mib|gb|gib|bytes)$/i.exec(key);
  const bytesOf = SCALES[unitSuffix.toLowerCase()];
  const isMemory = /(^|_)(rss|vsz|pss|uss|memory)(_|$)/i.test(key);
  if (isMemory && bytesOf !== undefined) {
    return { name: key, value: Math.round(value * bytesOf), unit: 'bytes', kind: 'gauge' };
  }
  if (isMemory && inKey !== null) {
    const scale = SCALES[inKey[2]!.toLowerCase()]!;
    return { name: inKey[1]!.toLowerCase(), value: Math.round(value * scale), unit: 'bytes', kind: 'gauge' };
  }
  if (/^(rss|vsz|pss|uss)$/i.test(key)) {
    const scale = Number.isInteger(value) && value < NO_KILOBYTES ? 1024 : 1;
    return { name: key.toLowerCase(), value: value * scale, unit: 'bytes', kind: 'gauge' };
  }
  if (unitSuffix !== '') return { name: key, value, unit: 'count', kind: 'gauge' };
  return { name: key, value, ...gcStatColumn(key) };
}
