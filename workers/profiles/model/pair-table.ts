import { grown } from '../../model/growable.ts';

/** Load factor at which the number of slots is doubled. */
const MAX_LOAD = 0.6;

/**
 * Interns pairs of unsigned 32-bit numbers: the first pair added has id 0, the next new one id 1, and so on. Call trees
 * are such tables (parent, frame), and so are frames. O(1) per pair, 8 bytes per pair plus 4 per slot.
 */
export class PairTable {
  /** First and second number of each pair, by id; only the first `length` entries are in use. */
  first: Uint32Array = new Uint32Array(64);
  second: Uint32Array = new Uint32Array(64);
  length = 0;
  /** Id + 1 of the pair in a slot, 0 = empty. The number of slots is a power of two. */
  #slots = new Uint32Array(128);

  /** The id of a pair, which is added if it is new. */
  idOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(first, second) & mask;
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry === 0) break;
      if (this.first[entry - 1] === first && this.second[entry - 1] === second) return entry - 1;
      slot = (slot + 1) & mask;
    }
    const id = this.length++;
    if (id >= this.first.length) {
      this.first = grown(this.first, id + 1);
      this.second = grown(this.second, id + 1);
    }
    this.first[id] = first;
    this.second[id] = second;
    this.#slots[slot] = id + 1;
    if (this.length > this.#slots.length * MAX_LOAD) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.length; id++) {
      let slot = hash(this.first[id]!, this.second[id]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
