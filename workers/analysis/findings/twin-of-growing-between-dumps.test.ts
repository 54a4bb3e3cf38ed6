import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSeries } from '../../testing/open-series.ts';
import { OracleTree } from '../../testing/oracle-tree.ts';
import { containerOf, figuresOf } from '../../testing/twins/growth.ts';
import { findingDifferences, type TwinFinding } from '../../testing/twins/twin-findings.ts';

const DUMPS = 3;
const ITEMS = 100;

/** Number of items of a list in each dump, and bytes of an item. */
const lists = fc.record({
  sizes: fc.oneof(
    fc.array(fc.nat(ITEMS), { minLength: DUMPS, maxLength: DUMPS }),
    fc
      .array(fc.nat(ITEMS), { minLength: DUMPS, maxLength: DUMPS })
      .map(sizes => sizes.toSorted((a, b) => a - b)),
  ),
  bytes: fc.integer({ min: 40, max: 400 }),
  /** Number of items allocated in one generation. */
  each: fc.integer({ min: 1, max: 20 }),
});
type DrawnList = typeof lists extends fc.Arbitrary<infer Value> ? Value : never;

const address = (at: number) => `0x${(0x10000 + at * 40).toString(16)}`;
const quoted = (items: readonly number[]) => items.map(at => `"${address(at)}"`).join(', ');

/** Each list is held by its own class, and contains the first items up to its size in this dump. */
function dump(all: readonly DrawnList[], at: number): string {
  const classes = all.map((_, list) => 10 + list);
  return [
    `{"type":"ROOT", "root":"vm", "references":[${quoted([1, ...classes])}]}`,
    `{"address":"${address(1)}", "type":"CLASS", "name":"Item", "memsize":500}`,
    ...all.flatMap(({ sizes, bytes, each }, list) => {
      const items = Array.from({ length: sizes[at]! }, (_, item) => 1000 + list * ITEMS + item);
      return [
        `{"address":"${address(10 + list)}", "type":"CLASS", "name":"Owner${list}", "references":[${quoted([100 + list])}], "memsize":500}`,
        `{"address":"${address(100 + list)}", "type":"ARRAY", "class":"${address(1)}", "length":${items.length}, "references":[${quoted(items)}], "memsize":40}`,
        ...items.map(
          (item, index) =>
            `{"address":"${address(item)}", "type":"OBJECT", "class":"${address(1)}", "file":"a.rb", "line":1, "generation":${1 + Math.floor(index / each)}, "memsize":${bytes}}`,
        ),
      ];
    }),
    '',
  ].join('\n');
}

/** Slope of a least-squares line. */
function slopeOf(values: readonly number[]): number {
  const mean = (some: readonly number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
  const [at, of] = [mean([...values.keys()]), mean(values)];
  const sum = (termOf: (value: number, index: number) => number) =>
    values.map(termOf).reduce((total, each) => total + each, 0);
  return sum((value, index) => (index - at) * (value - of)) / sum((_, index) => (index - at) ** 2);
}

/**
 * Lists that grew in each step, by at least 512 bytes in all, and in the last step by more than a fifth of the average.
 */
function growing(trees: readonly OracleTree[], lists: number): TwinFinding[] {
  return Array.from({ length: lists }, (_, list) => address(100 + list)).flatMap((id): TwinFinding[] => {
    const retained = trees.map(tree => tree.at(id)!.retainedBytes) as [number, number, number];
    const [a, b, c] = retained;
    const growth = c - a;
    if (!(a < b && b < c) || growth < 512) return [];
    if (growth > 0.02 * c && growth > 512 && c - b <= (0.2 * growth) / 2) return [];
    const last = trees.at(-1)!;
    const { recentObjects: _, ...figures } = figuresOf(last, containerOf(last, last.at(id)!));
    return [
      {
        id: `growing-between-dumps ${id}`,
        objects: last.retained([last.at(id)!]).objects,
        bytes: c,
        figures: { dumps: trees.length, growth, slopePerDump: slopeOf(retained), ...figures },
        byGeneration: containerOf(last, last.at(id)!).byGeneration,
        shown: [id],
      },
    ];
  });
}

it('what grows between dumps is what its twin finds, on random series', async () => {
  let total = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(lists, { minLength: 1, maxLength: 5 }), async all => {
      const texts = Array.from({ length: DUMPS }, (_, at) => dump(all, at));
      const { session, ids } = await openSeries(texts);
      const thresholds = { 'between.bytes': 0, 'between.share': 0 };
      const { findings } = await session.ask('findings', { snapshot: ids.at(-1)!, thresholds });
      const found = findings.filter(({ kind }) => kind === 'growing-between-dumps');
      const trees = texts.map(text => new OracleTree(new TextEncoder().encode(text)));
      total += found.length;
      expect(findingDifferences(trees.at(-1)!, found, growing(trees, all.length))).toEqual([]);
    }),
    { numRuns: 8 },
  );
  expect(total).toBeGreaterThan(0);
});
