import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runToEnd } from '../../model/steps.ts';
import { contextOf } from '../../testing/find-kind.ts';
import { heapFromText } from '../../testing/heap-from-text.ts';
import { readSnapshot } from '../../testing/snapshot-columns.ts';
import { ENTRY, repeatedHashes } from '../repeated-hashes.ts';
import { equalObjectsOf } from './equal-groups.ts';

/** Positions of objects, grouped by the value that makes them equal. */
function byValue<Value>(values: readonly Value[]): [value: Value, positions: number[]][] {
  return [...new Set(values)].map(value => [
    value,
    [...values.keys()].filter(position => values[position] === value),
  ]);
}

describe('equal objects', () => {
  it('are all but the largest of each value, though many values have the same hash', async () => {
    const drawn = fc.array(fc.record({ value: fc.nat(9), bytes: fc.integer({ min: 1, max: 5 }) }), {
      minLength: 1,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(drawn, fc.integer({ min: 1, max: 10 }), async (objects, hashes) => {
        const drawing = objects.map(({ bytes }, at) => `o${at} STRING ${bytes}`);
        const context = contextOf(await readSnapshot(heapFromText(drawing.join('\n')).bytes));
        expect(context.snapshot.objects).toBe(objects.length);
        const own = Array.from(context.snapshot.shallow);
        const values = objects.map(({ value }) => value);
        const { tally, groups, evidence } = runToEnd(
          equalObjectsOf(
            context,
            {
              objects: Uint32Array.from(objects.keys()),
              hashes: Uint32Array.from(values, value => Math.imul(value % hashes, 0x9e3779b1)),
              count: objects.length,
            },
            (object, other) => values[object] === values[other],
          ),
        );
        const repeated = byValue(values).filter(([, positions]) => positions.length > 1);
        const spare = repeated.map(([, positions]) => {
          const sizes = positions.map(position => own[position]!);
          return { copies: sizes.length - 1, bytes: sizes.reduce((a, b) => a + b, 0) - Math.max(...sizes) };
        });
        expect(groups).toBe(repeated.length);
        expect(tally.objects).toBe(spare.reduce((sum, { copies }) => sum + copies, 0));
        expect(tally.bytes).toBe(spare.reduce((sum, { bytes }) => sum + bytes, 0));
        expect(evidence.map(({ bytes }) => bytes)).toEqual(
          spare
            .map(({ bytes }) => bytes)
            .sort((a, b) => b - a)
            .slice(0, 5),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('repeated hashes', () => {
  it('are all in the entries, and those with the same hash are in one part and in order', () => {
    const hashes = Uint32Array.from({ length: 100_000 }, (_, at) =>
      Math.imul((at * at) % 60_013, 0x9e3779b1),
    );
    const { entries, starts } = runToEnd(repeatedHashes(hashes, position => position + 7));
    expect(starts.length).toBeGreaterThan(4);
    const positionsOf = new Map<number, number[]>();
    const partsOf = new Map<number, Set<number>>();
    for (let part = 1; part < starts.length; part++) {
      for (let entry = starts[part - 1]!; entry < starts[part]!; entry++) {
        const [hash, position, size] = entries.subarray(entry * ENTRY, (entry + 1) * ENTRY);
        expect(hashes[position!] === hash && size === position! + 7).toBe(true);
        positionsOf.set(hash!, [...(positionsOf.get(hash!) ?? []), position!]);
        partsOf.set(hash!, (partsOf.get(hash!) ?? new Set()).add(part));
      }
    }
    expect(Math.max(...Array.from(partsOf.values(), parts => parts.size))).toBe(1);
    const expected = new Map<number, number[]>();
    for (const [position, hash] of hashes.entries()) {
      expected.set(hash, [...(expected.get(hash) ?? []), position]);
    }
    for (const [hash, positions] of expected) {
      if (positions.length > 1) expect(positionsOf.get(hash)).toEqual(positions);
    }
  });
});
