import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Adjacency } from '../model/heap-snapshot.ts';
import { runToEnd } from '../model/steps.ts';
import { BUCKET, EdgeBuckets, SortedEdges } from './edge-buckets.ts';
import { nearReferrers } from './references.ts';
import { buildReferrers } from './referrers.ts';
import { isScattered } from './scattered/locality.ts';
import { scatteredReferrers } from './scattered/scattered-referrers.ts';
import { SpareColumns } from './spare-columns.ts';

const RUNS = { seed: 20_260_102, numRuns: 60 };

describe('edges in buckets', () => {
  test('are returned by target, in the order in which they were added, however many there are', () => {
    // Targets at the boundaries of buckets, and enough edges that buckets need several chunks and memory has to grow.
    const target = fc.constantFrom(0, 1, 77, BUCKET - 1, BUCKET, BUCKET + 1, 3 * BUCKET - 1);
    const runs = fc.array(fc.record({ target, edges: fc.nat(3000) }), { maxLength: 12 });
    fc.assert(
      fc.property(runs, fc.nat(20_000), (drawn, expected) => {
        const buckets = new EdgeBuckets(3 * BUCKET, expected, new SpareColumns());
        const byTarget = new Map<number, number[]>();
        let source = 0;
        for (const run of drawn) {
          const sources = byTarget.get(run.target) ?? [];
          if (run.edges > 0) byTarget.set(run.target, sources);
          for (let edge = 0; edge < run.edges; edge++, source++) {
            buckets.add(source, run.target);
            sources.push(source);
          }
        }
        expect(edgesOf(buckets, 3)).toEqual(byTarget);

        const name = (low: number) => 2 * BUCKET - 1 - (low % BUCKET);
        runToEnd(
          buckets.rename(
            Uint32Array.from({ length: 3 * BUCKET }, (_, low) => name(low)),
            2 * BUCKET,
          ),
        );
        const byName = new Map<number, number[]>();
        for (const [old, sources] of byTarget) {
          byName.set(name(old), [...(byName.get(name(old)) ?? []), ...sources]);
        }
        expect(ascending(edgesOf(buckets, 2))).toEqual(ascending(byName));
      }),
      RUNS,
    );
  });
});

/** Target → sources, of all buckets. */
function edgesOf(edges: EdgeBuckets, buckets: number): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const sorted = new SortedEdges();
  for (let bucket = 0; bucket < buckets; bucket++) {
    edges.count(bucket, sorted);
    edges.place(bucket, sorted);
    for (let low = 0; low < BUCKET; low++) {
      const [start, end] = [sorted.ends[low]!, sorted.ends[low + 1]!];
      if (end > start) found.set(bucket * BUCKET + low, [...sorted.sources.subarray(start, end)]);
    }
  }
  return found;
}

function ascending(edges: Map<number, number[]>): Map<number, number[]> {
  return new Map([...edges].map(([target, sources]) => [target, sources.toSorted((a, b) => a - b)]));
}

describe('referrers of a heap without locality', () => {
  test('are the same as a counting sort finds', () => {
    const drawn = fc.record({
      objects: fc.constantFrom(1, 10, BUCKET, BUCKET + 3),
      lists: fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 50 }),
    });
    fc.assert(
      fc.property(drawn, ({ objects, lists }) => {
        const forward = rowsOf(
          objects,
          lists.slice(0, objects).map(list => list.map(target => target % objects)),
        );
        expect(runToEnd(scatteredReferrers(forward))).toEqual(runToEnd(nearReferrers(forward)));
      }),
      RUNS,
    );
  });

  test('are distinguished from heaps whose references go to neighbours or to few popular objects', () => {
    const objects = 1 << 21;
    const toward = (target: (object: number) => number): Adjacency => ({
      first: Uint32Array.from({ length: objects + 1 }, (_, object) => object),
      targets: Uint32Array.from({ length: objects }, (_, object) => target(object)),
    });
    const anywhere = toward(object => Math.imul(object, 0x9e3779b1) >>> 11);
    expect(runToEnd(isScattered(anywhere))).toBe(true);
    expect(runToEnd(isScattered(toward(object => (object + 1) % objects)))).toBe(false);
    expect(runToEnd(isScattered(toward(object => (object % 300) * 6000)))).toBe(false);
    // A heap of few objects fits into caches, wherever its references go.
    const few = { first: anywhere.first.slice(0, 1000), targets: anywhere.targets.slice(0, 999) };
    expect(runToEnd(isScattered(few))).toBe(false);
    expect(runToEnd(buildReferrers(anywhere)).targets.length).toBe(objects);
  });
});

function rowsOf(objects: number, lists: readonly number[][]): Adjacency {
  const first = new Uint32Array(objects + 1);
  for (let object = 0; object < objects; object++)
    first[object + 1] = first[object]! + (lists[object]?.length ?? 0);
  return { first, targets: Uint32Array.from(lists.flat()) };
}
