import { descriptorOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import type { Steps } from '../../model/steps.ts';
import type { HeapPages, PageTally, PinRow, SlotSizeRow } from '../../protocol/pages.ts';
import { compaction } from './compaction.ts';
import { type IsPinned, objectInSlot, type PageTable, pageTable } from './page-table.ts';
import { pageSentence } from './sentence.ts';

const HOLDERS = 20;

/** The pages of a heap, and how its pinned objects are identified. */
export interface PagesOfHeap {
  table: PageTable;
  pins: HeapPages['pins'];
  isPinned: IsPinned;
}

/** The pages and the objects pinned on them; null for a format without pages. O(n + p log p) for p pages. */
export function* pagesOf(snapshot: HeapSnapshot): Steps<PagesOfHeap | null> {
  const { flags, vocabulary, roots } = snapshot;
  const isFlagged = flags.some(bits => (bits & ObjectFlag.pinned) !== 0);
  const doubtful = new Set(vocabulary.roots.filter(root => root.doubtful).map(({ name }) => name));
  const assumed = new Set(
    roots.filter(({ name }) => doubtful.has(name)).flatMap(({ objects }) => [...objects]),
  );
  const isPinned: IsPinned = isFlagged
    ? object => (flags[object]! & ObjectFlag.pinned) !== 0
    : object => assumed.has(object);
  const table = yield* pageTable(snapshot, isPinned);
  if (table === null) return null;
  return { table, pins: isFlagged ? 'flagged' : assumed.size > 0 ? 'assumed' : 'none', isPinned };
}

/** The summary of the pages: by slot size, with what compaction could do. O(p log p + slots of blocked pages). */
export function summarisePages(snapshot: HeapSnapshot, heap: PagesOfHeap): HeapPages {
  const { table, pins } = heap;
  const bySize = new Map<number, number[]>();
  for (let page = 0; page < table.pages; page++) {
    const slotBytes = table.slotBytes[page]!;
    const pages = bySize.get(slotBytes);
    if (pages === undefined) bySize.set(slotBytes, [page]);
    else pages.push(page);
  }
  const blocked: number[] = [];
  const sizes: SlotSizeRow[] = [...bySize]
    .sort(([a], [b]) => a - b)
    .map(([slotBytes, pages]) => {
      const moved = compaction(table, pages);
      blocked.push(...moved.blocked);
      const counts = { movablePages: moved.movable, pinnedPages: moved.blocked.length };
      return { slotBytes, ...tallyOf(table, pages), ...counts };
    });
  const facts = {
    pageBytes: table.pageBytes,
    exact: table.exact,
    pins,
    all: tallyOf(
      table,
      Array.from({ length: table.pages }, (_, page) => page),
    ),
    sizes,
    holders: holdersOf(snapshot, heap, blocked),
    misplaced: table.misplaced,
  };
  return { ...facts, sentence: pageSentence(facts) };
}

function tallyOf(table: PageTable, pages: readonly number[]): PageTally {
  const sum = (column: Uint32Array) => pages.reduce((total, page) => total + column[page]!, 0);
  const slots = sum(table.slots);
  const live = sum(table.live);
  const empty = pages.filter(page => table.live[page] === 0);
  const free = sum(table.free);
  return {
    pages: pages.length,
    emptyPages: empty.length,
    emptySlots: empty.reduce((total, page) => total + table.slots[page]!, 0),
    slots,
    live,
    old: sum(table.old),
    pinned: sum(table.pinned),
    free,
    unlisted: slots - live - free,
  };
}

/** The classes of the pinned objects on some pages. */
function holdersOf(
  snapshot: HeapSnapshot,
  { table, isPinned }: PagesOfHeap,
  pages: readonly number[],
): PinRow[] {
  const rows = new Map<string, PinRow>();
  for (const page of pages) {
    const seen = new Set<string>();
    for (let slot = 0; slot < table.slots[page]!; slot++) {
      const object = objectInSlot(snapshot, table, page, slot);
      if (object < 0 || !isPinned(object)) continue;
      const label = snapshot.strings.text(snapshot.descriptors.label[descriptorOf(snapshot, object)]!);
      const row = rows.get(label) ?? { label, objects: 0, pages: 0 };
      row.objects++;
      if (!seen.has(label)) row.pages++;
      seen.add(label);
      rows.set(label, row);
    }
  }
  return [...rows.values()].sort((a, b) => b.pages - a.pages || b.objects - a.objects).slice(0, HOLDERS);
}
