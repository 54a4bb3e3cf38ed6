import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openHeap } from '../testing/open-heap.ts';

const SORT_KEYS = ['shallowBytes', 'retainedBytes', 'generation', 'address', 'label'] as const;

it('sorts like a comparison sort, by every column and in both directions, whichever window comes first', async () => {
  // Small values, values that differ only in their last bits, and values that do not fit into 32 bits.
  const size = fc.oneof(
    fc.integer({ min: 0, max: 5000 }),
    fc.integer({ min: 1_000_000, max: 1_000_040 }),
    fc.integer({ min: 2 ** 31, max: 2 ** 33 }),
    fc.integer({ min: 2 ** 45, max: 2 ** 45 + 50 }),
  );
  const sizes = fc.array(size, { minLength: 1, maxLength: 80 });
  const windows = fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 20 })), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(sizes, windows, fc.boolean(), async (drawn, looks, descending) => {
      const objects = drawn.map((bytes, i) => `o${i} STRING ${bytes} gen=${bytes % 9} class=C${bytes % 3}`);
      const classes = [0, 1, 2].map(each => `C${each} CLASS 100`);
      const { session, info } = await openHeap(`vm => o0\n${[...objects, ...classes].join('\n')}`);
      const query = { snapshot: info.id, set: { kind: 'all' } as const, descending };
      const rows = await session.ask('rows', {
        snapshot: info.id,
        objects: [...Array(drawn.length + classes.length).keys()],
      });
      for (const sort of SORT_KEYS) {
        const value = (at: number) =>
          sort === 'address' ? Number(rows[at]!.address) : (rows[at]![sort] ?? -1);
        const order = [...rows.keys()].sort((a, b) => {
          const smaller = value(a) < value(b);
          return value(a) === value(b) ? a - b : smaller === descending ? 1 : -1;
        });
        for (const [offset, limit] of [...looks, [0, 1000] as const]) {
          const window = await session.ask('objects', { ...query, sort, offset, limit });
          expect(window.total).toBe(rows.length);
          expect(window.rows.map(row => row.index)).toEqual(order.slice(offset, offset + limit));
        }
      }
    }),
    { numRuns: 60 },
  );
});
