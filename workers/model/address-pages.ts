import { ProblemError } from '../protocol/errors.ts';
import { grown, trimmed } from './growable.ts';

const PAGE_BITS = 14;
const PAGE_BYTES = 1 << PAGE_BITS;
/** Pages that are found without a search; a power of two. */
const RECENT = 256;

/**
 * Addresses as 32-bit keys, and the index from a key to an object.
 *
 * A page here is 16 KiB of address space: the heap page of Ruby up to 3.1, a quarter of that of later ones. Each
 * page that an address falls into gets a small id; a key is that id and the slot within the page. So a heap may be spread over any
 * span of a 64-bit address space, as long as it touches less than 32 GiB of pages.
 *
 * Each page has a bitmap of the slots at which objects start, and per word of it the number of objects before
 * (rank): a look-up is two array reads and a popcount, at under 2 bytes an object. Ruby writes each page's
 * objects in one run in ascending order, so that an object's index is the page's first index plus the rank;
 * where a file does not keep to that, an explicit order is built (4 bytes an object more).
 *
 * The idea is that of rank on plain bitmaps: G. Jacobson, Space-efficient static trees and graphs (1989).
 */
export class AddressPages {
  /** Key of what can be no object: its page 0 stays empty. */
  static readonly NO_KEY = 0;

  /** Addresses are multiples of 2^shift: 8 bytes, or 4 on 32-bit machines. */
  readonly shift: 2 | 3;
  /** Bits of a key that tell the slot. */
  readonly slotBits: number;
  readonly #slotMask: number;
  readonly #wordsPerPage: number;
  readonly #maxPages: number;

  #pageCount = 1;
  /** address / 16384 of each page: its low 32 bits, and those above. */
  #pageLow = new Int32Array(256);
  #pageHigh = new Uint32Array(256);
  #firstObject = new Uint32Array(256);
  #bits: Uint32Array;
  /** Objects of the page before each word of the bitmap. */
  #ranks = new Uint16Array(0);
  #objectOrder: Uint32Array | null = null;

  /** page id, or 0 where free. Open addressing. */
  #slots = new Uint32Array(1024);
  /** Low and high part and id of the pages met last, by their lowest bits: most addresses are near by. */
  #recent = new Int32Array(RECENT * 3);

  #lastObjectPage = 0;
  #lastObjectSlot = -1;
  #ordered = true;

  constructor(shift: 2 | 3) {
    this.shift = shift;
    this.slotBits = PAGE_BITS - shift;
    this.#slotMask = (1 << this.slotBits) - 1;
    this.#wordsPerPage = (1 << this.slotBits) / 32;
    this.#maxPages = 2 ** (32 - this.slotBits);
    this.#bits = new Uint32Array(256 * this.#wordsPerPage);
  }

  /**
   * The key of the address `high * 65536 + low`; {@link NO_KEY} if it is not aligned, so that it can be no
   * object. O(1).
   */
  key(high: number, low: number): number {
    if ((low & ((1 << this.shift) - 1)) !== 0) return AddressPages.NO_KEY;
    const pageLow = (high << 2) | (low >>> PAGE_BITS);
    const pageHigh = high < 0x8000_0000 ? high >>> 30 : Math.floor(high / 2 ** 30);
    const recent = (pageLow & (RECENT - 1)) * 3;
    const known = this.#recent[recent] === pageLow && this.#recent[recent + 1] === pageHigh;
    // An unused place looks like that of page 0, but has no id.
    const id = (known ? this.#recent[recent + 2]! : 0) || this.#pageId(pageLow, pageHigh, recent);
    return ((id << this.slotBits) | ((low >>> this.shift) & this.#slotMask)) >>> 0;
  }

  #pageId(pageLow: number, pageHigh: number, recent: number): number {
    const slot = this.#findSlot(pageLow, pageHigh);
    const id = this.#slots[slot]! || this.#addPage(pageLow, pageHigh, slot);
    this.#recent[recent] = pageLow;
    this.#recent[recent + 1] = pageHigh;
    this.#recent[recent + 2] = id;
    return id;
  }

  /** Where the page's id is, or would be. */
  #findSlot(pageLow: number, pageHigh: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashPage(pageLow) & mask;
    for (let id = this.#slots[slot]!; id !== 0; id = this.#slots[slot]!) {
      if (this.#pageLow[id] === pageLow && this.#pageHigh[id] === pageHigh) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #addPage(pageLow: number, pageHigh: number, slot: number): number {
    const id = this.#pageCount++;
    if (id >= this.#maxPages) {
      throw new ProblemError({
        code: 'too-large',
        file: '',
        message: `The addresses of this dump are spread over more than ${this.#maxPages / 65536} GiB of pages.`,
        advice:
          'Heapscape keeps addresses as 32-bit keys. Take a dump of a smaller process, or of what is new with since:.',
      });
    }
    if (id === this.#pageLow.length) {
      this.#pageLow = grown(this.#pageLow, id + 1);
      this.#pageHigh = grown(this.#pageHigh, id + 1);
      this.#firstObject = grown(this.#firstObject, id + 1);
    }
    const words = (id + 1) * this.#wordsPerPage;
    if (words > this.#bits.length) this.#bits = grown(this.#bits, words);
    this.#pageLow[id] = pageLow;
    this.#pageHigh[id] = pageHigh;
    this.#slots[slot] = id;
    if (this.#pageCount * 4 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < this.#pageCount; id++) {
      let slot = hashPage(this.#pageLow[id]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }

  /** Notes that object `index` starts at `key`. False if another object does already, or the key is none. */
  addObject(key: number, index: number): boolean {
    const page = key >>> this.slotBits;
    const slot = key & this.#slotMask;
    const word = page * this.#wordsPerPage + (slot >>> 5);
    const bit = 1 << (slot & 31);
    if (page === 0 || (this.#bits[word]! & bit) !== 0) return false;
    this.#bits[word]! |= bit;
    if (page !== this.#lastObjectPage) {
      if (this.#hasObjectsBut(page, word, bit)) this.#ordered = false;
      else this.#firstObject[page] = index;
      this.#lastObjectPage = page;
    } else if (slot < this.#lastObjectSlot) this.#ordered = false;
    this.#lastObjectSlot = slot;
    return true;
  }

  #hasObjectsBut(page: number, word: number, bit: number): boolean {
    const from = page * this.#wordsPerPage;
    for (let w = from; w < from + this.#wordsPerPage; w++) {
      if ((w === word ? this.#bits[w]! & ~bit : this.#bits[w]!) !== 0) return true;
    }
    return false;
  }

  /** Makes {@link objectAt} answer, when all objects are in. `keys[i]` is the key of object i. O(n + pages). */
  seal(keys: Uint32Array): void {
    const words = this.#pageCount * this.#wordsPerPage;
    this.#bits = trimmed(this.#bits, words);
    this.#ranks = new Uint16Array(words);
    let base = 0;
    for (let page = 1; page < this.#pageCount; page++) {
      const from = page * this.#wordsPerPage;
      let rank = 0;
      for (let w = from; w < from + this.#wordsPerPage; w++) {
        this.#ranks[w] = rank;
        rank += popcount(this.#bits[w]!);
      }
      if (!this.#ordered) {
        this.#firstObject[page] = base;
        base += rank;
      }
    }
    if (this.#ordered) return;
    const order = new Uint32Array(keys.length);
    for (let i = 0; i < keys.length; i++) order[this.#position(keys[i]!)] = i;
    this.#objectOrder = order;
  }

  /** Index of the object at `key`, or -1. Two or three array reads. */
  objectAt(key: number): number {
    const position = this.#position(key);
    return position < 0 || this.#objectOrder === null ? position : this.#objectOrder[position]!;
  }

  #position(key: number): number {
    const slot = key & this.#slotMask;
    const page = key >>> this.slotBits;
    const word = page * this.#wordsPerPage + (slot >>> 5);
    const bits = this.#bits[word]!;
    const bit = 1 << (slot & 31);
    if ((bits & bit) === 0) return -1;
    return this.#firstObject[page]! + this.#ranks[word]! + popcount(bits & (bit - 1));
  }

  /** Index of the object at an address, or -1. O(1). */
  objectAtAddress(address: number): number {
    const low = address % PAGE_BYTES;
    if ((low & ((1 << this.shift) - 1)) !== 0) return -1;
    const page = Math.floor(address / PAGE_BYTES);
    const pageLow = page | 0;
    const pageHigh = Math.floor(page / 2 ** 32);
    const id = this.#slots[this.#findSlot(pageLow, pageHigh)]!;
    return id === 0 ? -1 : this.objectAt(((id << this.slotBits) | (low >>> this.shift)) >>> 0);
  }

  /** address / 16384 */
  #pageNumber(id: number): number {
    return this.#pageHigh[id]! * 2 ** 32 + (this.#pageLow[id]! >>> 0);
  }

  /** The address of a key. */
  address(key: number): number {
    return this.#pageNumber(key >>> this.slotBits) * PAGE_BYTES + ((key & this.#slotMask) << this.shift);
  }

  get memoryBytes(): number {
    return (
      this.#bits.byteLength +
      this.#ranks.byteLength +
      this.#pageLow.byteLength * 2 +
      this.#firstObject.byteLength +
      this.#slots.byteLength +
      (this.#objectOrder?.byteLength ?? 0)
    );
  }
}

function hashPage(pageLow: number): number {
  return Math.imul(pageLow, 0x9e3779b1) >>> 11;
}

/** Number of bits set in a 32-bit word (H. S. Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
