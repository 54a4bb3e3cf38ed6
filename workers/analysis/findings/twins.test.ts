import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapFromText } from '../../testing/heap-from-text.ts';
import { randomGrowth } from '../../testing/random-growth.ts';
import { randomHeaps } from '../../testing/random-heaps.ts';
import { randomPages } from '../../testing/random-pages.ts';
import { randomPrograms } from '../../testing/random-programs.ts';
import { CODE_TWINS } from '../../testing/twins/code.ts';
import { COLLECTION_TWINS } from '../../testing/twins/collections.ts';
import { GROWTH_TWINS } from '../../testing/twins/growth.ts';
import { HEAVY_TWINS } from '../../testing/twins/heavy.ts';
import { KEPT_TWINS } from '../../testing/twins/kept.ts';
import { type Twins, twinDifferences } from '../../testing/twins/twin-findings.ts';
import { WASTE_TWINS } from '../../testing/twins/waste.ts';

const drawn = (drawings: fc.Arbitrary<string>) => drawings.map(drawing => heapFromText(drawing).text);
const programs = drawn(randomPrograms);
/** Without slot sizes, since slots of random sizes are on no page of a heap. */
const heaps = drawn(randomHeaps.map(drawing => drawing.replace(/ slot_size=\d+/g, '')));

/** Enough runs of each that every kind certainly occurs. */
const GROUPS: [name: string, twins: Twins, dumps: fc.Arbitrary<string>, numRuns: number][] = [
  ['what is there several times', WASTE_TWINS, fc.oneof(heaps, programs), 50],
  ['room of collections', COLLECTION_TWINS, fc.oneof(heaps, randomPages), 40],
  ['what closures, threads and roots keep', KEPT_TWINS, programs, 25],
  ['code', CODE_TWINS, programs, 50],
  ['what grows', GROWTH_TWINS, drawn(fc.oneof(randomGrowth(true), randomGrowth(false))), 40],
  ['what is heavy', HEAVY_TWINS, drawn(fc.oneof(randomGrowth(true), randomGrowth(false))), 40],
];

describe('findings are what their twins find on random heaps:', () => {
  it.each(GROUPS)('%s', async (_name, twins, dumps, numRuns) => {
    const foundByKind = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(dumps, async text => {
        expect(await twinDifferences(new TextEncoder().encode(text), twins, foundByKind)).toEqual([]);
      }),
      { numRuns },
    );
    for (const [{ kind }] of twins) expect(foundByKind.get(kind), kind).toBeGreaterThan(0);
  });
});
