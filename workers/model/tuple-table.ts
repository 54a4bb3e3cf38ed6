import { grown } from './growable.ts';

/**
 * Gives equal triples of 32-bit numbers one small id each, counting from 0 in order of appearance, so that what
 * many objects have in common is counted once.
 *
 * Open addressing with linear probing, at most two thirds full. `intern` is O(1) and makes no objects.
 */
export class TupleTable {
  length = 0;
  a: Uint32Array;
  b: Uint32Array;
  c: Uint32Array;
  /** Four words a slot, so that a look-up touches one cache line: the triple, and id + 1, or 0 where free. */
  #slots: Uint32Array;
  /** Slots - 1. */
  #mask: number;

  constructor(capacity = 1024) {
    const slots = 2 ** Math.ceil(Math.log2(capacity * 1.5));
    this.#slots = new Uint32Array(slots * 4);
    this.#mask = slots - 1;
    this.a = new Uint32Array(capacity);
    this.b = new Uint32Array(capacity);
    this.c = new Uint32Array(capacity);
  }

  /** The id of the triple; a new one if it was not there. Values are taken modulo 2^32. */
  intern(a: number, b: number, c: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let slot = hashTriple(a, b, c) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * 4;
      const found = slots[at + 3]!;
      if (found === 0) return this.#add(at, a, b, c);
      if (slots[at] === a >>> 0 && slots[at + 1] === b >>> 0 && slots[at + 2] === c >>> 0) return found - 1;
    }
  }

  #add(at: number, a: number, b: number, c: number): number {
    const id = this.length++;
    if (id === this.a.length) {
      this.a = grown(this.a, id + 1);
      this.b = grown(this.b, id + 1);
      this.c = grown(this.c, id + 1);
    }
    this.a[id] = a;
    this.b[id] = b;
    this.c[id] = c;
    this.#fill(at, id);
    if (this.length * 3 > (this.#mask + 1) * 2) this.#rehash();
    return id;
  }

  #fill(at: number, id: number): void {
    this.#slots[at] = this.a[id]!;
    this.#slots[at + 1] = this.b[id]!;
    this.#slots[at + 2] = this.c[id]!;
    this.#slots[at + 3] = id + 1;
  }

  #rehash(): void {
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Uint32Array((this.#mask + 1) * 4);
    for (let id = 0; id < this.length; id++) {
      let slot = hashTriple(this.a[id]!, this.b[id]!, this.c[id]!) & this.#mask;
      while (this.#slots[slot * 4 + 3] !== 0) slot = (slot + 1) & this.#mask;
      this.#fill(slot * 4, id);
    }
  }
}

/** Mixes three words; the finaliser is that of MurmurHash3. */
function hashTriple(a: number, b: number, c: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
