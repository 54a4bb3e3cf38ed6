import { Failure } from '../record-codes';
import { allocate, reallocate, abortScan } from './memory';

// The rows of a batch: what was read since JavaScript took the previous batch.

/** Maximum number of rows of a batch. */
export const ROWS: u32 = 1 << 15;
/** Text between two entries of the block index: the amount to read to find one record. */
const BLOCK_BYTES: f64 = 8192;
/** Object indexes fit into signed 32 bits, so that -1 can mean none. */
const MAX_OBJECTS: u32 = 0x7fffffff;
const MAX_REFERENCES: u64 = 0xfffffff0;

/** Numbers of objects and references in the previous batches. */
export let objectBase: u32 = 0;
export let referenceBase: u32 = 0;
/** Numbers of rows in this batch. */
export let rows: u32 = 0;
export let valueRows: u32 = 0;
export let lengthRows: u32 = 0;
export let referenceCount: u32 = 0;
export let blockRows: u32 = 0;
export let classRows: u32 = 0;
export let shapeRows: u32 = 0;
export let largeRows: u32 = 0;
export let freeRows: u32 = 0;
export let slotRows: u32 = 0;
/** In all batches. */
export let freeSlots: u32 = 0;

export let keys: usize = 0;
export let shallow: usize = 0;
export let pair: usize = 0;
export let flagBits: usize = 0;
/** Entries only for objects with a value, and with a length. */
export let contentHash: usize = 0;
export let contentLength: usize = 0;
export let firstReference: usize = 0;
export let references: usize = 0;
export let blockObjects: usize = 0;
export let blockOffsets: usize = 0;
export let classObjects: usize = 0;
export let classNames: usize = 0;
export let classSuperclasses: usize = 0;
export let shapeIds: usize = 0;
export let shapeParents: usize = 0;
export let shapeNames: usize = 0;
export let largeObjects: usize = 0;
export let largeSizes: usize = 0;
export let freeKeys: usize = 0;
export let slotKeys: usize = 0;
export let slotBytes: usize = 0;

let referenceCapacity: u32 = 1 << 17;
let nextBlockAt: f64 = 0;

export function setUpColumns(): void {
  keys = allocate(ROWS << 2);
  shallow = allocate(ROWS << 2);
  pair = allocate(ROWS << 2);
  flagBits = allocate(ROWS << 1);
  contentHash = allocate(ROWS << 2);
  contentLength = allocate(ROWS << 2);
  firstReference = allocate(ROWS << 2);
  references = allocate(referenceCapacity << 2);
  blockObjects = allocate(ROWS << 2);
  blockOffsets = allocate(ROWS << 3);
  classObjects = allocate(ROWS << 2);
  classNames = allocate(ROWS << 2);
  classSuperclasses = allocate(ROWS << 2);
  shapeIds = allocate(ROWS << 2);
  shapeParents = allocate(ROWS << 2);
  shapeNames = allocate(ROWS << 2);
  largeObjects = allocate(ROWS << 2);
  largeSizes = allocate(ROWS << 3);
  freeKeys = allocate(ROWS << 2);
  // At most one row per object and one per free slot.
  slotKeys = allocate(ROWS << 3);
  slotBytes = allocate(ROWS << 3);
}

/** Whether the batch may have no room for one more record. A record with very many references enlarges it. */
@inline
export function isFull(): bool {
  return (
    rows === ROWS || shapeRows === ROWS || freeRows === ROWS || referenceCount > referenceCapacity - 4096
  );
}

@inline
export function pushReference(key: u32): void {
  if (referenceCount === referenceCapacity) moreReferences();
  store<u32>(references + (<usize>referenceCount << 2), key);
  referenceCount++;
}

function moreReferences(): void {
  const larger = referenceCapacity * 2;
  if (larger < referenceCapacity) abortScan(Failure.references);
  references = reallocate(references, <usize>referenceCapacity << 2, <usize>larger << 2);
  referenceCapacity = larger;
}

export function setReferenceCount(count: u32): void {
  referenceCount = count;
}

/** Completes the row of the next object. `offset`: where its record starts in the text. */
@inline
export function commitRow(first: u32, offset: f64): void {
  if (<u64>referenceBase + referenceCount > MAX_REFERENCES) abortScan(Failure.references);
  if (objectBase + rows === MAX_OBJECTS) abortScan(Failure.memory);
  store<u32>(firstReference + (rows << 2), referenceBase + first);
  if (offset >= nextBlockAt) {
    store<u32>(blockObjects + (blockRows << 2), objectBase + rows);
    store<f64>(blockOffsets + (blockRows << 3), offset);
    blockRows++;
    nextBlockAt = offset + BLOCK_BYTES;
  }
  rows++;
}

export function pushClass(row: u32, name: u32, superclassKey: u32): void {
  store<u32>(classObjects + (classRows << 2), objectBase + row);
  store<u32>(classNames + (classRows << 2), name);
  store<u32>(classSuperclasses + (classRows << 2), superclassKey);
  classRows++;
}

export function pushShape(id: u32, parent: u32, name: u32): void {
  store<u32>(shapeIds + (shapeRows << 2), id);
  store<u32>(shapeParents + (shapeRows << 2), parent);
  store<u32>(shapeNames + (shapeRows << 2), name);
  shapeRows++;
}

/** Adds the hash of the next object's value. */
@inline
export function pushHash(hash: u32): void {
  store<u32>(contentHash + (<usize>valueRows << 2), hash);
  valueRows++;
}

/** Adds the length of the next object. */
@inline
export function pushLength(length: u32): void {
  store<u32>(contentLength + (<usize>lengthRows << 2), length);
  lengthRows++;
}

export function pushLarge(row: u32, bytes: u64): void {
  store<u32>(largeObjects + (largeRows << 2), objectBase + row);
  store<f64>(largeSizes + (largeRows << 3), <f64>bytes);
  largeRows++;
}

/** Adds a free slot; `key` is 0 if the record has no address. */
export function pushFreeSlot(key: u32): void {
  freeSlots++;
  if (key === 0) return;
  store<u32>(freeKeys + (freeRows << 2), key);
  freeRows++;
}

export function pushSlotSize(key: u32, bytes: u32): void {
  store<u32>(slotKeys + (slotRows << 2), key);
  store<u32>(slotBytes + (slotRows << 2), bytes);
  slotRows++;
}

/** Begins the next batch, after the last one was taken. */
export function clearColumns(): void {
  objectBase += rows;
  referenceBase += referenceCount;
  rows = 0;
  valueRows = 0;
  lengthRows = 0;
  referenceCount = 0;
  blockRows = 0;
  classRows = 0;
  shapeRows = 0;
  largeRows = 0;
  freeRows = 0;
  slotRows = 0;
}
