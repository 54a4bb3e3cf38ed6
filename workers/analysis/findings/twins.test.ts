import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapFromText } from '../../testing/heap-from-text.ts';
import { randomHeaps } from '../../testing/random-heaps.ts';
import { randomPages } from '../../testing/random-pages.ts';
import { randomPrograms } from '../../testing/random-programs.ts';
import { CODE_TWINS } from '../../testing/twins/code.ts';
import { COLLECTION_TWINS } from '../../testing/twins/collections.ts';
import { KEPT_TWINS } from '../../testing/twins/kept.ts';
import { type Twins, twinDifferences } from '../../testing/twins/twin-findings.ts';
import { WASTE_TWINS } from '../../testing/twins/waste.ts';

const drawn = (drawings: fc.Arbitrary<string>) => drawings.map(drawing => heapFromText(drawing).text);
const programs = drawn(randomPrograms);
/** Slots of random sizes are on no page of a heap. */
const heaps = drawn(randomHeaps.map(drawing => drawing.replace(/ slot_size=\d+/g, '')));

const GROUPS: [name: string, twins: Twins, dumps: fc.Arbitrary<string>][] = [
  ['what is there several times', WASTE_TWINS, fc.oneof(heaps, programs)],
  ['room of collections', COLLECTION_TWINS, fc.oneof(heaps, randomPages)],
  ['what closures, threads and roots keep', KEPT_TWINS, programs],
  ['code', CODE_TWINS, programs],
];

describe('findings are what their twins find on random heaps:', () => {
  it.each(GROUPS)('%s', async (_name, twins, dumps) => {
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(dumps, async text => {
        expect(await twinDifferences(new TextEncoder().encode(text), twins, met)).toEqual([]);
      }),
      { numRuns: 60 },
    );
    for (const [{ kind }] of twins) expect(met.get(kind), kind).toBeGreaterThan(0);
  });
});
