import { allocate, reallocate } from './memory';

const INITIAL: u32 = 4096;

/**
 * Gives each distinct triple of 32-bit numbers a small id, counting from 0 in order of appearance. So what many objects
 * share is stored once. Open addressing with linear probing, at most two thirds full.
 */
@unmanaged
export class Tuples {
  length: u32;
  a: usize;
  b: usize;
  c: usize;
  private capacity: u32;
  private mask: u32;
  /** Four words per slot, so that a lookup touches one cache line: the triple, and id + 1, or 0 where free. */
  private slots: usize;

  /** An empty table. */
  static make(): Tuples {
    const table = changetype<Tuples>(allocate(offsetof<Tuples>()));
    table.capacity = INITIAL;
    table.a = allocate(INITIAL << 2);
    table.b = allocate(INITIAL << 2);
    table.c = allocate(INITIAL << 2);
    table.mask = INITIAL * 2 - 1;
    table.slots = allocate((INITIAL * 2) << 4);
    return table;
  }

  /** The id of the triple; a new one if it is not in the table. */
  intern(a: u32, b: u32, c: u32): u32 {
    const slots = this.slots;
    const mask = this.mask;
    let slot = hashOfTriple(a, b, c) & mask;
    while (true) {
      const at = slots + (<usize>slot << 4);
      const found = load<u32>(at, 12);
      if (found === 0) return this.add(a, b, c);
      if (load<u32>(at) === a && load<u32>(at, 4) === b && load<u32>(at, 8) === c) return found - 1;
      slot = (slot + 1) & mask;
    }
  }

  private add(a: u32, b: u32, c: u32): u32 {
    if (this.length === this.capacity) {
      const larger = this.capacity + (this.capacity >>> 1);
      this.a = reallocate(this.a, this.capacity << 2, larger << 2);
      this.b = reallocate(this.b, this.capacity << 2, larger << 2);
      this.c = reallocate(this.c, this.capacity << 2, larger << 2);
      this.capacity = larger;
    }
    const id = this.length++;
    store<u32>(this.a + (id << 2), a);
    store<u32>(this.b + (id << 2), b);
    store<u32>(this.c + (id << 2), c);
    if (this.length * 3 > (this.mask + 1) * 2) this.rehash();
    else this.place(id);
    return id;
  }

  private place(id: u32): void {
    const a = load<u32>(this.a + (id << 2));
    const b = load<u32>(this.b + (id << 2));
    const c = load<u32>(this.c + (id << 2));
    let slot = hashOfTriple(a, b, c) & this.mask;
    while (load<u32>(this.slots + (<usize>slot << 4), 12) !== 0) slot = (slot + 1) & this.mask;
    const at = this.slots + (<usize>slot << 4);
    store<u32>(at, a);
    store<u32>(at, b, 4);
    store<u32>(at, c, 8);
    store<u32>(at, id + 1, 12);
  }

  private rehash(): void {
    this.mask = this.mask * 2 + 1;
    this.slots = allocate((<usize>this.mask + 1) << 4);
    for (let id: u32 = 0; id < this.length; id++) this.place(id);
  }
}

/** Hashes three words, with a multiply and xor-shift finalizer. */
@inline
function hashOfTriple(a: u32, b: u32, c: u32): u32 {
  let hash = (a * 0x9e3779b1) ^ (b * 0x85ebca77) ^ (c * 0xc2b2ae3d);
  hash = (hash ^ (hash >>> 15)) * 0x2c1b3c6d;
  return hash ^ (hash >>> 13);
}
