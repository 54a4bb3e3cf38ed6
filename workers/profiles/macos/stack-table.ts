import { grown } from '../../model/growable.ts';

const MAX_LOAD = 0.5;

/**
 * Interns byte strings: the stacks of a log of gigabytes, in which the same few thousand occur again and again. Hashes
 * and compares four bytes at a time. A look-up is O(length); memory is that of the distinct strings.
 */
export class StackTable {
  length = 0;
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  /** String → its start in the bytes; it ends where the next one starts. */
  #start = new Uint32Array(1024);
  #hashes = new Int32Array(1024);
  /** Id + 1, 0 = empty. */
  #slots = new Uint32Array(2048);

  /** The id of the bytes from `from` to `to`, which are added if new. `view` covers the same memory as `bytes`. */
  idOf(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    const hash = hashOf(bytes, view, from, to);
    const mask = this.#slots.length - 1;
    let slot = (hash >>> 0) & mask;
    for (;;) {
      const entry = this.#slots[slot]!;
      if (entry === 0) break;
      if (this.#hashes[entry - 1] === hash && this.#equals(entry - 1, bytes, view, from, to))
        return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, hash, bytes.subarray(from, to));
  }

  /** The text of an id. */
  text(id: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(this.#start[id]!, this.#start[id + 1]!));
  }

  #equals(id: number, bytes: Uint8Array, view: DataView, from: number, to: number): boolean {
    let mine = this.#start[id]!;
    if (this.#start[id + 1]! - mine !== to - from) return false;
    let at = from;
    for (; at + 4 <= to; at += 4, mine += 4) {
      if (view.getInt32(at, true) !== this.#view.getInt32(mine, true)) return false;
    }
    for (; at < to; at++, mine++) if (bytes[at] !== this.#bytes[mine]) return false;
    return true;
  }

  #add(slot: number, hash: number, text: Uint8Array): number {
    const id = this.length++;
    if (id + 2 > this.#start.length) this.#start = grown(this.#start, id + 2);
    if (id >= this.#hashes.length) this.#hashes = grown(this.#hashes, id + 1);
    if (this.#used + text.length > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, this.#used + text.length);
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#bytes.set(text, this.#used);
    this.#used += text.length;
    this.#start[id + 1] = this.#used;
    this.#hashes[id] = hash;
    this.#slots[slot] = id + 1;
    if (this.length > this.#slots.length * MAX_LOAD) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.length; id++) {
      let slot = (this.#hashes[id]! >>> 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}

function hashOf(bytes: Uint8Array, view: DataView, from: number, to: number): number {
  let hash = to - from;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  for (; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x5bd1e995);
  return hash ^ (hash >>> 13);
}
