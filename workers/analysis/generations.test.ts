import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerationChart } from '../protocol/generations.ts';
import { openHeap, type openText } from '../testing/open-heap.ts';

type Charting = Pick<Awaited<ReturnType<typeof openText>>, 'session' | 'info'>;

const chartOf = ({ session, info }: Charting, measure: 'bytes' | 'objects') =>
  session.ask('generations', { snapshot: info.id, set: { kind: 'all' }, key: 'class', measure });

/** The total of everything that a chart draws. */
function totals({ series }: GenerationChart): { objects: number; bytes: number } {
  let objects = 0;
  let bytes = 0;
  for (const one of series) {
    objects += one.untraced.objects + one.objects.reduce((sum, value) => sum + value, 0);
    bytes += one.untraced.shallowBytes + one.bytes.reduce((sum, value) => sum + value, 0);
  }
  return { objects, bytes };
}

describe('generationChart', () => {
  it('has room for groups without bytes, also if nine groups are nine series', async () => {
    for (const groups of [1, 8, 9, 10, 12]) {
      const heap = await openHeap(
        [
          'z ZOMBIE memsize=',
          ...Array.from({ length: groups - 1 }, (_, i) => `a${i} DATA 40 struct=s${i}`),
        ].join('\n'),
      );
      for (const measure of ['bytes', 'objects'] as const) {
        const chart = await chartOf(heap, measure);
        expect(chart.series).toHaveLength(Math.min(groups, 9));
        expect(totals(chart), `${groups} by ${measure}`).toEqual({
          objects: groups,
          bytes: 40 * (groups - 1),
        });
      }
    }
  });

  it('shows generations as they are in the dump', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 12 }),
        async generations => {
          const drawing = generations.map((generation, i) => `o${i} STRING 40 gen=${generation}`).join('\n');
          const chart = await chartOf(await openHeap(drawing), 'objects');
          expect([...chart.generations]).toEqual([...generations].sort((a, b) => a - b));
        },
      ),
      { numRuns: 20 },
    );
  });
});
