import { ObjectFlag } from '../../../model/object-flags';
import { Feature, Field, Outcome, Type } from '../record-codes';
import * as columns from './columns';
import { allocate, reallocate } from './memory';
import { isAligned, takeKey, takeSlotSize } from './pages';
import { field, memsize, NO_LENGTH, NO_MEMSIZE, noteFeature } from './state';
import { Tuples } from './tuples';

/** Larger sizes do not fit into a 32-bit column, and are in a table of their own. */
const LARGE_SHALLOW: u64 = 0xffffffff;

/**
 * Type, class and kind; file, line and method; site and generation; encoding and shape + 1; descriptor, allocation and
 * layout.
 */
export let descriptors: Tuples = changetype<Tuples>(0);
export let sites: Tuples = changetype<Tuples>(0);
export let allocations: Tuples = changetype<Tuples>(0);
export let layouts: Tuples = changetype<Tuples>(0);
export let pairs: Tuples = changetype<Tuples>(0);

/** String ids of the kinds of IMEMO that are treated specially. */
let callcache: u32 = 0;
let constcache: u32 = 0;
// Neighbours on the heap were often allocated by the same line in the same generation.
let lastFile: u32 = 0;
let lastLine: u32 = 0;
let lastMethod: u32 = 0;
let lastSite: u32 = 0;
let lastGeneration: u32 = 0xffffffff;
let lastAllocation: u32 = 0;
let lastEncoding: u32 = 0;
let lastShape: u32 = 0;
let lastLayout: u32 = 0;
/** Allocation → its last pair + 1; 0 = none. */
let lastPairs: usize = 0;
let lastPairCapacity: u32 = 1 << 12;

export function setUpWriter(callcacheId: u32, constcacheId: u32): void {
  callcache = callcacheId;
  constcache = constcacheId;
  descriptors = Tuples.make();
  sites = Tuples.make();
  allocations = Tuples.make();
  layouts = Tuples.make();
  pairs = Tuples.make();
  lastPairs = allocate(<usize>lastPairCapacity << 2);
  sites.intern(0, 0, 0);
  allocations.intern(0, 0, 0);
  layouts.intern(0, 0, 0);
}

/**
 * Writes the fields of a record to the columns. Only this function knows what each type of record means. The references
 * of the record start at `first`, its text at `offset`.
 */
export function writeFields(first: u32, offset: f64): Outcome {
  const type = <Type>field(Field.type);
  const bytes = memsize();
  if (type === Type.other && field(Field.otherType) === 0) {
    return rejectRecord(first, Outcome.irregular);
  }
  if (bytes !== NO_MEMSIZE) noteFeature(Feature.memsize);
  if (type <= Type.NONE && type !== Type.other) return writeSpecial(type, first);
  const key = field(Field.addressKey);
  if (key === 0) return rejectRecord(first, Outcome.irregular);
  if (!takeKey(key)) return rejectRecord(first, Outcome.duplicate);
  noteSlot(key);

  let classKey = field(Field.classKey);
  let flags = field(Field.flags);
  const kind = field(Field.kind);
  if (type === Type.IMEMO) {
    if (kind === constcache) flags |= ObjectFlag.cacheSource;
    if (classKey !== 0) {
      // Not a class: up to Ruby 3.1 one more reference, or not an address at all. Which version it was is known only at
      // the end.
      if (kind !== callcache && isAligned(classKey, key)) {
        columns.pushReference(classKey);
        flags |= ObjectFlag.internalLast;
      }
      classKey = 0;
    }
  }
  const row = columns.rows;
  const at = <usize>row << 2;
  const typeId = type === Type.other ? field(Field.otherType) : type;
  store<u32>(columns.keys + at, key);
  store<u32>(columns.shallow + at, <u32>(bytes === NO_MEMSIZE ? 0 : min(bytes, LARGE_SHALLOW)));
  const descriptor = descriptors.intern(typeId, classKey, kind);
  store<u32>(columns.pair + at, pairOf(descriptor, allocationOf(), layoutOf()));
  if ((flags & ObjectFlag.hasValue) !== 0) columns.pushHash(field(Field.contentHash));
  const length = field(Field.contentLength);
  if (length !== NO_LENGTH) {
    flags |= ObjectFlag.hasLength;
    columns.pushLength(length);
  }
  store<u16>(columns.flagBits + (<usize>row << 1), <u16>flags);
  columns.commitRow(first, offset);
  if (bytes !== NO_MEMSIZE && bytes >= LARGE_SHALLOW) columns.pushLarge(row, bytes);
  if (type === Type.CLASS || type === Type.MODULE || type === Type.ICLASS) {
    columns.pushClass(row, field(Field.name), field(Field.superclassKey));
  }
  return Outcome.done;
}

function rejectRecord(first: u32, outcome: Outcome): Outcome {
  columns.setReferenceCount(first);
  return outcome;
}

@inline
function noteSlot(key: u32): void {
  const bytes = field(Field.slotSize);
  if (bytes !== 0 && takeSlotSize(key, bytes)) columns.pushSlotSize(key, bytes);
}

function writeSpecial(type: Type, first: u32): Outcome {
  // JavaScript takes the references of a root from the column.
  if (type === Type.ROOT) {
    return field(Field.root) === 0 ? rejectRecord(first, Outcome.irregular) : Outcome.root;
  }
  columns.setReferenceCount(first);
  if (type === Type.NONE) {
    const key = field(Field.addressKey);
    columns.pushFreeSlot(key);
    if (key !== 0) noteSlot(key);
  } else {
    const name = field(Field.shapeIvar) === 1 ? field(Field.edgeName) : 0;
    columns.pushShape(field(Field.shapeId), field(Field.shapeParent), name);
  }
  return Outcome.done;
}

/**
 * Objects that one line allocated in one generation mostly have the same class and layout, so the last pair of the
 * allocation is tried first. That takes a few reads of small columns; in the table of tens of thousands of pairs, each
 * lookup would be a cache miss.
 */
@inline
function pairOf(descriptor: u32, allocation: u32, layout: u32): u32 {
  if (allocation >= lastPairCapacity) morePairs(allocation);
  const at = lastPairs + (<usize>allocation << 2);
  const last = load<u32>(at);
  if (last !== 0) {
    const row = <usize>(last - 1) << 2;
    if (load<u32>(pairs.a + row) === descriptor && load<u32>(pairs.c + row) === layout) return last - 1;
  }
  const pair = pairs.intern(descriptor, allocation, layout);
  store<u32>(at, pair + 1);
  return pair;
}

/** Id of the encoding and shape in the record; 0 = neither. */
@inline
function layoutOf(): u32 {
  const encoding = field(Field.encoding);
  const shape = field(Field.objectShape);
  if ((encoding | shape) === 0) return 0;
  if (encoding !== lastEncoding || shape !== lastShape) {
    lastLayout = layouts.intern(encoding, shape, 0);
    lastEncoding = encoding;
    lastShape = shape;
  }
  return lastLayout;
}

function morePairs(allocation: u32): void {
  const larger = max(allocation + 1, lastPairCapacity * 2);
  lastPairs = reallocate(lastPairs, <usize>lastPairCapacity << 2, <usize>larger << 2);
  lastPairCapacity = larger;
}

@inline
function allocationOf(): u32 {
  const file = field(Field.file);
  const generation = field(Field.generation);
  if (file === 0 && generation === 0) return 0;
  const line = field(Field.line);
  const method = field(Field.method);
  if (file !== lastFile || line !== lastLine || method !== lastMethod) {
    lastSite = file === 0 ? 0 : sites.intern(file, line, method);
    lastFile = file;
    lastLine = line;
    lastMethod = method;
    lastGeneration = 0xffffffff;
  }
  if (generation !== lastGeneration) {
    lastAllocation = allocations.intern(lastSite, generation, 0);
    lastGeneration = generation;
  }
  return lastAllocation;
}
