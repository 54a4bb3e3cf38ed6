import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selfByStack } from '../testing/profiles/random-stacks.ts';
import { profileIn, seriesIn } from '../testing/profiles/read-text.ts';
import { columnOf } from './model/series.ts';

/** Random reports in formats that print one table or one tree; larger formats have tests of their own. */

const RUNS = { numRuns: 25 };
const count = fc.integer({ min: 1, max: 99_999 });

/** Rows with distinct names. */
function named<Row extends object>(names: readonly string[], row: fc.Arbitrary<Row>) {
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...names), row), { minLength: 1, selector: ([name]) => name })
    .map(rows => rows.map(([name, of]) => ({ name, ...of })));
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) =>
  rows.reduce((total, row) => total + of(row), 0);

const TYPES = ['T_STRING', 'T_ARRAY', 'T_HASH', 'T_OBJECT', 'T_IMEMO'];

describe('heapy read', () => {
  test('by generation', () => {
    const rows = named(['nil', '7', '43', '1200'], fc.record({ objects: count, tenths: count }));
    return fc.assert(
      fc.asyncProperty(rows, async all => {
        const lines = all.map(
          ({ name, objects, tenths }) =>
            `Generation: ${name.padStart(3)} object count: ${objects}, mem: ${(tenths / 10).toFixed(1)} kb`,
        );
        const objects = sum(all, row => row.objects);
        const text = `\nAnalyzing Heap\n==============\n${lines.join('\n')}\n\nHeap total\n==============\nGenerations (active): ${all.length}\nCount: ${objects}\n`;
        const { totals, trees } = await profileIn(text);
        expect(totals).toMatchObject({ liveObjects: objects, generations: all.length });
        expect(selfByStack(trees[0]!, 'liveObjects')).toEqual(
          Object.fromEntries(
            all.map(row => [row.name === 'nil' ? 'no generation' : `generation ${row.name}`, row.objects]),
          ),
        );
        expect(totals.tracedBytes).toBe(sum(all, row => Math.round((row.tenths / 10) * 1024)));
      }),
      RUNS,
    );
  });

  test('of one generation', () => {
    const rows = named(['/a b/c.rb:7', '/x.rb:9', '(eval):3'], fc.record({ bytes: count }));
    return fc.assert(
      fc.asyncProperty(rows, fc.nat(1000), async (all, beyond) => {
        const total = sum(all, row => row.bytes) + beyond;
        const lines = all.map(({ name, bytes }) => `${String(bytes).padStart(7)}  ${name}`);
        const text = `\nAnalyzing Heap (Generation: 43)\n-------------------------------\n\nallocated by memory (${total}) (in bytes)\n==============================\n${lines.join('\n')}\n`;
        const { totals, missing } = await profileIn(text);
        expect(totals).toEqual({ liveBytes: total });
        expect(missing.map(({ amount }) => amount)).toEqual(beyond === 0 ? [] : [beyond]);
      }),
      RUNS,
    );
  });
});

test('allocation_tracer: lifetimes and counts by type', () => {
  const lifetimes = named(TYPES, fc.record({ ages: fc.array(count, { minLength: 1, maxLength: 6 }) }));
  return fc.assert(
    fc.asyncProperty(lifetimes, async all => {
      const pairs = all.map(({ name, ages }) => `:${name}=>[${ages.join(', ')}]`);
      const { trees, histograms } = await profileIn(`{${pairs.join(',\n ')}}\n`);
      const expected = all.map(({ name, ages }) => [name, sum(ages, age => age)]);
      expect(selfByStack(trees[0]!, 'objects')).toEqual(Object.fromEntries(expected));
      expect(histograms.map(({ count: ages }) => [...ages])).toEqual(all.map(({ ages }) => ages));
      const counts = all.map(({ name, ages }) => `:${name}=>${ages[0]}`);
      const { totals } = await profileIn(`{:T_NONE=>0, ${counts.join(', ')}}\n`);
      expect(totals).toEqual({ allocatedObjects: sum(all, ({ ages }) => ages[0]!) });
    }),
    RUNS,
  );
});

interface Leak {
  bytes: number;
  below: Leak[];
}

const leakOf: fc.Memo<Leak> = fc.memo(depth =>
  fc.record({
    bytes: fc.integer({ min: 1, max: 5000 }).map(units => units * 16),
    below: depth > 1 ? fc.array(leakOf(depth - 1), { maxLength: 3 }) : fc.constant([]),
  }),
);
const leak = leakOf(4);

const blocksOf = ({ below }: Leak): number => 1 + sum(below, blocksOf);
const bytesOf = ({ bytes, below }: Leak): number => bytes + sum(below, bytesOf);

describe('macOS', () => {
  test('leaks: a tree, whose exact sizes are in brackets', () => {
    const lines = (each: Leak, indent: number): string[] => [
      `${' '.repeat(indent)}${blocksOf(each)} (${bytesOf(each)} bytes) ROOT LEAK: <Class ${each.bytes} 0x12a604f80> [${each.bytes}]`,
      ...each.below.flatMap(child => lines(child, indent + 3)),
    ];
    return fc.assert(
      fc.asyncProperty(fc.array(leak, { minLength: 1, maxLength: 4 }), async roots => {
        const [blocks, bytes] = [sum(roots, blocksOf), sum(roots, bytesOf)];
        const text = `leaks Report Version: 4.0\nProcess 1: ${blocks} leaks for ${bytes} total leaked bytes.\n\n    ${blocks} (1K) << TOTAL >>\n${roots.flatMap(root => lines(root, 6)).join('\n')}\n`;
        const { totals, missing, trees, damage } = await profileIn(text);
        expect(totals).toEqual({ leakedBlocks: blocks, leakedBytes: bytes });
        expect([missing, damage.lines]).toEqual([[], 0]);
        expect(sum(Object.values(selfByStack(trees[0]!, 'leakedBytes')), value => value)).toBe(bytes);
      }),
      RUNS,
    );
  });

  test('malloc_history -callTree: counts are inclusive', () => {
    const lines = (each: Leak, depth: number): string[] => [
      `    ${'+ ! : | '.repeat(8).slice(0, 2 * depth)}${blocksOf(each)} (${bytesOf(each)} bytes) f${each.bytes}  (in Shop) + 8  [0x19920eb80]`,
      ...each.below.flatMap(child => lines(child, depth + 1)),
    ];
    return fc.assert(
      fc.asyncProperty(fc.array(leak, { minLength: 1, maxLength: 4 }), async roots => {
        const [blocks, bytes] = [sum(roots, blocksOf), sum(roots, bytesOf)];
        const text = `Call graph:\n    ${blocks} (${bytes} bytes) << TOTAL >>\n${roots.flatMap(root => lines(root, 1)).join('\n')}\n`;
        const { totals, trees } = await profileIn(text);
        expect(totals).toEqual({ liveBytes: bytes, liveBlocks: blocks });
        expect(sum(Object.values(selfByStack(trees[0]!, 'liveBlocks')), value => value)).toBe(blocks);
      }),
      RUNS,
    );
  });

  test('heap: classes, and what they leave out', () => {
    const rows = named(
      ['CFString', 'Class.data (class_rw_t)', 'std::map<a, b>'],
      fc.record({ blocks: count, bytes: count }),
    );
    return fc.assert(
      fc.asyncProperty(rows, fc.nat(100), async (all, beyond) => {
        const [blocks, bytes] = [
          sum(all, row => row.blocks) + beyond,
          sum(all, row => row.bytes) + 16 * beyond,
        ];
        const lines = all.map(
          row =>
            `${String(row.blocks).padEnd(9)}${row.bytes}      16.0   ${row.name.padEnd(40)}C       libFoo.dylib`,
        );
        const text = `All zones: ${blocks} nodes (${bytes} bytes)\n\n   COUNT      BYTES       AVG   CLASS_NAME      TYPE    BINARY\n   =====      =====       ===   ==========      ====    ======\n${lines.join('\n')}\n`;
        const { totals, trees, missing } = await profileIn(text);
        expect(totals).toEqual({ liveBytes: bytes, liveBlocks: blocks });
        expect(selfByStack(trees[0]!, 'liveBlocks')).toEqual({
          ...(beyond > 0 ? { '': beyond } : {}),
          ...Object.fromEntries(all.map(row => [`libFoo.dylib | ${row.name}`, row.blocks])),
        });
        expect(missing).toHaveLength(beyond > 0 ? 2 : 0);
      }),
      RUNS,
    );
  });
});

test('memory over time: as ps, top, docker and derailed print it, and as a table', () => {
  const kilobytes = fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 2, maxLength: 20 });
  return fc.assert(
    fc.asyncProperty(kilobytes, async all => {
      const each = (of: (kb: number, at: number) => string) => all.map(of).join('');
      const texts: [column: string, text: string][] = [
        ['rss', each(kb => `  PID   RSS COMMAND\n 4242 ${kb} ruby a.rb\n`)],
        [
          'rss',
          each(
            kb =>
              `    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n   4242 app       20   0 1234567 ${kb}  12345 S   3.0   1.3   1:23.45 ruby\n`,
          ),
        ],
        [
          'memory',
          `CONTAINER ID   NAME   CPU %   MEM USAGE / LIMIT   MEM %\n${each(kb => `1a2b3c4d5e6f   web   1.23%   ${kb}KiB / 9GiB   10.0%\n`)}`,
        ],
        ['rss', each(kb => `${(kb / 1024).toFixed(10)}\n`)],
        ['rss', each(kb => `${kb}\n`)],
        ['rss', `time,rss_kb,heap_live_slots\n${each((kb, at) => `${at},${kb},7\n`)}`],
        ['rss', `seconds\trss_kb\n${each((kb, at) => `${at}\t${kb}\n`)}`],
      ];
      for (const [column, text] of texts) {
        const { series, damage } = await seriesIn(text);
        expect(damage.lines).toBe(0);
        expect([...columnOf(series, column)!.values], text).toEqual(all.map(kb => kb * 1024));
      }
    }),
    RUNS,
  );
});

test('ObjectSpace.memsize_of_all, with some classes', () => {
  const rows = named(['String', 'Foo::Bar', 'Struct'], fc.record({ bytes: count }));
  return fc.assert(
    fc.asyncProperty(rows, fc.nat(1000), async (all, others) => {
      const total = sum(all, row => row.bytes) + others;
      const text = `${total}\n${all.map(({ name, bytes }) => `${name}: ${bytes}\n`).join('')}`;
      const { totals, missing } = await profileIn(text);
      expect(totals).toEqual({ liveBytes: total });
      expect(missing.map(({ amount }) => amount)).toEqual(others === 0 ? [] : [others]);
    }),
    RUNS,
  );
});
