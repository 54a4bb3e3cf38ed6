import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blockOf, cellRect, cellsOf, layoutPages, pageAt, seenPages, slotAt } from './layout.ts';

it('gives every slot a cell of its own, found again from a point in it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 100, max: 1600 }),
      fc.integer({ min: 1, max: 2048 }),
      fc.nat(1000),
      (pages, widthPx, slots, scrollPx) => {
        const grid = layoutPages(pages, widthPx);
        const page = pages - 1;
        const block = blockOf(grid, page, scrollPx);
        const cells = cellsOf(grid, slots);
        expect(cells.columns * cells.rows).toBeGreaterThanOrEqual(slots);
        let areaPx = 0;
        for (let slot = 0; slot < slots; slot += 7) {
          const { leftPx, topPx, widthPx: width, heightPx } = cellRect(block, cells, slot, 1);
          areaPx += width * heightPx;
          if (width * heightPx === 0) continue;
          const point = { xPx: leftPx + width / 2, yPx: topPx + heightPx / 2 };
          expect(pageAt(grid, scrollPx, point)).toBe(page);
          expect(slotAt(grid, page, slots, scrollPx, point)).toBe(slot);
        }
        expect(areaPx).toBeLessThanOrEqual(block.widthPx * block.heightPx);
      },
    ),
    { numRuns: 60 },
  );
});

it('counts pages as visible whose blocks are', () => {
  const grid = layoutPages(1000, 900);
  const size = { widthPx: 900, heightPx: 400 };
  const { first, end } = seenPages(grid, 3210, size);
  const isSeen = (page: number) => {
    const { topPx, heightPx } = blockOf(grid, page, 3210);
    return topPx < size.heightPx && topPx + heightPx > 0;
  };
  const seen = Array.from({ length: 1000 }, (_, page) => page).filter(isSeen);
  expect(seen[0]).toBe(first);
  expect(seen.at(-1)).toBe(end - 1);
});
