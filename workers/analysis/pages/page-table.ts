import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { STRIDE, type Steps } from '../../model/steps.ts';
import { wordBytesOf } from '../../model/word-size.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';

/** Bytes of address space for each page of keys. */
export const KEY_PAGE_BYTES = 1 << 14;

/**
 * The pages of a heap, by ascending address, as columns. A page of the heap is one page of keys, or several
 * neighbouring ones; its slots all have one size.
 */
export interface PageTable {
  pageBytes: Bytes;
  /** Whether the dump lists empty slots. */
  exact: boolean;
  pages: Count;
  /** Address / pageBytes. */
  number: Float64Array;
  slotBytes: Uint32Array;
  /** Offset of the first slot within the page. */
  firstOffset: Uint32Array;
  slots: Uint32Array;
  live: Uint32Array;
  old: Uint32Array;
  pinned: Uint32Array;
  free: Uint32Array;
  /** Keys of empty slots, ascending and distinct, without those of objects. */
  freeKeys: Uint32Array;
  misplaced: Count;
}

/** Objects that count as pinned; see `HeapPages.pins`. */
export type IsPinned = (object: ObjectIndex) => boolean;

/**
 * Where pages and slots are, and how many of each page are taken. Null for a format without pages.
 *
 * The size of a slot is that of the records, or else the only size of that Ruby. The first slot is the first place
 * after the page's header at a multiple of whole slots from the objects on it, and slots follow as long as they fit:
 * so one object determines all slots of its page. O(n + p log p) for p pages.
 */
export function* pageTable(snapshot: HeapSnapshot, isPinned: IsPinned): Steps<PageTable | null> {
  const words = snapshot.vocabulary.heapPages;
  if (words === null) return null;
  const { pages, keys, flags, slots: facts, objects } = snapshot;
  const wordBytes = wordBytesOf(snapshot);
  const pageBytes = facts.keys.length > 0 ? words.sizedPageBytes : words.pageBytes;
  const freeKeys = freeKeysOf(snapshot);
  const { numbers, pageOf, startOf } = heapPages(snapshot, pageBytes, freeKeys);
  const table = emptyTable(numbers, pageBytes, freeKeys, facts.freeKeys.length > 0);

  const { slotBytes, firstOffset } = table;
  for (let row = facts.keys.length - 1; row >= 0; row--) {
    const page = pageOf[facts.keys[row]! >>> pages.slotBits]!;
    if (page >= 0) slotBytes[page] = facts.bytes[row]!;
  }
  for (let page = 0; page < table.pages; page++) {
    if (slotBytes[page] === 0) slotBytes[page] = words.slotWords * wordBytes;
  }
  const place = (key: number) => {
    const id = key >>> pages.slotBits;
    const page = pageOf[id]!;
    // At least 1, since 0 means that no object of the page was seen yet.
    if (firstOffset[page] === 0) firstOffset[page] = startOf[id]! + pages.lowBits(key);
  };
  for (let object = 0; object < objects; object++) {
    place(keys[object]!);
    if (object % STRIDE === 0) yield (object / objects) * 0.5;
  }
  for (const key of freeKeys) place(key);
  for (let page = 0; page < table.pages; page++) {
    const slot = slotBytes[page]!;
    const rest = firstOffset[page]! % slot;
    const first = rest < wordBytes ? rest + slot * Math.ceil((wordBytes - rest) / slot) : rest;
    firstOffset[page] = first;
    table.slots[page] = Math.max(0, Math.floor((pageBytes - first) / slot));
  }

  const slotAt = (page: number, key: number) => {
    const offset = startOf[key >>> pages.slotBits]! + pages.lowBits(key) - firstOffset[page]!;
    return offset >= 0 && offset % slotBytes[page]! === 0 && offset / slotBytes[page]! < table.slots[page]!;
  };
  for (let object = 0; object < objects; object++) {
    const key = keys[object]!;
    const page = pageOf[key >>> pages.slotBits]!;
    if (!slotAt(page, key)) table.misplaced++;
    else {
      table.live[page]!++;
      if (isPinned(object)) table.pinned[page]!++;
      if ((flags[object]! & ObjectFlag.old) !== 0) table.old[page]!++;
    }
    if (object % STRIDE === 0) yield 0.5 + (object / objects) * 0.5;
  }
  for (const key of freeKeys) {
    const page = pageOf[key >>> pages.slotBits]!;
    if (slotAt(page, key)) table.free[page]!++;
  }
  if (!table.exact) {
    for (let page = 0; page < table.pages; page++) table.free[page] = table.slots[page]! - table.live[page]!;
  }
  return table;
}

function freeKeysOf({ slots, pages }: HeapSnapshot): Uint32Array {
  const sorted = slots.freeKeys.slice().sort();
  return sorted.filter((key, at) => key !== sorted[at - 1] && pages.objectAt(key) < 0);
}

/**
 * The heap pages that have an object or an empty slot: their numbers, ascending; and for each page of keys the heap
 * page that it is part of (-1 = none), and at which byte of that it begins.
 */
function heapPages({ pages, keys }: HeapSnapshot, pageBytes: Bytes, freeKeys: Uint32Array) {
  const count = pages.numbers.length / 2;
  const used = new Uint8Array(count);
  for (let object = 0; object < keys.length; object++) used[keys[object]! >>> pages.slotBits] = 1;
  for (const key of freeKeys) used[key >>> pages.slotBits] = 1;
  const parts = pageBytes / KEY_PAGE_BYTES;
  const numbers: number[] = [];
  const pageOf = new Int32Array(count).fill(-1);
  const startOf = new Uint32Array(count);
  for (const id of pages.idsByNumber()) {
    if (used[id] === 0) continue;
    const number = Math.floor(pages.pageNumber(id) / parts);
    if (numbers.at(-1) !== number) numbers.push(number);
    pageOf[id] = numbers.length - 1;
    startOf[id] = (pages.pageNumber(id) % parts) * KEY_PAGE_BYTES;
  }
  return { numbers, pageOf, startOf };
}

function emptyTable(
  numbers: readonly number[],
  pageBytes: Bytes,
  freeKeys: Uint32Array,
  exact: boolean,
): PageTable {
  const column = () => new Uint32Array(numbers.length);
  return {
    pageBytes,
    exact,
    pages: numbers.length,
    number: Float64Array.from(numbers),
    slotBytes: column(),
    firstOffset: column(),
    slots: column(),
    live: column(),
    old: column(),
    pinned: column(),
    free: column(),
    freeKeys,
    misplaced: 0,
  };
}

/** Key of a slot; 0 = its address has no key. O(log pages). */
export function keyOfSlot(
  { pages }: Pick<HeapSnapshot, 'pages'>,
  table: PageTable,
  page: number,
  slot: number,
): number {
  const offset = table.firstOffset[page]! + slot * table.slotBytes[page]!;
  const number =
    table.number[page]! * (table.pageBytes / KEY_PAGE_BYTES) + Math.floor(offset / KEY_PAGE_BYTES);
  return pages.keyAt(number, offset % KEY_PAGE_BYTES);
}

/** The object in a slot; -1 = none. O(log pages). */
export function objectInSlot(
  snapshot: Pick<HeapSnapshot, 'pages'>,
  table: PageTable,
  page: number,
  slot: number,
): ObjectIndex {
  const key = keyOfSlot(snapshot, table, page, slot);
  return key === 0 ? -1 : snapshot.pages.objectAt(key);
}

/** Whether the dump lists a slot as empty. O(log free). */
export function isListedFree({ freeKeys }: PageTable, key: number): boolean {
  let low = 0;
  let high = freeKeys.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (freeKeys[middle] === key) return key !== 0;
    if (freeKeys[middle]! < key) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
