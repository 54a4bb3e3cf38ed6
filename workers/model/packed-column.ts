import type { ObjectIndex } from '../protocol/units.ts';
import type { ObjectFlag } from './object-flags.ts';

/** Objects per block: 2^6. */
const BLOCK_BITS = 6;

/**
 * A sparse column that stores entries only for the objects that have one, in object order. A flag marks these objects;
 * for every 64 objects, the number of entries before them is stored.
 */
export class PackedColumn {
  /** Entries of the objects that have one, in object order. */
  readonly values: Uint32Array;
  readonly #flags: Uint16Array;
  readonly #flag: ObjectFlag;
  /** Block → number of entries before it. */
  readonly #before: Uint32Array;

  /** The bit `flag` of `flags` must not change afterwards. O(objects). */
  constructor(values: Uint32Array, flags: Uint16Array, flag: ObjectFlag) {
    this.values = values;
    this.#flags = flags;
    this.#flag = flag;
    this.#before = new Uint32Array((flags.length >>> BLOCK_BITS) + 1);
    let entries = 0;
    for (let object = 0; object < flags.length; object++) {
      if ((object & 63) === 0) this.#before[object >>> BLOCK_BITS] = entries;
      if ((flags[object]! & flag) !== 0) entries++;
    }
  }

  /** The entry of an object, or null if it has none. Visits at most 64 objects. */
  of(object: ObjectIndex): number | null {
    const flags = this.#flags;
    if ((flags[object]! & this.#flag) === 0) return null;
    const block = object >>> BLOCK_BITS;
    let at = this.#before[block]!;
    for (let other = block << BLOCK_BITS; other < object; other++) {
      if ((flags[other]! & this.#flag) !== 0) at++;
    }
    return this.values[at]!;
  }

  get memoryBytes(): number {
    return this.values.byteLength + this.#before.byteLength;
  }
}
