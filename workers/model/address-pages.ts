import { STRIDE } from './steps.ts';

const PAGE_BITS = 14;
const PAGE_MASK = (1 << PAGE_BITS) - 1;
/**
 * Within the high word of a page number: bits of the address. The bits above hold the remainder of unaligned addresses.
 */
const HIGH_BITS = 0x3_ffff;
const ODD_SHIFT = 29;

/** The columns of the index from keys to objects, which another thread may have built. */
export interface AddressIndex {
  firstObject: Uint32Array;
  /** Signed, like all bitmaps here: V8 stores words above 2^31 as floating-point numbers. */
  bits: Int32Array;
  /** Number of objects in the page before each word of the bitmap. */
  ranks: Uint16Array;
  /** Position in the index → object; null if they are the same. */
  objectOrder: Uint32Array | null;
}

/**
 * Addresses as 32-bit keys, and the index from a key to an object.
 *
 * A page here is 16 KiB of address space: a heap page of Ruby up to 3.1, a quarter of a heap page of later versions.
 * Each page that contains an address gets a small id, from 1. A key is the page's id and the slot within the page. So a
 * heap may be spread over the whole 64-bit address space, as long as it touches less than 32 GiB of pages. Addresses
 * that are not multiples of 2^shift get pages of their own, one per remainder, so every address has a key.
 *
 * Each page has a bitmap of the slots at which objects start, and for each word of the bitmap the number of objects
 * before it (rank). A lookup is two array reads and a popcount; the index takes less than 2 bytes per object. Ruby
 * writes the objects of a page together in ascending order, so an object's index is the first index of its page plus
 * the rank. For files in another order, an explicit order is built, which takes 4 more bytes per object.
 *
 * The idea is rank on plain bitmaps: G. Jacobson, Space-efficient static trees and graphs (1989).
 */
export class AddressPages {
  /** Addresses are multiples of 2^shift: 8 bytes, or 4 on 32-bit machines. */
  readonly shift: 2 | 3;
  /** Bits of a key that hold the slot. */
  readonly slotBits: number;
  readonly #slotMask: number;
  readonly #wordsPerPage: number;

  readonly #pageCount: number;
  /** Number of each page (see `HeapColumns.pageNumbers`): low and high 32 bits, alternating. Page 0 is unused. */
  readonly #numbers: Uint32Array;
  readonly #firstObject: Uint32Array;
  readonly #bits: Int32Array;
  readonly #ranks: Uint16Array;
  readonly #objectOrder: Uint32Array | null;
  /** Ids by ascending page number, built at the first lookup by address. */
  #byNumber: Uint32Array | null = null;

  /**
   * Builds the index of objects from their keys, which must be distinct. `numbers`: see `HeapColumns.pageNumbers`. O(n
   * + pages), or O(1) if the index was built before.
   */
  constructor(shift: 2 | 3, numbers: Uint32Array, keys: Uint32Array, index: AddressIndex | null = null) {
    this.shift = shift;
    this.slotBits = PAGE_BITS - shift;
    this.#slotMask = (1 << this.slotBits) - 1;
    this.#wordsPerPage = (1 << this.slotBits) / 32;
    this.#numbers = numbers;
    this.#pageCount = numbers.length / 2;
    if (index !== null) {
      this.#bits = index.bits;
      this.#ranks = index.ranks;
      this.#firstObject = index.firstObject;
      this.#objectOrder = index.objectOrder;
      return;
    }
    this.#bits = new Int32Array(this.#pageCount * this.#wordsPerPage);
    this.#ranks = new Uint16Array(this.#bits.length);
    this.#firstObject = new Uint32Array(this.#pageCount);
    let ordered = true;
    for (let start = 0; start < keys.length; start += STRIDE) {
      if (!this.#mark(keys, start, Math.min(keys.length, start + STRIDE))) ordered = false;
    }
    this.#rank(ordered);
    this.#objectOrder = null;
    if (ordered) return;
    const order = new Uint32Array(keys.length);
    for (let i = 0; i < keys.length; i++) order[this.#position(keys[i]!)] = i;
    this.#objectOrder = order;
  }

  /**
   * Sets the bits of the keys from `start` to `stop`. Must be called for consecutive ranges. Returns whether, in this
   * range, the objects of each page are together and in ascending order.
   */
  #mark(keys: Uint32Array, start: number, stop: number): boolean {
    const bits = this.#bits;
    const { slotBits } = this;
    let ordered = true;
    let lastKey = start === 0 ? 0 : keys[start - 1]!;
    let lastPage = lastKey >>> slotBits;
    for (let i = start; i < stop; i++) {
      const key = keys[i]!;
      const page = key >>> slotBits;
      if (page !== lastPage) {
        if (ordered && this.#hasObjects(page)) ordered = false;
        this.#firstObject[page] = i;
        lastPage = page;
      } else if (key < lastKey) ordered = false;
      lastKey = key;
      // A page has a whole number of words, so the key without its last five bits is the index of the word.
      bits[key >>> 5]! |= 1 << (key & 31);
    }
    return ordered;
  }

  #hasObjects(page: number): boolean {
    const from = page * this.#wordsPerPage;
    for (let word = from; word < from + this.#wordsPerPage; word++) if (this.#bits[word] !== 0) return true;
    return false;
  }

  /**
   * Counts the objects before each word and, unless the first object of each page is already known, before each page.
   */
  #rank(ordered: boolean): void {
    let base = 0;
    for (let page = 1; page < this.#pageCount; page++) {
      const from = page * this.#wordsPerPage;
      let rank = 0;
      for (let word = from; word < from + this.#wordsPerPage; word++) {
        this.#ranks[word] = rank;
        rank += popcount(this.#bits[word]!);
      }
      if (!ordered) this.#firstObject[page] = base;
      base += rank;
    }
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

  /** Index of the object at an address, or -1. O(log pages), and O(pages log pages) the first time. */
  objectAtAddress(address: bigint): number {
    if (address < 0n || address >> 64n !== 0n) return -1;
    const key = this.keyAt(Number(address >> BigInt(PAGE_BITS)), Number(address & BigInt(PAGE_MASK)));
    return key === 0 ? -1 : this.objectAt(key);
  }

  /** Key of the address with this page number and these bits within the page; 0 if there is none. O(log pages). */
  keyAt(number: number, low: number): number {
    const id = this.#idOfPage(number, low & ((1 << this.shift) - 1));
    return id === 0 ? 0 : ((id << this.slotBits) | (low >>> this.shift)) >>> 0;
  }

  /**
   * Index of the object at an address as text, such as "0x7f…", in either case and padded or not; -1 if there is none.
   */
  objectAtText(address: string): number {
    return /^0x[0-9a-f]+$/i.test(address) ? this.objectAtAddress(BigInt(address)) : -1;
  }

  /** Ids of all pages by ascending address. O(pages log pages) the first time. */
  idsByNumber(): Uint32Array {
    this.#byNumber ??= Uint32Array.from({ length: Math.max(0, this.#pageCount - 1) }, (_, i) => i + 1).sort(
      (a, b) => this.pageNumber(a) - this.pageNumber(b) || this.#odd(a) - this.#odd(b),
    );
    return this.#byNumber;
  }

  /** Page id → how many pages have a lower number. Pages with the same number share a rank. O(pages · log pages). */
  ranksByAddress(): Uint32Array {
    const ranks = new Uint32Array(this.#pageCount);
    let last = 0;
    for (const [rank, id] of this.idsByNumber().entries()) {
      ranks[id] = last !== 0 && this.pageNumber(last) === this.pageNumber(id) ? ranks[last]! : rank;
      last = id;
    }
    return ranks;
  }

  /** Where a key's address comes in the order of all addresses. `ranks`: {@link ranksByAddress}. */
  placeByAddress(key: number, ranks: Uint32Array): number {
    return ranks[key >>> this.slotBits]! * (PAGE_MASK + 1) + this.lowBits(key);
  }

  /** Page id → id of the page with the same addresses in another index; 0 = none. O(pages log pages). */
  pageIdsIn(other: AddressPages): Uint32Array {
    return Uint32Array.from({ length: this.#pageCount }, (_, id) =>
      id === 0 ? 0 : other.#idOfPage(this.pageNumber(id), this.#odd(id)),
    );
  }

  /** Id of the page with this number whose addresses have this remainder, or 0. */
  #idOfPage(number: number, odd: number): number {
    const ids = this.idsByNumber();
    let low = 0;
    let high = ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const id = ids[middle]!;
      const difference = this.pageNumber(id) - number || this.#odd(id) - odd;
      if (difference === 0) return id;
      if (difference < 0) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }

  /** address / 16384: 50 bits. */
  pageNumber(id: number): number {
    return (this.#numbers[id * 2 + 1]! & HIGH_BITS) * 2 ** 32 + this.#numbers[id * 2]!;
  }

  /** The remainder of a page's addresses, modulo 2^shift. */
  #odd(id: number): number {
    return this.#numbers[id * 2 + 1]! >>> ODD_SHIFT;
  }

  /** The bits of an address within its page. */
  lowBits(key: number): number {
    return ((key & this.#slotMask) << this.shift) | this.#odd(key >>> this.slotBits);
  }

  /** The address of a key. */
  address(key: number): bigint {
    return (BigInt(this.pageNumber(key >>> this.slotBits)) << BigInt(PAGE_BITS)) | BigInt(this.lowBits(key));
  }

  /** The same as a number; NaN where that would not be exact, from 2^53 on. */
  addressNumber(key: number): number {
    const address = this.pageNumber(key >>> this.slotBits) * 2 ** PAGE_BITS + this.lowBits(key);
    return Number.isSafeInteger(address) ? address : Number.NaN;
  }

  /** For {@link constructor} in another thread. */
  get index(): AddressIndex {
    return {
      firstObject: this.#firstObject,
      bits: this.#bits,
      ranks: this.#ranks,
      objectOrder: this.#objectOrder,
    };
  }

  /** The numbers of the pages, as {@link constructor} takes them. */
  get numbers(): Uint32Array {
    return this.#numbers;
  }

  get memoryBytes(): number {
    return (
      this.#bits.byteLength +
      this.#ranks.byteLength +
      this.#numbers.byteLength +
      this.#firstObject.byteLength +
      (this.#byNumber?.byteLength ?? 0) +
      (this.#objectOrder?.byteLength ?? 0)
    );
  }
}

/** Number of bits set in a 32-bit word (H. S. Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
