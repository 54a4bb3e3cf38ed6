import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Retention } from '../../indexes/retention.ts';
import type { HeapSnapshot } from '../../model/heap-snapshot.ts';
import { runToEnd } from '../../model/steps.ts';
import { contextOf } from '../../testing/find-kind.ts';
import { heapFromText } from '../../testing/heap-from-text.ts';
import { randomHeaps } from '../../testing/random-heaps.ts';
import { readSnapshot } from '../../testing/snapshot-columns.ts';
import { dominatorOf, objectRow } from '../object-rows.ts';
import { type Growth, growths, spread } from './growth.ts';

const CODE = ['IMEMO', 'CLASS', 'MODULE', 'ICLASS'];

/** The same computed directly from the definition, from rows as the page shows them. */
function oracleGrowths(snapshot: HeapSnapshot, retention: Retention, least: number): Growth[] {
  const rows = Array.from({ length: snapshot.objects }, (_, object) =>
    objectRow(snapshot, retention, object),
  );
  const generations = rows.flatMap(({ generation }) => (generation === null ? [] : [generation]));
  const middle = (Math.min(...generations) + Math.max(...generations)) / 2;
  return rows.flatMap(holder => {
    const children = rows.filter(row => {
      const dominator = dominatorOf(snapshot, retention, row.index);
      return (
        dominator.kind === 'object' && dominator.object.index === holder.index && !CODE.includes(row.type)
      );
    });
    const traced = children.filter(({ generation }) => generation !== null);
    if (traced.length < least) return [];
    const byGeneration = new Map<number, number>();
    for (const { generation, retainedBytes } of traced) {
      byGeneration.set(generation!, (byGeneration.get(generation!) ?? 0) + retainedBytes);
    }
    const bytes = traced.reduce((sum, row) => sum + row.retainedBytes, 0);
    const parts = [...byGeneration.values()].filter(part => part > 0).map(part => part / bytes);
    const newer = traced.filter(({ generation }) => generation! > middle);
    const labels = children.map(({ label }) => children.filter(row => row.label === label).length);
    return {
      holder: holder.index,
      children: children.length,
      traced: traced.length,
      bytes,
      effective: bytes === 0 ? 0 : 2 ** -parts.reduce((sum, part) => sum + part * Math.log2(part), 0),
      recent: bytes === 0 ? 0 : newer.reduce((sum, row) => sum + row.retainedBytes, 0) / bytes,
      recentObjects: newer.length / traced.length,
      label: 0,
      alike: Math.max(...labels) / children.length,
    };
  });
}

const FIGURES = ['effective', 'recent', 'recentObjects', 'alike'] as const;

describe('growths', () => {
  it('are what the definition says, on random heaps', async () => {
    await fc.assert(
      fc.asyncProperty(randomHeaps, fc.integer({ min: 1, max: 3 }), async (drawing, least) => {
        const { snapshot, retention } = await readSnapshot(heapFromText(drawing).bytes);
        const found = new Map(
          runToEnd(growths(contextOf({ snapshot, retention }), least)).map(growth => [growth.holder, growth]),
        );
        const oracle = oracleGrowths(snapshot, retention, least);
        expect([...found.keys()].sort()).toEqual(oracle.map(({ holder }) => holder).sort());
        for (const expected of oracle) {
          const growth = found.get(expected.holder)!;
          const { children, traced, bytes } = growth;
          expect({ children, traced, bytes }).toEqual({
            children: expected.children,
            traced: expected.traced,
            bytes: expected.bytes,
          });
          for (const figure of FIGURES) expect(growth[figure]).toBeCloseTo(expected[figure], 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('spread', () => {
  it('is the number of columns if they have equal bytes', () => {
    expect(spread(Float64Array.of(5, 5, 0, 5, 5), 3)).toEqual({ effective: 4, recent: 0.5 });
    expect(spread(Float64Array.of(0, 7, 0), 1)).toEqual({ effective: 1, recent: 1 });
    expect(spread(new Float64Array(3), 1)).toEqual({ effective: 0, recent: 0 });
  });

  it('is hardly affected by outliers', () => {
    const { effective } = spread(Float64Array.of(1000, 1, 1, 1, 1, 1, 1, 1), 4);
    expect(effective).toBeLessThan(1.1);
  });
});
