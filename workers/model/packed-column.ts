import type { ObjectIndex } from '../protocol/units.ts';
import type { ObjectFlag } from './object-flags.ts';

/** Objects to a block, 2^6. */
const BLOCK_BITS = 6;

/**
 * A column that many objects have no entry in: the entries alone, in the order of the objects, which have a flag.
 * One count for each 64 objects tells where theirs start.
 */
export class PackedColumn {
  /** Entries, in the order of the objects that have one. */
  readonly values: Uint32Array;
  readonly #flags: Uint16Array;
  readonly #flag: ObjectFlag;
  /** Block of objects → entries of those before it. */
  readonly #before: Uint32Array;

  /** The bit `flag` must not change in `flags`. O(objects). */
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

  /** The entry of an object, or null if it has none. O(64). */
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
