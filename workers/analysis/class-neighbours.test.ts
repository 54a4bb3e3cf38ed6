import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObjectFlag } from '../model/object-flags.ts';
import { runToEnd } from '../model/steps.ts';
import { heapFromText } from '../testing/heap-from-text.ts';
import { oracleLabel } from '../testing/oracle-paths.ts';
import { HEAP_WORDS, randomHeaps } from '../testing/random-heaps.ts';
import { readSnapshot } from '../testing/snapshot-columns.ts';
import { classNeighbours } from './class-neighbours.ts';

test('counts references between classes, one by one, on random heaps', async () => {
  const labels = [...HEAP_WORDS.classes, 'Class', '(internal) OBJECT', '(internal) STRING'];
  await fc.assert(
    fc.asyncProperty(randomHeaps, fc.constantFrom(...labels), async (drawing, label) => {
      const { snapshot } = await readSnapshot(heapFromText(drawing).bytes);
      const { first, targets } = snapshot.references;
      const expected = { references: new Map<string, number>(), referrers: new Map<string, number>() };
      for (let source = 0; source < snapshot.objects; source++) {
        if ((snapshot.flags[source]! & ObjectFlag.cacheSource) !== 0) continue;
        for (const target of new Set(targets.subarray(first[source]!, first[source + 1]!))) {
          const [from, to] = [oracleLabel(snapshot, source), oracleLabel(snapshot, target)];
          if (from === label) expected.references.set(to, (expected.references.get(to) ?? 0) + 1);
          if (to === label) expected.referrers.set(from, (expected.referrers.get(from) ?? 0) + 1);
        }
      }
      for (const direction of ['references', 'referrers'] as const) {
        const { byLabel, own } = runToEnd(classNeighbours(snapshot, label, direction));
        const wanted = expected[direction];
        expect(own).toBe(wanted.get(label) ?? 0);
        wanted.delete(label);
        expect(new Map(byLabel.map(row => [row.label, row.references]))).toEqual(wanted);
      }
    }),
    { numRuns: 20 },
  );
});
