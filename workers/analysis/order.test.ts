import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ObjectSortKey } from '../protocol/heap-service.ts';
import { openHeap } from '../testing/open-heap.ts';

it('sorts as a comparison sort does, by every column and both ways', async () => {
  const sizes = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 2 ** 31, max: 2 ** 40 })),
    { minLength: 1, maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(sizes, fc.boolean(), async (drawn, descending) => {
      const objects = drawn.map((bytes, i) => `o${i} STRING ${bytes} gen=${bytes % 9}`);
      const { session, info } = await openHeap(`vm => o0\n${objects.join('\n')}`);
      const query = { snapshot: info.id, set: { kind: 'all' } as const, descending, offset: 0, limit: 1000 };
      for (const sort of ['shallowBytes', 'retainedBytes', 'generation', 'address'] as ObjectSortKey[]) {
        const { rows } = await session.objects({ ...query, sort });
        const values = rows.map(row => (sort === 'address' ? Number(row.address) : Number(row[sort])));
        const sign = descending ? -1 : 1;
        expect(values).toEqual([...values].sort((a, b) => sign * (a - b)));
        expect(new Set(rows.map(row => row.index)).size).toBe(drawn.length);
      }
    }),
    { numRuns: 40 },
  );
});
