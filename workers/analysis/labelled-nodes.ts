import { grown } from '../model/growable.ts';

/** The label of a node that is not merged with others. */
export const UNIQUE = 0xffff_ffff;

/**
 * Nodes of a tree in which siblings with the same label are one node. Columns over node ids; node 0 is the root, and a
 * parent has a smaller id than its children. A hash table finds the child with a label: O(1) for each look-up, and
 * 24 bytes a node or less.
 */
export class LabelledNodes {
  count = 1;
  /** Node → parent. */
  parent = new Uint32Array(1024);
  /** Node → label, or {@link UNIQUE}. */
  label = new Uint32Array(1024).fill(UNIQUE, 0, 1);
  /** Node → what it was first created for. */
  first = new Uint32Array(1024);
  /** Node → the child found last: elements of an array, for example, mostly have the same class. */
  #lastChild = new Uint32Array(1024);
  /** Ids by parent and label, 0 = free. Open addressing, at most half full. */
  #slots = new Uint32Array(4096);
  readonly #onGrow: (capacity: number) => void;

  /**
   * `onGrow` is called with the new capacity when there is no room for another node, so that callers can grow their own
   * columns.
   */
  constructor(onGrow: (capacity: number) => void) {
    this.#onGrow = onGrow;
  }

  /** Number of nodes that columns have room for. */
  get capacity(): number {
    return this.parent.length;
  }

  /** The child of a node with a label. It is created if there is none, and always if the label is {@link UNIQUE}. */
  childOf(above: number, label: number, first: number): number {
    if (label === UNIQUE) return this.add(above, label, first);
    const last = this.#lastChild[above]!;
    if (last !== 0 && this.label[last] === label) return last;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(above, label) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const node = slots[slot]!;
      if (this.parent[node] !== above || this.label[node] !== label) continue;
      this.#lastChild[above] = node;
      return node;
    }
    const node = this.add(above, label, first);
    slots[slot] = node;
    this.#lastChild[above] = node;
    if (this.count * 2 > slots.length) this.#rehash();
    return node;
  }

  /** Creates a node. A node with a label can only be found again if {@link childOf} created it. */
  add(above: number, label: number, first: number): number {
    const node = this.count++;
    if (node === this.parent.length) this.#grow();
    this.parent[node] = above;
    this.label[node] = label;
    this.first[node] = first;
    return node;
  }

  #grow(): void {
    this.parent = grown(this.parent, this.count);
    this.label = grown(this.label, this.count);
    this.first = grown(this.first, this.count);
    this.#lastChild = grown(this.#lastChild, this.count);
    this.#onGrow(this.capacity);
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let node = 1; node < this.count; node++) {
      if (this.label[node] === UNIQUE) continue;
      let slot = hashOf(this.parent[node]!, this.label[node]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node;
    }
    this.#slots = slots;
  }
}

/** A hash of two words, with the finalizer of MurmurHash3. */
function hashOf(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
