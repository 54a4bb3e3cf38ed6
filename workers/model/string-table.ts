import { grown } from './growable.ts';

/** Odd multipliers of the word and byte steps of {@link hashWord} and {@link hashByte}. */
const WORD_MULTIPLIER = 0x9e3779b1;
const BYTE_MULTIPLIER = 0x01000193;
export const HASH_SEED = 0x811c9dc5 | 0;

/** One step of the text hash, over four bytes (little-endian). Int32 in, Int32 out. */
export function hashWord(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, WORD_MULTIPLIER);
}

/** One step of the text hash, over one byte. Int32 in, Int32 out. */
export function hashByte(hash: number, byte: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ byte, BYTE_MULTIPLIER);
}

/** The hash of bytes as the scanner computes it on the way: words of four, then the rest one by one. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    hash = hashWord(hash, word);
  }
  for (; at < end; at++) hash = hashByte(hash, bytes[at]!);
  return hash;
}

/**
 * Byte strings that many objects share (file names, methods, class names), each kept once. Ids count from 0; id 0
 * is always the empty string. JavaScript strings are made only when asked for, and then kept.
 */
export class StringTable {
  length = 0;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);
  /** The same memory, eight bytes at a time, on little-endian machines as all are. See {@link isText}. */
  #doubles = new Float64Array(this.#bytes.buffer);
  #used = 0;
  /** Where the text of an id starts: at a multiple of eight, so that texts are compared eight bytes at a time. */
  #starts = new Uint32Array(1024);
  #lengths = new Uint32Array(1024);
  #hashes = new Int32Array(1024);
  #slots = new Uint32Array(2048);
  #texts = new Map<number, string>();
  #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor() {
    this.intern(new Uint8Array(0), 0, 0, HASH_SEED);
  }

  /** The id of the bytes `start` … `end`, whose {@link hashBytes} is `hash`. O(length of the text). */
  intern(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = slotOf(hash) & mask;
    for (;;) {
      const id = this.#slots[slot]! - 1;
      if (id < 0) return this.#add(slot, bytes, start, end, hash);
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return id;
      slot = (slot + 1) & mask;
    }
  }

  /** The id of a text. */
  internText(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.intern(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
  }

  /**
   * The id of the bytes `start` … `end` of a view if they are in the table; -1 otherwise. What {@link intern} does
   * for a text that is known, which nearly all are, eight bytes at a time.
   */
  find(view: DataView, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = slotOf(hash) & mask;
    for (;;) {
      const id = this.#slots[slot]! - 1;
      if (id < 0) return -1;
      if (
        this.#hashes[id] === hash &&
        this.#lengths[id] === end - start &&
        this.isText(id, view, start, end)
      ) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Bytes of the text of an id. */
  lengthOf(id: number): number {
    return this.#lengths[id]!;
  }

  /**
   * Whether the bytes `start` … `end` of a view, as many as the text of `id` has, are that text. Eight bytes are
   * compared as one floating-point number: equal numbers have equal bytes, but for zeros, which are no text. Bytes
   * that make no number (NaN) differ from themselves, so that the answer is no for some texts that no file has;
   * {@link intern} still finds those.
   */
  isText(id: number, view: DataView, start: number, end: number): boolean {
    const from = this.#starts[id]!;
    // From the back: paths begin alike.
    let at = end;
    for (let own = from + (end - start); (own & 7) !== 0; ) {
      own--;
      at--;
      if (this.#bytes[own] !== view.getUint8(at)) return false;
    }
    const doubles = this.#doubles;
    for (let eight = (from + (at - start)) >>> 3; at > start; ) {
      eight--;
      at -= 8;
      if (doubles[eight] !== view.getFloat64(at, true)) return false;
    }
    return true;
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[id]!;
    const length = end - start;
    if (this.#lengths[id] !== length) return false;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[from + i] !== bytes[start + i]) return false;
    return true;
  }

  /** The text of an id; bytes that are no UTF-8 become U+FFFD. */
  text(id: number): string {
    let text = this.#texts.get(id);
    if (text === undefined) {
      text = this.#decoder.decode(
        this.#bytes.subarray(this.#starts[id]!, this.#starts[id]! + this.#lengths[id]!),
      );
      this.#texts.set(id, text);
    }
    return text;
  }

  #add(slot: number, bytes: Uint8Array, start: number, end: number, hash: number): number {
    const id = this.length++;
    if (id === this.#starts.length) {
      this.#starts = grown(this.#starts, id + 1);
      this.#lengths = grown(this.#lengths, id + 1);
      this.#hashes = grown(this.#hashes, id + 1);
    }
    const used = this.#used + (end - start);
    if (used > this.#bytes.length) {
      const larger = new Uint8Array((Math.ceil(used * 1.5) + 7) & ~7);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#doubles = new Float64Array(larger.buffer);
    }
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    this.#starts[id] = this.#used;
    this.#lengths[id] = end - start;
    this.#hashes[id] = hash;
    this.#used = (used + 7) & ~7;
    this.#slots[slot] = id + 1;
    if (this.length * 3 > this.#slots.length * 2) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.length; id++) {
      const hash = this.#hashes[id]!;
      let slot = slotOf(hash) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }

  get memoryBytes(): number {
    return this.#bytes.byteLength + this.#starts.byteLength * 3 + this.#slots.byteLength;
  }
}

function slotOf(hash: number): number {
  return hash ^ (hash >>> 15);
}
