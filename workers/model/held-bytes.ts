import type { Bytes } from '../protocol/units.ts';

/** What tells its memory itself, since its columns are private. */
interface TellsMemory {
  readonly memoryBytes: Bytes;
}

/**
 * Bytes of all columns in plain data: whatever typed arrays are in it, each once, and what {@link TellsMemory}. A column
 * that is added counts by itself. O(entries that are no columns).
 */
export function heldBytes(data: unknown): Bytes {
  const seen = new Set<object>();
  const bytesOf = (value: unknown): Bytes => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
    seen.add(value);
    if (ArrayBuffer.isView(value)) return value.byteLength;
    if (tellsMemory(value)) return value.memoryBytes;
    return Object.values(value).reduce<Bytes>((sum, each) => sum + bytesOf(each), 0);
  };
  return bytesOf(data);
}

function tellsMemory(value: object): value is TellsMemory {
  return 'memoryBytes' in value && typeof value.memoryBytes === 'number';
}
