/** Load factor at which the number of slots is doubled. */
const MAX_LOAD = 0.6;

/**
 * Site, size and birth of live blocks by address: an open-addressing hash table in columns, 28 bytes per slot. It grows
 * with the number of blocks that are live at once, not with the total. Addresses are whole numbers up to 2^53; 0 is not
 * allowed.
 */
export class BlockTable {
  length = 0;
  #slots = 1 << 12;
  /** Address of the block in a slot, 0 = empty. */
  #address = new Float64Array(this.#slots);
  #site = new Uint32Array(this.#slots);
  #size = new Float64Array(this.#slots);
  #born = new Float64Array(this.#slots);

  /** The slot of a block, or -1. Valid until the table is changed. */
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

  /** Adds a block at an address that is not in the table. */
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

  /** Removes the block in a slot; blocks after it that would no longer be found move up. */
  remove(slot: number): void {
    const mask = this.#slots - 1;
    this.length--;
    let hole = slot;
    let at = (slot + 1) & mask;
    while (this.#address[at] !== 0) {
      const home = hash(this.#address[at]!) & mask;
      // There is no gap between its home slot and the hole, so it may move into the hole.
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
  // Mixes both halves of the 53 bits; blocks are aligned, so the lowest bits contain little information.
  const low = address >>> 0;
  const high = (address - low) / 2 ** 32;
  let mixed = Math.imul(low >>> 4, 0x9e3779b1) ^ Math.imul(high + (low & 15), 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
}
