import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OBJECT_COLUMNS } from '../protocol/questions/sort-keys.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { openText } from '../testing/open-heap.ts';
import { randomHeaps } from '../testing/random-heaps.ts';

const WINDOW = { offset: 0, limit: 1000, descending: false };

test('every column shows the figure or group of each object, and sorts by it', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeaps, fc.constantFrom(...OBJECT_COLUMNS), async (drawing, column) => {
      const { session, info } = await openText(heapFromText(drawing).text);
      const about = { snapshot: info.id, set: { kind: 'all' } } as const;
      const { rows } = await session.ask('objects', { ...about, ...WINDOW, sort: column, columns: [column] });
      expect(rows).toHaveLength(info.objects);
      const values = rows.map(row => row.values![0]!);
      // Objects without a value come first, the others in order.
      const present = values.filter(value => value !== null);
      expect(values.slice(values.length - present.length)).toEqual(present);
      const collator = new Intl.Collator('en', { numeric: true });
      for (const [at, value] of present.entries()) {
        if (at > 0) expect(collator.compare(String(present[at - 1]), String(value))).toBeLessThanOrEqual(0);
      }
      if (column === 'length') return;
      if (column === 'references' || column === 'referrers') {
        for (const row of rows.slice(0, 12)) {
          const few = {
            snapshot: info.id,
            offset: 0,
            limit: 1,
            object: row.index,
            direction: column,
          } as const;
          expect(row.values![0]).toBe((await session.ask('neighbours', few)).total);
        }
        return;
      }
      const groups = await session.ask('groups', { ...about, ...WINDOW, sort: 'label', key: column });
      for (const { label, objects } of groups.rows) {
        expect(values.filter(value => value === label)).toHaveLength(objects);
      }
    }),
    { numRuns: 15 },
  );
});
