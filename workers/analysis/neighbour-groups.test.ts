import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retainedBytesOf } from '../indexes/retention.ts';
import { shallowBytesOf } from '../model/heap-snapshot.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { oracleLabel } from '../testing/oracle-paths.ts';
import { randomHeaps } from '../testing/random-heaps.ts';
import { readSnapshot } from '../testing/snapshot-columns.ts';
import { referencesOf } from './edges.ts';
import { neighbourGroups, neighboursOfLabel } from './neighbour-groups.ts';

test('groups the references of an object by class, on random heaps', async () => {
  let withCovered = 0;
  await fc.assert(
    fc.asyncProperty(randomHeaps, async drawing => {
      const { snapshot, retention } = await readSnapshot(heapFromText(drawing).bytes);
      const { position, subtreeEnd } = retention.tree;
      const dominates = (above: number, below: number) =>
        above !== below &&
        position[above] !== 0 &&
        position[above]! < position[below]! &&
        position[below]! < subtreeEnd[position[above]!]!;
      for (let object = 0; object < snapshot.objects; object++) {
        const references = referencesOf(snapshot, object);
        const groups = neighbourGroups(snapshot, retention, references);
        const labels = new Set(Array.from(references, other => oracleLabel(snapshot, other)));
        expect(new Set(groups.map(({ label }) => label))).toEqual(labels);
        expect(groups.length).toBe(labels.size);
        const sizes = groups.map(({ retainedBytes }) => retainedBytes);
        expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
        for (const group of groups) {
          const members = [...references].filter(other => oracleLabel(snapshot, other) === group.label);
          const outermost = members.filter(member => !members.some(other => dominates(other, member)));
          if (outermost.length < members.length) withCovered++;
          const sum = (of: readonly number[], bytes: (one: number) => number) =>
            of.reduce((total, one) => total + bytes(one), 0);
          expect(group).toMatchObject({
            objects: members.length,
            shallowBytes: sum(members, one => shallowBytesOf(snapshot, one)),
            retainedBytes: sum(outermost, one => retainedBytesOf(snapshot, retention, one)),
          });
          const listed = neighboursOfLabel(snapshot, retention, references, group.label);
          expect(new Set(listed)).toEqual(new Set(members));
          const listedSizes = listed.map(one => retainedBytesOf(snapshot, retention, one));
          expect(listedSizes).toEqual(listedSizes.toSorted((a, b) => b - a));
        }
      }
    }),
    { numRuns: 25, seed: 11 },
  );
  expect(withCovered).toBeGreaterThan(0);
});
