import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildReferrers } from '../indexes/referrers.ts';
import { referencesOnlyEdges, standardEdges } from '../indexes/retention-edges.ts';
import { runToEnd } from '../model/steps.ts';
import type { LeakShare } from '../protocol/object-details.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { oracleEdges } from '../testing/oracle-paths.ts';
import { randomHeaps } from '../testing/random-heaps.ts';
import { type ReadSnapshot, readSnapshot } from '../testing/snapshot-columns.ts';
import { leakShare } from './leak-share.ts';

function shareOf({ snapshot, retention }: ReadSnapshot, object: number): LeakShare | null {
  const edges = retention.referencesOnly ? referencesOnlyEdges(snapshot) : standardEdges(snapshot);
  const referrers = runToEnd(buildReferrers(snapshot.references));
  return runToEnd(leakShare(snapshot, edges, retention, referrers, object));
}

test('two caches share their entries: each is charged for half', async () => {
  const heap = heapFromText(`
    vm => One Two
    One CLASS 100 -> hash
    Two CLASS 100 -> list
    hash HASH 50 -> a b
    list ARRAY 60 -> a b b own
    a STRING 1000
    b STRING 500
    own STRING 7
  `);
  const read = await readSnapshot(heap.bytes);
  expect(shareOf(read, heap.index('hash'))).toEqual({
    bytes: 50 + 750,
    sharedBytes: 750,
    sharedObjects: 2,
    holders: 1,
    bytesByHolder: 50,
  });
  // A class is charged for what its list holds.
  expect(shareOf(read, heap.index('Two'))?.bytes).toBe(100 + 60 + 7 + 750);
  expect(shareOf(read, heap.index('a'))).toMatchObject({ bytes: 1000, holders: 2, bytesByHolder: 500 });
});

test('equals the definition, on random heaps', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeaps, async drawing => {
      const read = await readSnapshot(heapFromText(drawing).bytes);
      const { snapshot, retention } = read;
      const { tree, retained } = retention;
      const edges = oracleEdges(snapshot, retention, []);
      const at = (object: number) => tree.position[object]!;
      const dominates = (above: number, below: number) =>
        above < snapshot.objects &&
        below < snapshot.objects &&
        at(below) >= at(above) &&
        at(below) < tree.subtreeEnd[at(above)]!;
      const isReached = (vertex: number) => vertex >= snapshot.objects || at(vertex) !== 0;
      const sizeOf = (object: number) => retained[at(object)]!;
      const holdersOf = (object: number) => {
        const from = edges.filter(edge => edge.to === object).map(edge => edge.from);
        return [...new Set(from)].filter(holder => isReached(holder) && !dominates(object, holder));
      };
      for (let object = 0; object < snapshot.objects; object++) {
        const found = shareOf(read, object);
        if (at(object) === 0) {
          expect(found).toBeNull();
          continue;
        }
        let shared = 0;
        for (let other = 0; other < snapshot.objects; other++) {
          if (at(other) === 0 || dominates(object, other) || dominates(other, object)) continue;
          const holders = holdersOf(other);
          shared += (sizeOf(other) * holders.filter(each => dominates(object, each)).length) / holders.length;
        }
        expect(found?.sharedBytes).toBeCloseTo(shared, 3);
        expect(found?.bytes).toBeCloseTo(shared + sizeOf(object), 3);
        expect(found?.holders).toBe(holdersOf(object).length);
      }
    }),
    { numRuns: 25 },
  );
});

test('with references only, classes and internal references hold nothing', async () => {
  const heap = heapFromText(`
    vm => A B
    A CLASS 100 -> a
    B CLASS 100 -> b
    a class=A -> text
    b class=A -> text
    text STRING 90
  `);
  const read = await readSnapshot(heap.bytes, { referencesOnly: true });
  expect(shareOf(read, heap.index('A'))).toMatchObject({ holders: 1, sharedBytes: 45 });
});
