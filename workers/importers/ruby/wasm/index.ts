import { BatchColumn, Feature, Field, Outcome, TableColumn, Type, Words } from '../record-codes';
import * as columns from './columns';
import { setFlagKeys, setUpFlags } from './flags';
import { allocate, reallocate } from './memory';
import { keyOfAddress, pageCount, pageNumbers, setUpPages } from './pages';
import { readRecord, setRecordWords } from './record';
import {
  features,
  field,
  fields,
  memsize,
  NO_MEMSIZE,
  noteFeature,
  noteSlotSize,
  setUpState,
  slotSizes,
} from './state';
import {
  internRawString,
  internString,
  setUpStrings,
  stringBytes,
  stringBytesUsed,
  stringCount,
  stringOffsets,
} from './strings';
import { hashOf } from './text';
import { IRREGULAR } from './values';
import { WordFinder } from './words';
import { allocations, descriptors, layouts, pairs, setUpWriter, sites, writeFields } from './writer';

// The functions that record-scanner.ts calls. Positions are addresses in this memory; nothing here creates objects.

const LF: u32 = 0x0a;
const OPEN_BRACE: u32 = 0x7b;

let keyWords: WordFinder = changetype<WordFinder>(0);
let typeWords: WordFinder = changetype<WordFinder>(0);
let flagWords: WordFinder = changetype<WordFinder>(0);
let window: usize = 0;
let windowCapacity: usize = 0;
let scratch: usize = 0;
let scratchCapacity: usize = 0;
let stoppedAt: usize = 0;
let recordEnd: usize = 0;
let newlines: u32 = 0;
/** The first reference of the record at which the scan stopped. */
let firstReference: u32 = 0;

/** Must be called first. `addressShift`: addresses are multiples of 2^shift. */
export function setUp(addressShift: u32): void {
  setUpStrings();
  setUpPages(addressShift);
  setUpState();
  setUpFlags();
  columns.setUpColumns();
}

/** Makes room for a list of words; {@link wordTable} returns where its tables go. */
export function allocateWordList(list: Words, words: u32, multiplier: u32, shift: u32): void {
  const finder = WordFinder.make(words, multiplier, shift);
  if (list === Words.keys) keyWords = finder;
  else if (list === Words.types) typeWords = finder;
  else flagWords = finder;
}

export function wordTable(list: Words, index: u32): usize {
  if (list === Words.keys) return keyWords.table(index);
  return list === Words.types ? typeWords.table(index) : flagWords.table(index);
}

/** Ends the setup. The names of types must be interned before, so that their ids are their codes. */
export function begin(callcache: u32, constcache: u32, utf8: u32): void {
  setRecordWords(keyWords, typeWords, utf8);
  setFlagKeys(flagWords);
  setUpWriter(callcache, constcache);
}

/** Where text to be scanned is put. Enlarges the window to `capacity` bytes, and keeps its contents. */
export function windowOf(capacity: usize): usize {
  if (capacity > windowCapacity) {
    window = windowCapacity === 0 ? allocate(capacity) : reallocate(window, windowCapacity, capacity);
    windowCapacity = capacity;
  }
  return window;
}

/** Where JavaScript puts a text for {@link intern} or {@link hashText}, with room for `capacity` bytes. */
export function scratchOf(capacity: usize): usize {
  if (capacity > scratchCapacity) {
    scratch = allocate(capacity);
    scratchCapacity = capacity;
  }
  return scratch;
}

/**
 * Reads the records within `start` … `stop`, as long as they are well-formed. `offset`: position of `start` in the
 * text. Sets {@link position} to where it stopped, and {@link end} to the end of the record there, if it was read.
 */
export function scan(start: usize, stop: usize, offset: f64): Outcome {
  let at = start;
  newlines = 0;
  while (at < stop) {
    const byte: u32 = load<u8>(at);
    if (byte === LF) {
      at++;
      newlines++;
      continue;
    }
    if (columns.isFull() && columns.rows + columns.shapeRows + columns.freeRows !== 0) return stopAt(at, at, Outcome.full);
    if (byte !== OPEN_BRACE) return stopAt(at, at, Outcome.irregular);
    firstReference = columns.referenceCount;
    const next = readRecord(at);
    if (next === IRREGULAR || next > stop || lacksMemsize()) {
      columns.setReferenceCount(firstReference);
      return stopAt(at, at, Outcome.irregular);
    }
    const outcome = writeFields(firstReference, offset + <f64>(at - start));
    if (outcome !== Outcome.done) return stopAt(at, next, outcome);
    newlines++;
    at = next;
  }
  return stopAt(at, at, Outcome.done);
}

function stopAt(at: usize, next: usize, outcome: Outcome): Outcome {
  stoppedAt = at;
  recordEnd = next;
  return outcome;
}

export function position(): usize {
  return stoppedAt;
}

export function end(): usize {
  return recordEnd;
}

/** Number of newlines that the last {@link scan} passed, each of which ended a line. */
export function lines(): u32 {
  return newlines;
}

/**
 * Whether the record lacks its memsize, so that it ends too early: a path can contain what looks like a record's end.
 * Of all objects, only zombies have no memsize.
 */
export function lacksMemsize(): bool {
  const type = <Type>field(Field.type);
  const sized = type === Type.other || (type > Type.NONE && type !== Type.ZOMBIE);
  return sized && memsize() === NO_MEMSIZE && (features & Feature.memsize) !== 0;
}

/** Number of objects read. */
export function objectsRead(): f64 {
  return <f64>columns.objectBase + columns.rows;
}

/** The fields, which JavaScript writes, and reads for a root. */
export function fieldsAt(): usize {
  return fields;
}

/** For records that JavaScript read: call this, push their references, then call {@link writeRecord} for the fields. */
export function beginReferences(): void {
  firstReference = columns.referenceCount;
}

export function pushReference(low: u32, high: u32): void {
  columns.pushReference(addressKey(low, high));
}

export function writeRecord(offset: f64): Outcome {
  return writeFields(firstReference, offset);
}

/** The references of the root at which the scan stopped, until {@link dropReferences} removes them. */
export function rootReferences(): usize {
  return columns.references + ((<usize>firstReference) << 2);
}

export function rootReferenceCount(): u32 {
  return columns.referenceCount - firstReference;
}

export function dropReferences(): void {
  columns.setReferenceCount(firstReference);
}

/** The id of the text `start` … `end`. `isRaw`: {@link scan} must not match it with other texts. */
export function intern(start: usize, end: usize, isRaw: bool): u32 {
  return isRaw ? internRawString(start, end) : internString(start, end);
}

export function hashText(start: usize, end: usize): u32 {
  return hashOf(start, end);
}

export function addressKey(low: u32, high: u32): u32 {
  return keyOfAddress(((<u64>high) << 32) | low);
}

/**
 * Notes what a record that JavaScript read reveals about the version of Ruby: bits of `Feature`, and its slot size (0 =
 * none).
 */
export function noteFeatures(seen: u32, slotSize: u32): void {
  noteFeature(seen);
  if (slotSize !== 0) noteSlotSize(slotSize);
}

export function seenFeatures(): u32 {
  return features;
}

export function seenSlotSizes(): usize {
  return slotSizes;
}

export function freeSlots(): u32 {
  return columns.freeSlots;
}

/** Address of a column of the batch. */
export function batchColumn(column: BatchColumn): usize {
  switch (column) {
    case BatchColumn.keys:
      return columns.keys;
    case BatchColumn.shallow:
      return columns.shallow;
    case BatchColumn.pair:
      return columns.pair;
    case BatchColumn.flags:
      return columns.flagBits;
    case BatchColumn.contentHash:
      return columns.contentHash;
    case BatchColumn.contentLength:
      return columns.contentLength;
    case BatchColumn.firstReference:
      return columns.firstReference;
    case BatchColumn.references:
      return columns.references;
    case BatchColumn.blockObjects:
      return columns.blockObjects;
    case BatchColumn.blockOffsets:
      return columns.blockOffsets;
    case BatchColumn.classObjects:
      return columns.classObjects;
    case BatchColumn.classNames:
      return columns.classNames;
    case BatchColumn.classSuperclasses:
      return columns.classSuperclasses;
    case BatchColumn.shapeIds:
      return columns.shapeIds;
    case BatchColumn.shapeParents:
      return columns.shapeParents;
    case BatchColumn.shapeNames:
      return columns.shapeNames;
    case BatchColumn.largeObjects:
      return columns.largeObjects;
    case BatchColumn.largeSizes:
      return columns.largeSizes;
    case BatchColumn.freeKeys:
      return columns.freeKeys;
    case BatchColumn.slotKeys:
      return columns.slotKeys;
    default:
      return columns.slotBytes;
  }
}

/** Number of entries in a column of the batch. */
export function batchLength(column: BatchColumn): u32 {
  if (column === BatchColumn.contentHash) return columns.valueRows;
  if (column === BatchColumn.contentLength) return columns.lengthRows;
  if (column < BatchColumn.references) return columns.rows;
  if (column === BatchColumn.references) return columns.referenceCount;
  if (column <= BatchColumn.blockOffsets) return columns.blockRows;
  if (column <= BatchColumn.classSuperclasses) return columns.classRows;
  if (column <= BatchColumn.shapeNames) return columns.shapeRows;
  if (column <= BatchColumn.largeSizes) return columns.largeRows;
  return column === BatchColumn.freeKeys ? columns.freeRows : columns.slotRows;
}

/** Begins the next batch, after JavaScript took this one. */
export function clearBatch(): void {
  columns.clearColumns();
}

/** Address of a column of a table. Tables only grow. */
export function tableColumn(column: TableColumn): usize {
  switch (column) {
    case TableColumn.stringBytes:
      return stringBytes;
    case TableColumn.stringOffsets:
      return stringOffsets;
    case TableColumn.descriptorType:
      return descriptors.a;
    case TableColumn.descriptorClass:
      return descriptors.b;
    case TableColumn.descriptorKind:
      return descriptors.c;
    case TableColumn.siteFile:
      return sites.a;
    case TableColumn.siteLine:
      return sites.b;
    case TableColumn.siteMethod:
      return sites.c;
    case TableColumn.allocationSite:
      return allocations.a;
    case TableColumn.allocationGeneration:
      return allocations.b;
    case TableColumn.layoutEncoding:
      return layouts.a;
    case TableColumn.layoutShape:
      return layouts.b;
    case TableColumn.pairDescriptor:
      return pairs.a;
    case TableColumn.pairAllocation:
      return pairs.b;
    case TableColumn.pairLayout:
      return pairs.c;
    default:
      return pageNumbers;
  }
}

/** Number of entries in a column of a table. */
export function tableLength(column: TableColumn): u32 {
  if (column === TableColumn.stringBytes) return <u32>stringBytesUsed;
  if (column === TableColumn.stringOffsets) return stringCount + 1;
  if (column <= TableColumn.descriptorKind) return descriptors.length;
  if (column <= TableColumn.siteMethod) return sites.length;
  if (column <= TableColumn.allocationGeneration) return allocations.length;
  if (column <= TableColumn.layoutShape) return layouts.length;
  return column <= TableColumn.pairLayout ? pairs.length : pageCount;
}
