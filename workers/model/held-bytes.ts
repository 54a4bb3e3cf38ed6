import type { Bytes } from '../protocol/units.ts';

/** A value with private columns that reports its memory itself. */
interface ReportsMemory {
  readonly memoryBytes: Bytes;
}

/**
 * Bytes of all typed arrays in plain data, each counted once, and of values that report their memory themselves. New
 * columns are included without further code. O(entries that are not in columns).
 */
export function heldBytes(data: unknown): Bytes {
  const seen = new Set<object>();
  const bytesOf = (value: unknown): Bytes => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
    seen.add(value);
    if (ArrayBuffer.isView(value)) return value.byteLength;
    if (reportsMemory(value)) return value.memoryBytes;
    return Object.values(value).reduce<Bytes>((sum, each) => sum + bytesOf(each), 0);
  };
  return bytesOf(data);
}

function reportsMemory(value: object): value is ReportsMemory {
  return 'memoryBytes' in value && typeof value.memoryBytes === 'number';
}
