import { Failure } from '../record-codes';
import { allocate, checkPages, reallocate, abortScan } from './memory';

// Addresses as keys, and which keys are taken. AddressPages of the model looks them up afterwards. Addresses that are
// not multiples of 2^shift have pages of their own: see `ODD_SHIFT`.

const PAGE_BITS: u32 = 14;
/**
 * Page numbers have 50 bits. Addresses whose low bits are not zero are in pages of their own, whose numbers have these
 * bits on top. So every address has a key, and the usual alignment need not be known in advance.
 */
const ODD_SHIFT: u64 = 61;
/** Size of a cache of pages that are found without a search; a power of two. Sixteen bytes each: number, id. */
const RECENT: u32 = 1024;

/** Number of page ids in use; id 0 is none. */
export let pageCount: u32 = 1;
/** Id → address >> 14, 64 bits each, with the low bits of unaligned addresses on top. */
export let pageNumbers: usize = 0;

let shift: u32 = 3;
let slotBits: u32 = 0;
let maxPages: u32 = 0;
let capacity: u32 = 256;
let bits: usize = 0;
/** Id → the last slot size found in the page; 0 = none. */
let slotSizes: usize = 0;
/** Id, or 0 where free. Open addressing. */
let slots: usize = 0;
let mask: u32 = 1023;
let recent: usize = 0;

export function setUpPages(addressShift: u32): void {
  shift = addressShift;
  slotBits = PAGE_BITS - addressShift;
  maxPages = 1 << (32 - slotBits);
  pageNumbers = allocate(capacity << 3);
  bits = allocate(capacity << (slotBits - 3));
  slotSizes = allocate(capacity << 2);
  slots = allocate((mask + 1) << 2);
  recent = allocate(RECENT << 4);
}

/** The key of an address; never 0. */
@inline
export function keyOfAddress(address: u64): u32 {
  const low = <u32>address;
  if ((low & ((1 << shift) - 1)) !== 0) return keyOfOddAddress(address);
  return keyInPage(address >>> PAGE_BITS, low);
}

function keyOfOddAddress(address: u64): u32 {
  const low = <u32>address;
  const odd = <u64>(low & ((1 << shift) - 1));
  return keyInPage((address >>> PAGE_BITS) | (odd << ODD_SHIFT), low);
}

@inline
function keyInPage(number: u64, low: u32): u32 {
  const at = recent + ((<usize>number & (RECENT - 1)) << 4);
  // An unused entry looks like that of page 0, but has no id.
  let id = load<u32>(at, 8);
  if (load<u64>(at) !== number || id === 0) id = idOfPage(number, at);
  return (id << slotBits) | ((low & ((1 << PAGE_BITS) - 1)) >>> shift);
}

function idOfPage(number: u64, at: usize): u32 {
  let slot = hashOfPage(number) & mask;
  let id: u32 = 0;
  for (; ; slot = (slot + 1) & mask) {
    id = load<u32>(slots + (slot << 2));
    if (id === 0 || load<u64>(pageNumbers + (<usize>id << 3)) === number) break;
  }
  if (id === 0) id = addPage(number, slot);
  store<u64>(at, number);
  store<u32>(at, id, 8);
  return id;
}

function addPage(number: u64, slot: u32): u32 {
  const id = pageCount;
  if (id >= maxPages) abortScan(Failure.pages);
  if (id === capacity) {
    const larger = capacity + (capacity >>> 1);
    checkPages(larger);
    pageNumbers = reallocate(pageNumbers, capacity << 3, larger << 3);
    bits = reallocate(bits, <usize>capacity << (slotBits - 3), <usize>larger << (slotBits - 3));
    slotSizes = reallocate(slotSizes, capacity << 2, larger << 2);
    capacity = larger;
  }
  pageCount = id + 1;
  store<u64>(pageNumbers + (<usize>id << 3), number);
  store<u32>(slots + (slot << 2), id);
  if (pageCount * 4 > mask + 1) rehash();
  return id;
}

function rehash(): void {
  mask = mask * 2 + 1;
  slots = allocate((mask + 1) << 2);
  for (let id: u32 = 1; id < pageCount; id++) {
    let slot = hashOfPage(load<u64>(pageNumbers + (<usize>id << 3))) & mask;
    while (load<u32>(slots + (slot << 2)) !== 0) slot = (slot + 1) & mask;
    store<u32>(slots + (slot << 2), id);
  }
}

@inline
function hashOfPage(number: u64): u32 {
  return (<u32>number * 0x9e3779b1) >>> 11;
}

/**
 * Whether an object can be at `other` on a machine that has one at `key`: objects are aligned to eight bytes, or to
 * four if addresses have up to 32 bits.
 */
export function isAligned(other: u32, key: u32): bool {
  const odd = load<u64>(pageNumbers + (<usize>(other >>> slotBits) << 3)) >>> ODD_SHIFT;
  const number = load<u64>(pageNumbers + (<usize>(key >>> slotBits) << 3));
  const isWide = (number & ((1 << ODD_SHIFT) - 1)) >>> (32 - PAGE_BITS) !== 0;
  return odd === 0 || (odd === 4 && !isWide);
}

/** Notes that an object starts at `key`. False if another one does. */
@inline
export function takeKey(key: u32): bool {
  const at = bits + ((key >>> 5) << 2);
  const bit: u32 = 1 << (key & 31);
  const word = load<u32>(at);
  if ((word & bit) !== 0) return false;
  store<u32>(at, word | bit);
  return true;
}

/** Notes that the page of `key` has slots of this size. False if that was known. */
@inline
export function takeSlotSize(key: u32, bytes: u32): bool {
  const at = slotSizes + (<usize>(key >>> slotBits) << 2);
  if (load<u32>(at) === bytes) return false;
  store<u32>(at, bytes);
  return true;
}
