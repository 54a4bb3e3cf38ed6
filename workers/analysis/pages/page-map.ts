import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import type { ObjectSet } from '../../model/object-set.ts';
import type { MappedPage, PageColourEntry, PageMap, PageOrder, SlotState } from '../../protocol/pages.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import type { GroupTable } from '../grouping.ts';
import type { PagesOfHeap } from './heap-pages.ts';
import { isListedFree, KEY_PAGE_BYTES, keyOfSlot } from './page-table.ts';

/** Maximum number of groups with their own colour. */
const GROUPS = 8;
/** Codes of slots without an object, the same in all answers. */
const FREE = 0;
const UNLISTED = 1;
const FIRST = 2;

/** How the map colours objects. */
export type Colouring =
  | { by: 'state' }
  | { by: 'set'; set: ObjectSet }
  | { by: 'generation' }
  | { by: 'group'; table: GroupTable };

/** The codes of objects under a colouring, and what they mean. */
interface Codes {
  entries: PageColourEntry[];
  codeOf(object: ObjectIndex): number;
}

/**
 * Pages in the order of the map: by slot size, then by address, or by the share of occupied slots with empty pages
 * last. O(p log p).
 */
export function orderedPages({ table }: PagesOfHeap, order: PageOrder, slotBytes: Bytes | null): Uint32Array {
  const pages = Uint32Array.from({ length: table.pages }, (_, page) => page).filter(
    page => slotBytes === null || table.slotBytes[page] === slotBytes,
  );
  const fullness = (page: number) => (table.live[page] === 0 ? 2 : table.live[page]! / table.slots[page]!);
  return pages.sort(
    (a, b) =>
      table.slotBytes[a]! - table.slotBytes[b]! ||
      (order === 'fullness' ? fullness(a) - fullness(b) : 0) ||
      a - b,
  );
}

/** Some pages, slot by slot. O(their slots · log pages). */
export function pageMap(
  snapshot: HeapSnapshot,
  heap: PagesOfHeap,
  colouring: Colouring,
  order: Uint32Array,
  { offset, limit }: { offset: Count; limit: Count },
): PageMap {
  const { table } = heap;
  const pages = order.subarray(offset, offset + limit);
  const { entries, codeOf } = codesOf(snapshot, heap, colouring);
  const slots = pages.reduce((sum, page) => sum + table.slots[page]!, 0);
  const codes = new Uint8Array(slots);
  const objects = new Int32Array(slots);
  let at = 0;
  for (const page of pages) {
    for (let slot = 0; slot < table.slots[page]!; slot++, at++) {
      const key = keyOfSlot(snapshot, table, page, slot);
      const object = key === 0 ? -1 : snapshot.pages.objectAt(key);
      objects[at] = object;
      if (object >= 0) codes[at] = codeOf(object);
      else codes[at] = table.exact && !isListedFree(table, key) ? UNLISTED : FREE;
    }
  }
  return {
    total: order.length,
    offset,
    pages: Array.from(pages, page => mappedPage(heap, page)),
    codes,
    objects,
    entries,
  };
}

function mappedPage({ table }: PagesOfHeap, page: number): MappedPage {
  const parts = BigInt(table.pageBytes / KEY_PAGE_BYTES) * BigInt(KEY_PAGE_BYTES);
  return {
    address: `0x${(BigInt(table.number[page]!) * parts).toString(16)}`,
    slotBytes: table.slotBytes[page]!,
    firstOffset: table.firstOffset[page]!,
    slots: table.slots[page]!,
    live: table.live[page]!,
    pinned: table.pinned[page]!,
    free: table.free[page]!,
  };
}

function entry(label: string, more: Partial<PageColourEntry> = {}): PageColourEntry {
  return { label, family: null, age: null, state: null, ...more };
}

function state(label: string, of: SlotState): PageColourEntry {
  return entry(label, { state: of });
}

function codesOf(snapshot: HeapSnapshot, heap: PagesOfHeap, colouring: Colouring): Codes {
  const empty = [state('free', 'free'), state('not in the dump', 'unlisted')];
  const { pair, flags } = snapshot;
  switch (colouring.by) {
    case 'state':
      return {
        entries: [...empty, state('young', 'young'), state('old', 'old'), state('pinned', 'pinned')],
        codeOf: object =>
          heap.isPinned(object) ? FIRST + 2 : (flags[object]! & ObjectFlag.old) === 0 ? FIRST : FIRST + 1,
      };
    case 'set':
      return {
        entries: [...empty, entry('other objects'), entry('in the current set')],
        codeOf: object => (colouring.set.has(object) ? FIRST + 1 : FIRST),
      };
    case 'generation': {
      const { ofPair, entries } = generationCodes(snapshot);
      return { entries: [...empty, ...entries], codeOf: object => ofPair[pair[object]!]! };
    }
    case 'group': {
      const { ofPair, entries } = groupCodes(snapshot, colouring.table);
      return { entries: [...empty, ...entries], codeOf: object => ofPair[pair[object]!]! };
    }
  }
}

/** Ranges of generations with about equal numbers of objects, and untraced objects. */
function generationCodes({ pairs, allocations }: HeapSnapshot) {
  const objects = new Map<number, number>();
  for (let pair = 0; pair < pairs.length; pair++) {
    const generation = allocations.generation[pairs.allocation[pair]!]! - 1;
    if (generation >= 0) objects.set(generation, (objects.get(generation) ?? 0) + pairs.objects[pair]!);
  }
  const generations = [...objects.keys()].sort((a, b) => a - b);
  const all = generations.reduce((sum, generation) => sum + objects.get(generation)!, 0);
  const rangeOf = new Map<number, number>();
  const ranges: number[][] = [];
  let before = 0;
  for (const generation of generations) {
    const wanted = Math.floor((before / all) * GROUPS);
    if (ranges.length === 0 || wanted >= ranges.length) ranges.push([]);
    ranges.at(-1)!.push(generation);
    rangeOf.set(generation, ranges.length - 1);
    before += objects.get(generation)!;
  }
  const named = ([first, ...more]: number[]) =>
    more.length === 0 ? `generation ${first}` : `generations ${first} to ${more.at(-1)}`;
  const entries = ranges.map((range, at) =>
    entry(named(range), { age: ranges.length === 1 ? 0 : 1 - at / (ranges.length - 1) }),
  );
  const ofPair = Uint8Array.from(pairs.allocation, allocation => {
    const generation = allocations.generation[allocation]! - 1;
    return FIRST + (generation < 0 ? ranges.length : rangeOf.get(generation)!);
  });
  return { ofPair, entries: [...entries, entry('untraced')] };
}

/** The groups with the most objects, and all others. */
function groupCodes({ pairs, descriptors }: HeapSnapshot, table: GroupTable) {
  const objects = new Float64Array(table.labels.length);
  for (let pair = 0; pair < pairs.length; pair++) objects[table.groupOf[pair]!]! += pairs.objects[pair]!;
  const largest = [...objects.keys()]
    .filter(group => objects[group]! > 0)
    .sort((a, b) => objects[b]! - objects[a]!)
    .slice(0, GROUPS);
  const codes = new Map(largest.map((group, at) => [group, FIRST + at]));
  const others = FIRST + largest.length;
  const ofPair = Uint8Array.from(table.groupOf, group => codes.get(group) ?? others);
  const families = new Map<number, PageColourEntry['family']>();
  for (let pair = 0; pair < pairs.length; pair++) {
    const group = table.groupOf[pair]!;
    const { family } = descriptors.words[pairs.descriptor[pair]!]!;
    families.set(group, !families.has(group) || families.get(group) === family ? family : null);
  }
  const entries = largest.map(group =>
    entry(table.labels[group] ?? 'untraced', { family: families.get(group)! }),
  );
  return { ofPair, entries: [...entries, entry('others')] };
}
