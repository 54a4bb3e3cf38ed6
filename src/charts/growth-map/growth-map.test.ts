import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filledPart, growthTileAt, layoutGrowth } from './layout.ts';
import { changeAt, summariseGrowth } from './summarise.ts';

const SIZE = { widthPx: 400, heightPx: 300 };

it('fills frames that stay in place with areas in proportion to the sizes of each step', () => {
  const sizes = fc.array(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 3, maxLength: 3 }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(sizes, all => {
      const tiles = summariseGrowth(
        all.map((each, at) => ({ name: `group ${at}`, sizes: each })),
        3,
      );
      const layout = layoutGrowth(tiles, SIZE);
      const total = tiles.largest.reduce((sum, size) => sum + size, 0);
      for (let tile = 0; tile < tiles.largest.length; tile++) {
        const group = all[tiles.source[tile]!]!;
        for (let step = 0; step < 3; step++) {
          const part = filledPart(layout, tile, step);
          const expected = (group[step]! / total) * SIZE.widthPx * SIZE.heightPx;
          expect(part.widthPx * part.heightPx).toBeCloseTo(expected, 3);
        }
        const { leftPx, topPx, widthPx, heightPx } = layout.frames[tile]!;
        if (widthPx > 1e-6 && heightPx > 1e-6)
          expect(growthTileAt(layout, { xPx: leftPx + widthPx / 2, yPx: topPx + heightPx / 2 })).toBe(tile);
      }
    }),
    { numRuns: 100 },
  );
});

it('combines small groups into one tile, and loses none of them', () => {
  const groups = Array.from({ length: 500 }, (_, at) => ({ name: `${at}`, sizes: [at, at + 1] }));
  const tiles = summariseGrowth(groups, 2);
  expect(tiles.names.at(-1)).toBe('340 others');
  const sum = (step: number) => tiles.names.reduce((all, _, tile) => all + tiles.sizes[tile * 2 + step]!, 0);
  expect([sum(0), sum(1)]).toEqual([124_750, 125_250]);
});

it('shows how a group changed against the previous dump', () => {
  const tiles = summariseGrowth([{ name: 'a', sizes: [100, 150, 75, 75, 0] }], 5);
  expect([0, 1, 2, 3, 4].map(step => changeAt(tiles, 0, step))).toEqual([0, 0.5, -0.5, 0, -1]);
  expect(changeAt(summariseGrowth([{ name: 'a', sizes: [0, 1] }], 2), 0, 1)).toBe(Number.POSITIVE_INFINITY);
});
