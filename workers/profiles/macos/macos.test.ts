import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStacks, selfByStack, sumOf, valueByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, open, profileIn } from '../../testing/profiles/read-text.ts';
import { selfAt } from '../model/snapshots.ts';

const HEADER =
  'malloc_history Report Version:  2.0\nProcess:         ruby [4242]\nPath:            /usr/bin/ruby\n\n';

interface Event {
  free: boolean;
  block: number;
  bytes: number;
  site: number;
}

const SITES = [
  'thread_1 |start | main | malloc',
  'thread_1 |start | main | -[Shop add:] | calloc',
  'thread_2 |start | λ | malloc',
];

const address = (block: number) => `0x${(0x6000_0000_0000 + block * 16).toString(16)}`;

const pathOf = (site: number) =>
  SITES[site]!.split('|')
    .map(part => part.trim())
    .join(' | ');

function eventLine({ free, block, bytes, site }: Event): string {
  return `${free ? 'FREE ' : 'ALLOC'} ${address(block)}-${address(block + 1)} [size=${bytes}]: ${SITES[site]}`;
}

describe('malloc_history -allEvents', () => {
  const random = fc.array(
    fc.record({
      free: fc.boolean(),
      block: fc.nat(12),
      bytes: fc.integer({ min: 1, max: 5000 }),
      site: fc.nat(SITES.length - 1),
    }),
    { maxLength: 120 },
  );

  /** Test oracle: a map of live blocks. */
  function oracle(events: readonly Event[]) {
    const live = new Map<number, { bytes: number; site: number; born: number }>();
    const lived: Record<string, number> = {};
    const sum = () => [...live.values()].reduce((all, each) => all + each.bytes, 0);
    const totals = { allocatedBytes: 0, allocations: 0, frees: 0, peakBytes: 0, liveBytes: 0, liveBlocks: 0 };
    for (const [at, event] of events.entries()) {
      const before = live.get(event.block);
      if (before !== undefined) {
        live.delete(event.block);
        totals.frees++;
        lived[pathOf(before.site)] = (lived[pathOf(before.site)] ?? 0) + at - before.born;
      }
      if (!event.free) {
        live.set(event.block, { ...event, born: at });
        totals.allocatedBytes += event.bytes;
        totals.allocations++;
      }
      totals.peakBytes = Math.max(totals.peakBytes, sum());
    }
    const bySite: Record<string, number> = {};
    for (const { bytes, site } of live.values()) {
      bySite[pathOf(site)] = (bySite[pathOf(site)] ?? 0) + bytes;
    }
    return { bySite, lived, totals: { ...totals, liveBytes: sum(), liveBlocks: live.size } };
  }

  test('follows random events in the same way as a map of live blocks, however they are cut into slices', async () => {
    await fc.assert(
      fc.asyncProperty(random, fc.array(fc.nat(12_000), { maxLength: 6 }), async (events, positions) => {
        const first: Event = { free: false, block: 40, bytes: 8, site: 0 };
        const all = [first, ...events];
        const text = `${HEADER}${all.map(eventLine).join('\n----\n')}\n`;
        const opened = await open(
          text,
          positions.filter(at => at < text.length).sort((a, b) => a - b),
        );
        if (opened.kind !== 'profile') throw new Error('a series');
        const { totals, bySite, lived } = oracle(all);
        expect(opened.totals).toMatchObject(totals);
        expect(selfByStack(opened.trees[0]!, 'liveBytes')).toEqual(bySite);
        expect(selfByStack(opened.trees[0]!, 'lifetime')).toEqual(lived);
        expect(opened.damage.lines).toBe(0);
        expect(opened.timeline!.columns[0]!.values.at(-1)).toBe(totals.liveBytes);
      }),
    );
  });

  test('has what was live at a point in time, by caller', async () => {
    const events = Array.from({ length: 32 }, (_, at) =>
      eventLine({ free: at >= 16, block: at % 16, bytes: 100, site: 0 }),
    );
    const { timeline, snapshots, trees } = await profileIn(events.join('\n'));
    for (const [at, row] of snapshots!.row.entries()) {
      const self = selfAt(snapshots!, at, trees[0]!.parent.length);
      expect(self.reduce((sum, value) => sum + value, 0)).toBe(timeline!.columns[0]!.values[row]);
    }
    expect(timeline!.columns[0]!.values[15]).toBe(1600);
  });

  test('has histograms of sizes, and of lifetimes in events', async () => {
    const text = [
      eventLine({ free: false, block: 1, bytes: 100, site: 0 }),
      eventLine({ free: true, block: 1, bytes: 100, site: 0 }),
      eventLine({ free: false, block: 2, bytes: 5, site: 0 }),
    ].join('\n');
    const [sizes, lifetimes] = (await profileIn(text)).histograms;
    expect(sizes!.count[Math.floor(Math.log2(100)) + 1]).toBe(1);
    expect(sizes!.count[Math.floor(Math.log2(5)) + 1]).toBe(1);
    expect([...lifetimes!.from]).toEqual([0, 1]);
    expect([...lifetimes!.count]).toEqual([0, 1]);
  });

  test('keeps VM regions apart, and says what it had to guess', async () => {
    const text = [
      `VM_ALLOC ${address(100)}-${address(900)} [size=12800]: ${SITES[0]}`,
      eventLine({ free: false, block: 1, bytes: 10, site: 0 }),
      eventLine({ free: false, block: 1, bytes: 20, site: 0 }),
      eventLine({ free: true, block: 7, bytes: 20, site: 0 }),
      'what is this',
    ].join('\n');
    const { totals, trees, notes, damage } = await profileIn(text);
    expect(totals).toMatchObject({ liveBytes: 20, regionBytes: 12800, regions: 1 });
    expect(trees.map(tree => tree.id)).toEqual(['stacks', 'regions']);
    expect(notes.join(' ')).toMatch(
      /1 frees are of blocks .* 1 blocks were allocated at addresses that had not been freed/,
    );
    expect(damage).toMatchObject({ lines: 1, first: [{ line: 5, text: 'what is this' }] });
  });

  test('newer frames have an address and a library', async () => {
    const text = `ALLOC 0x1000-0x1010 [size=16]: 0x1b1c108d4 (dyld) start | 0x1000 (ruby) main + 24 main.c:12 | 0x2 (libsystem_malloc.dylib) malloc\n`;
    const [tree] = (await profileIn(text)).trees;
    expect(selfByStack(tree!, 'liveBytes')).toEqual({ 'start | main | malloc': 16 });
    expect(tree!.strings).toContain('libsystem_malloc.dylib');
  });
});

describe('malloc_history -allBySize', () => {
  test('reads back random stacks', async () => {
    await fc.assert(
      fc.asyncProperty(randomStacks(2), async stacks => {
        const lines = stacks.map(
          ({ frames, values }) => `${values[1]} calls for ${values[0]} bytes: ${frames.join(' | ')}`,
        );
        const { totals, trees } = await profileIn(`${HEADER}----\n${lines.join('\n\n')}\n`);
        expect(totals).toEqual({ liveBytes: sumOf(stacks, 0), liveBlocks: sumOf(stacks, 1) });
        expect(selfByStack(trees[0]!, 'liveBytes')).toEqual(valueByStack(stacks, 0));
      }),
    );
  });
});

describe('malloc_history -callTree', () => {
  test('has exact counts and rounded sizes', async () => {
    const text = `Analysis Tool:   /usr/bin/malloc_history\n
Call graph:
    30 (3K) << TOTAL >>
      20 (2K) thread_start  (in libsystem_pthread.dylib) + 8  [0x19920eb80]
      + 15 (1.5K) -[Shop add:]  (in Shop) + 136  [0x199213bc8]
      + ! 15 (1.5K) calloc  (in libsystem_malloc.dylib) + 52  [0x10373268c]
      10 (1024 bytes) start  (in dyld) + 8  [0x19920eb81]
`;
    const { totals, trees } = await profileIn(text);
    expect(totals).toEqual({ liveBytes: 3072, liveBlocks: 30 });
    expect(selfByStack(trees[0]!, 'liveBlocks')).toEqual({
      thread_start: 5,
      'thread_start | -[Shop add:] | calloc': 15,
      start: 10,
    });
  });
});

describe('leaks', () => {
  test('are a tree of references; the sizes in brackets are exact', async () => {
    const text = `leaks Report Version: 4.0
Process 20815: 206 nodes malloced for 17 KB
Process 20815: 4 leaks for 1264 total leaked bytes.

    4 (1.23K) << TOTAL >>
      3 (464 bytes) ROOT CYCLE: <Shop 0x12a604f80> [352]
         __strong orders --> CYCLE BACK TO <Shop 0x12a604f80> [352]
         2 (112 bytes) orders --> <NSArray 0x60000301c0c0> [16]
            1 (96 bytes) 0x12a605660 [96]
      1 (800 bytes) ROOT LEAK: 0x12a605340 [800]
`;
    const { totals, trees, missing } = await profileIn(text);
    expect(totals).toEqual({ liveBlocks: 206, leakedBlocks: 4, leakedBytes: 1264 });
    expect(missing).toEqual([]);
    expect(selfByStack(trees[0]!, 'leakedBytes')).toEqual({
      Shop: 352,
      'Shop | NSArray': 16,
      'Shop | NSArray | malloc<96>': 96,
      'malloc<800>': 800,
    });
  });

  test('are a list in older versions, and have stacks if these were logged', async () => {
    const list = `leaks Report Version: 3.0
Process 1: 2 leaks for 368 total leaked bytes.

Leak: 0x124e040c0  size=256  zone: MallocHelperZone_0x104e90000
Leak: 0x6000000defb0  size=112  zone: DefaultMallocZone_0x103592000   GlueTubeManager  C++  CFNetwork
`;
    expect(selfByStack((await profileIn(list)).trees[0]!, 'leakedBytes')).toEqual({
      'malloc<256>': 256,
      GlueTubeManager: 112,
    });
    const stacks = `leaks Report Version: 4.0, multi-line stacks
Process 2: 1 leaks for 1024 total leaked bytes.

STACK OF 1 INSTANCE OF 'ROOT LEAK: <malloc in fill>':
2   dyld                                  0x18e0a7f28 start + 2236
1   prog                                  0x100003f84 main + 28
0   libsystem_malloc.dylib                0x18e2a0f10 _malloc + 40
====
    1 (1.00K) ROOT LEAK: <malloc in fill 0x14a604080> [1024]
`;
    const profile = await profileIn(stacks);
    expect(selfByStack(profile.trees[1]!, 'leakedBytes')).toEqual({ 'start | main | _malloc': 1024 });
  });

  test('that are not listed are counted as missing', async () => {
    const { totals, missing } = await profileIn(fixtureText('macos-leaks.txt'));
    expect(totals).toMatchObject({ leakedBlocks: 2, leakedBytes: 64 });
    expect(missing).toEqual([]);
    const cut =
      'Process 1: 3 leaks for 300 total leaked bytes.\n\n    1 (100 bytes) ROOT LEAK: 0x12a605340 [100]\n';
    expect((await profileIn(cut)).missing).toEqual([
      { total: 'leakedBytes', amount: 200, why: expect.any(String) },
      { total: 'leakedBlocks', amount: 2, why: expect.any(String) },
    ]);
  });
});

test('heap has classes by binary, and an exact histogram of sizes', async () => {
  const { totals, trees, histograms } = await profileIn(fixtureText('macos-heap.txt'));
  expect(totals).toEqual({ liveBytes: 2662832, liveBlocks: 19103 });
  expect(selfByStack(trees[0]!, 'liveBlocks')['CoreFoundation | CFString']).toBe(4891);
  const [sizes] = histograms;
  expect(sizes!.count.reduce((sum, count) => sum + count)).toBe(19103);
  expect(sizes!.count.reduce((sum, count, at) => sum + count * sizes!.from[at]!, 0)).toBe(2662832);
});
