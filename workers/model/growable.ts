/**
 * Typed arrays that grow. A column is allocated for the number of entries expected and grows by half when that
 * was too few: untouched pages of a large allocation cost no memory, copies do.
 */

export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The most entries of one column: indexes of objects and references are 32-bit. */
export const MAX_ENTRIES = 0xffff_fff0;

/** A copy of `column` with room for at least `needed` entries. Cost O(length). */
export function grown<T extends Column>(column: T, needed: number): T {
  const length = Math.min(MAX_ENTRIES, Math.max(needed, Math.ceil(column.length * 1.5), 64));
  if (length < needed) throw new RangeError(`more than ${MAX_ENTRIES} entries in one column`);
  const larger = new (column.constructor as new (length: number) => T)(length);
  larger.set(column as never);
  release(column);
  return larger;
}

/** A column that is used to this part is kept as it is: the rest was never touched, and has no memory behind it. */
const WELL_USED = 0.5;

/**
 * `column` cut to its first `length` entries. The column given is gone afterwards: its memory is given back at
 * once, where the engine can, and not when garbage is next collected, which is too late at millions of objects.
 */
export function trimmed<T extends Column>(column: T, length: number): T {
  if (length >= column.length * WELL_USED) return column.subarray(0, length) as T;
  const { buffer } = column;
  const whole = column.byteOffset === 0 && column.byteLength === buffer.byteLength;
  if (!whole || !(buffer instanceof ArrayBuffer) || !canTransfer(buffer)) return column.slice(0, length) as T;
  const cut = buffer.transfer(length * column.BYTES_PER_ELEMENT);
  return new (column.constructor as new (buffer: ArrayBuffer) => T)(cut);
}

/** Gives the memory of a column back at once. It must not be used afterwards. Nothing if it is gone already. */
export function release(column: ArrayBufferView): void {
  const { buffer } = column;
  if (buffer instanceof ArrayBuffer && buffer.byteLength > 0 && canTransfer(buffer)) buffer.transfer(0);
}

/** Node 20 does not have it yet. */
function canTransfer(buffer: ArrayBuffer): boolean {
  return 'transferX' in buffer;
}

/** A list of 32-bit unsigned numbers that grows: for side tables, not for the hottest loops. */
export class Uint32List {
  values: Uint32Array;
  length = 0;

  constructor(capacity = 64) {
    this.values = new Uint32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, this.length + 1);
    this.values[this.length++] = value;
  }

  /** The values alone; the list goes on with them. */
  trimmed(): Uint32Array {
    this.values = trimmed(this.values, this.length);
    return this.values;
  }
}
