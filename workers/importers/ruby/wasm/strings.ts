import { allocate, reallocate } from './memory';
import { hashOf, isEqual } from './text';

/**
 * Byte strings that many objects share, each stored once. Ids count from 0; id 0 is the empty string. Open addressing
 * with linear probing, at most two thirds full.
 */
export let stringCount: u32 = 0;
export let stringBytes: usize = 0;
/** Id → start of its text in `stringBytes`. The last entry is the end of the last text. */
export let stringOffsets: usize = 0;
export let stringBytesUsed: usize = 0;

let bytesCapacity: usize = 0;
let capacity: u32 = 0;
let hashes: usize = 0;
/** Id + 1, or 0 where free. */
let slots: usize = 0;
let mask: u32 = 0;

export function setUpStrings(): void {
  bytesCapacity = 1 << 16;
  capacity = 1 << 12;
  mask = (1 << 13) - 1;
  stringBytes = allocate(bytesCapacity);
  stringOffsets = allocate((capacity + 1) << 2);
  hashes = allocate(capacity << 2);
  slots = allocate((mask + 1) << 2);
  internString(stringBytes, stringBytes);
}

@inline
export function startOfString(id: u32): usize {
  return stringBytes + load<u32>(stringOffsets + (id << 2));
}

@inline
export function lengthOfString(id: u32): usize {
  return load<u32>(stringOffsets + (id << 2), 4) - load<u32>(stringOffsets + (id << 2));
}

/** The id of the bytes `start` … `end`, or -1 if they are not in the table. */
export function findString(start: usize, end: usize, hash: u32): i32 {
  const length = end - start;
  let slot = hash & mask;
  while (true) {
    const id = load<u32>(slots + (slot << 2)) - 1;
    if (<i32>id < 0) return -1;
    if (
      load<u32>(hashes + (id << 2)) === hash &&
      lengthOfString(id) === length &&
      isEqual(startOfString(id), start, length)
    ) {
      return id;
    }
    slot = (slot + 1) & mask;
  }
}

/** The id of the bytes `start` … `end`; a new one if they are not in the table. O(length). */
export function internString(start: usize, end: usize): u32 {
  const hash = hashOf(start, end);
  const known = findString(start, end, hash);
  return known >= 0 ? <u32>known : addString(start, end, hash);
}

/** Changes the hashes of raw strings. */
const RAW: u32 = 0x5bd1e995;

/**
 * Like {@link internString}, but for bytes that are not valid in a JSON string. Their hash is changed, so that the next
 * record that contains them goes to the slow reader as well, which counts it and the newlines in it.
 */
export function internRawString(start: usize, end: usize): u32 {
  const hash = hashOf(start, end) ^ RAW;
  const known = findString(start, end, hash);
  return known >= 0 ? <u32>known : addString(start, end, hash);
}

/** Adds bytes that {@link findString} did not find, and returns their id. */
export function addString(start: usize, end: usize, hash: u32): u32 {
  const length = end - start;
  if (stringBytesUsed + length > bytesCapacity) {
    const larger = (bytesCapacity + length) + ((bytesCapacity + length) >>> 1);
    stringBytes = reallocate(stringBytes, stringBytesUsed, larger);
    bytesCapacity = larger;
  }
  if (stringCount === capacity) {
    const larger = capacity + (capacity >>> 1);
    stringOffsets = reallocate(stringOffsets, (capacity + 1) << 2, (larger + 1) << 2);
    hashes = reallocate(hashes, capacity << 2, larger << 2);
    capacity = larger;
  }
  const id = stringCount++;
  memory.copy(stringBytes + stringBytesUsed, start, length);
  stringBytesUsed += length;
  store<u32>(stringOffsets + (id << 2), <u32>stringBytesUsed, 4);
  store<u32>(hashes + (id << 2), hash);
  if (stringCount * 3 > (mask + 1) * 2) rehash();
  else place(id, hash);
  return id;
}

function place(id: u32, hash: u32): void {
  let slot = hash & mask;
  while (load<u32>(slots + (slot << 2)) !== 0) slot = (slot + 1) & mask;
  store<u32>(slots + (slot << 2), id + 1);
}

function rehash(): void {
  mask = mask * 2 + 1;
  slots = allocate((mask + 1) << 2);
  for (let id: u32 = 0; id < stringCount; id++) place(id, load<u32>(hashes + (id << 2)));
}
