/** How full the slots get before there are twice as many. */
const MAX_LOAD = 0.6;

/**
 * What is known of live blocks by their address: site, size, and when they were allocated. An open hash table in
 * columns, 28 bytes a slot; it grows with the blocks that are alive at once, and not with all there were. Addresses
 * are whole numbers up to 2^53, of which 0 is none.
 */
export class BlockTable {
  length = 0;
  #slots = 1 << 12;
  /** Address of the block in a slot, 0 = empty. */
  #address = new Float64Array(this.#slots);
  #site = new Uint32Array(this.#slots);
  #size = new Float64Array(this.#slots);
  #born = new Float64Array(this.#slots);

  /** Slot of a block, or -1. It is good until the table is changed. */
  find(address: number): number {
    const mask = this.#slots - 1;
    let slot = hash(address) & mask;
    for (;;) {
      const there = this.#address[slot]!;
      if (there === address) return slot;
      if (there === 0) return -1;
      slot = (slot + 1) & mask;
    }
  }

  siteAt(slot: number): number {
    return this.#site[slot]!;
  }

  sizeAt(slot: number): number {
    return this.#size[slot]!;
  }

  bornAt(slot: number): number {
    return this.#born[slot]!;
  }

  /** Adds a block at an address that has none. */
  add(address: number, site: number, size: number, born: number): void {
    if (this.length >= this.#slots * MAX_LOAD) this.#grow();
    this.length++;
    this.#put(address, site, size, born);
  }

  #put(address: number, site: number, size: number, born: number): void {
    const mask = this.#slots - 1;
    let slot = hash(address) & mask;
    while (this.#address[slot] !== 0) slot = (slot + 1) & mask;
    this.#address[slot] = address;
    this.#site[slot] = site;
    this.#size[slot] = size;
    this.#born[slot] = born;
  }

  /** Removes the block in a slot; those after it that would not be found any more move up. */
  remove(slot: number): void {
    const mask = this.#slots - 1;
    this.length--;
    let hole = slot;
    let at = (slot + 1) & mask;
    while (this.#address[at] !== 0) {
      const home = hash(this.#address[at]!) & mask;
      // Between its home and the hole there is no gap: it may move into the hole.
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        this.#address[hole] = this.#address[at]!;
        this.#site[hole] = this.#site[at]!;
        this.#size[hole] = this.#size[at]!;
        this.#born[hole] = this.#born[at]!;
        hole = at;
      }
      at = (at + 1) & mask;
    }
    this.#address[hole] = 0;
  }

  #grow(): void {
    const [address, site, size, born] = [this.#address, this.#site, this.#size, this.#born];
    this.#slots *= 2;
    this.#address = new Float64Array(this.#slots);
    this.#site = new Uint32Array(this.#slots);
    this.#size = new Float64Array(this.#slots);
    this.#born = new Float64Array(this.#slots);
    for (let slot = 0; slot < address.length; slot++) {
      if (address[slot] !== 0) this.#put(address[slot]!, site[slot]!, size[slot]!, born[slot]!);
    }
  }
}

function hash(address: number): number {
  // Both halves of the 53 bits; blocks are aligned, so the lowest bits tell little.
  const low = address >>> 0;
  const high = (address - low) / 2 ** 32;
  let mixed = Math.imul(low >>> 4, 0x9e3779b1) ^ Math.imul(high + (low & 15), 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
}
