import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeapPages, PageMap } from '../../protocol/pages.ts';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { openText } from '../../testing/open-heap.ts';
import { compaction } from './compaction.ts';
import type { PageTable } from './page-table.ts';

interface Slot {
  address: bigint;
  slotBytes: number;
  isFree: boolean;
  isOld: boolean;
}

/** The slots that a dump lists, from the text alone. */
function slotsOf(text: string): Slot[] {
  const records = text.matchAll(/^\{"address":"(0x[0-9a-f]+)", "type":"([A-Z]+)"(.*?)\}$/gms);
  return [...records]
    .filter(([, , type]) => type !== 'SHAPE')
    .map(([, address, type, rest]) => ({
      address: BigInt(address!),
      slotBytes: Number(/^(?:, "shape_id":\d+)?, "slot_size":(\d+)/.exec(rest!)?.[1] ?? 40),
      isFree: type === 'NONE',
      isOld: /"flags":\{[^}]*("old":true|"age":3)/.test(rest!),
    }));
}

/** Slots by the page that they are on. */
function byPage(slots: readonly Slot[], pageBytes: bigint): Map<bigint, Slot[]> {
  const pages = new Map<bigint, Slot[]>();
  for (const slot of slots) {
    const page = slot.address - (slot.address % pageBytes);
    pages.set(page, [...(pages.get(page) ?? []), slot]);
  }
  return pages;
}

async function pagesOf(text: string): Promise<{ summary: HeapPages; map: PageMap }> {
  const { session, info } = await openText(text, { latin1: true });
  const about = { snapshot: info.id, set: { kind: 'all' as const } };
  const summary = await session.ask('pages', about);
  const map = await session.ask('pageMap', {
    ...about,
    offset: 0,
    limit: 256,
    colour: 'state',
    order: 'address',
    slotBytes: null,
  });
  return { summary: summary!, map };
}

const textOf = (name: string) => Buffer.from(fixtureDump(name)).toString('latin1');

describe('the pages of a dump that lists all slots', () => {
  it.each([
    ['ruby-3.1-full', 16_384n],
    ['ruby-3.4-wasm-full', 65_536n],
  ])('%s: every slot is on the map, as the text has it', async (name, pageBytes) => {
    const text = textOf(name);
    const expected = byPage(slotsOf(text), pageBytes);
    const { summary, map } = await pagesOf(text);
    expect(summary).toMatchObject({ exact: true, pageBytes: Number(pageBytes), misplaced: 0 });
    expect(map.total).toBe(expected.size);
    let at = 0;
    let unlisted = 0;
    for (const page of map.pages) {
      const slots = expected.get(BigInt(page.address))!;
      expect(page.slotBytes).toBe(slots[0]!.slotBytes);
      expect(page.free).toBe(slots.filter(({ isFree }) => isFree).length);
      expect(page.live).toBe(slots.filter(({ isFree }) => !isFree).length);
      const states = Array.from(
        { length: page.slots },
        (_, slot) => map.entries[map.codes[at + slot]!]!.state,
      );
      const known = new Map(slots.map(slot => [slot.address, slot]));
      const there = states.map((_, slot) => {
        const address = BigInt(page.address) + BigInt(page.firstOffset + slot * page.slotBytes);
        const found = known.get(address);
        known.delete(address);
        return found;
      });
      expect([...known.keys()]).toEqual([]);
      // Objects that a conservative root lists count as pinned, since none is flagged.
      const stateOf = (slot: Slot | undefined, shown: string | null) => {
        if (slot === undefined) return 'unlisted';
        if (slot.isFree) return 'free';
        return shown === 'pinned' ? shown : slot.isOld ? 'old' : 'young';
      };
      expect(states).toEqual(states.map((state, slot) => stateOf(there[slot], state)));
      expect(Array.from(map.objects.subarray(at, at + page.slots), object => object >= 0)).toEqual(
        there.map(slot => slot !== undefined && !slot.isFree),
      );
      unlisted += states.filter(state => state === 'unlisted').length;
      at += page.slots;
    }
    expect(at).toBe(map.codes.length);
    // Ruby leaves out the slot of the object that it writes to.
    expect(unlisted).toBeLessThan(10);
    const empty = map.pages.filter(({ live }) => live === 0);
    expect(summary.all).toEqual({
      pages: expected.size,
      emptyPages: [...expected.values()].filter(slots => slots.every(({ isFree }) => isFree)).length,
      emptySlots: empty.reduce((sum, { slots }) => sum + slots, 0),
      slots: map.codes.length,
      live: map.objects.filter(object => object >= 0).length,
      old: slotsOf(text).filter(({ isOld }) => isOld).length,
      pinned: expect.any(Number),
      free: slotsOf(text).filter(({ isFree }) => isFree).length,
      unlisted,
    });
    expect(summary.sizes.reduce((sum, size) => sum + size.slots, 0)).toBe(summary.all.slots);
  });

  it('has the same slots without that list, except for pages without an object', async () => {
    const text = textOf('ruby-3.4-wasm-full');
    const full = await pagesOf(text);
    const part = await pagesOf(text.replaceAll(/^.*"type":"NONE".*\n/gm, ''));
    expect(part.summary.exact).toBe(false);
    expect(part.map.pages).toEqual(
      full.map.pages.filter(({ live }) => live > 0).map(page => ({ ...page, free: page.slots - page.live })),
    );
  });
});

/** The pages that could be empty, by trying every choice of pages to keep. */
function naiveCompaction(pages: readonly { slots: number; live: number; pinned: number }[]) {
  const live = pages.reduce((sum, page) => sum + page.live, 0);
  const fewest = (mayGo: (page: (typeof pages)[number]) => boolean) => {
    let best = pages.length;
    for (let kept = 0; kept < 1 << pages.length; kept++) {
      const isKept = (at: number) => (kept & (1 << at)) !== 0;
      const room = pages.reduce((sum, page, at) => sum + (isKept(at) ? page.slots : 0), 0);
      if (room < live || !pages.every((page, at) => isKept(at) || mayGo(page))) continue;
      best = Math.min(best, pages.filter((_, at) => isKept(at)).length);
    }
    return pages.length - best;
  };
  const movable = fewest(page => page.pinned === 0);
  return { movable, blocked: fewest(() => true) - movable };
}

it('compaction empties as many pages as the best choice of pages to keep', () => {
  const page = fc
    .record({ slots: fc.integer({ min: 1, max: 9 }), live: fc.nat(9), pinned: fc.nat(2) })
    .map(({ slots, live, pinned }) => {
      const bounded = Math.min(slots, live);
      return { slots, live: bounded, pinned: Math.min(pinned, bounded) };
    });
  fc.assert(
    fc.property(fc.array(page, { maxLength: 7 }), pages => {
      const column = (key: 'slots' | 'live' | 'pinned') => Uint32Array.from(pages, each => each[key]);
      const table = { slots: column('slots'), live: column('live'), pinned: column('pinned') };
      const { movable, blocked } = compaction(table as PageTable, [...pages.keys()]);
      expect({ movable, blocked: blocked.length }).toEqual(naiveCompaction(pages));
      expect(blocked.every(at => pages[at]!.pinned > 0)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('pinned objects are the flagged ones, and are listed by class', async () => {
  const record = (address: number, more: string) =>
    `{"address":"0x${address.toString(16)}", "type":"STRING", "memsize":40${more}}\n`;
  const text = [
    `{"type":"ROOT", "root":"vm", "references":["0x10008"]}\n`,
    record(0x10008, ', "flags":{"old":true, "pinned":true}'),
    record(0x14008, ', "flags":{"old":true, "pinned":true}'),
    record(0x18008, ', "flags":{"old":true}'),
  ].join('');
  const { summary } = await pagesOf(text);
  expect(summary.pins).toBe('flagged');
  expect(summary.sizes).toEqual([
    expect.objectContaining({ pages: 3, live: 3, pinned: 2, movablePages: 1, pinnedPages: 1 }),
  ]);
  expect(summary.sentence).toBe(
    'Memory goes back to the system a page at a time, once a page has no object. The dump has objects on 3 pages: they stay, though about 99.8\u00a0% of their slots are free. Moving objects together could empty about 1 of them (16.0\u00a0KiB). Pinned objects prevent that for 1 more page (16.0\u00a0KiB).',
  );
  expect(summary.holders).toEqual([{ label: '(internal) STRING', objects: 1, pages: 1 }]);
});
