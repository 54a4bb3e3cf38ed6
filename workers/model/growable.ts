import type { List } from './heap-columns.ts';

/**
 * Typed arrays that grow. A column is allocated for the expected number of entries, and grows by half when they were
 * not enough. Untouched pages of a large allocation cost no memory; copies do.
 */

export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** The most entries of one column: indexes of objects and references are 32-bit. */
export const MAX_ENTRIES = 0xffff_fff0;

/** A copy of `column` with room for at least `needed` entries. O(length). */
export function grown<T extends Column>(column: T, needed: number): T {
  const length = Math.min(MAX_ENTRIES, Math.max(needed, Math.ceil(column.length * 1.5), 64));
  if (length < needed) throw new RangeError(`more than ${MAX_ENTRIES} entries in one column`);
  const larger = new (column.constructor as new (length: number) => T)(length);
  larger.set(column as never);
  return larger;
}

/** Appends `values` to the first `used` entries of `column`. Returns `column` itself, or a larger copy. */
export function appended<T extends Column>(column: T, used: number, values: T): T {
  const needed = used + values.length;
  const target = needed > column.length ? grown(column, needed) : column;
  target.set(values as never, used);
  return target;
}

/** A column that is at least this full is not copied: its unused pages were never touched, so they cost no memory. */
const WELL_USED = 0.2;

/**
 * `column` cut to its first `length` entries. The caller must not use `column` afterwards.
 *
 * Buffers are never detached here (by `transfer`, or by sending them to another thread), although that would free their
 * memory at once: after the first detached buffer, V8 checks every access to any typed array of the thread, and the
 * scan becomes measurably slower.
 */
export function trimmed<T extends Column>(column: T, length: number): T {
  const wellUsed = length >= column.length * WELL_USED;
  return (wellUsed ? column.subarray(0, length) : column.slice(0, length)) as T;
}

/** The used values of a list. */
export function valuesOf<Values extends Column>({ values, length }: List<Values>): Values {
  return trimmed(values, length);
}

/** A list of 32-bit unsigned numbers that grows: for side tables, not for hot loops. */
export class Uint32List implements List {
  values: Uint32Array;
  length = 0;

  constructor(capacity = 64) {
    this.values = new Uint32Array(capacity);
  }

  /** Takes over the values of a list. */
  static of({ values, length }: List): Uint32List {
    const list = new Uint32List(0);
    list.values = values;
    list.length = length;
    return list;
  }

  push(value: number): void {
    if (this.length === this.values.length) this.values = grown(this.values, this.length + 1);
    this.values[this.length++] = value;
  }

  /** Adds values at the end. */
  append(values: Uint32Array): void {
    this.values = appended(this.values, this.length, values);
    this.length += values.length;
  }

  /** The used values. The list goes on using the same array. */
  trimmed(): Uint32Array {
    this.values = valuesOf(this);
    return this.values;
  }
}
