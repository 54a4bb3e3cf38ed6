import type { PageMap } from '../../../workers/protocol/pages.ts';
import type { Surface } from '../canvas-host/surface.ts';
import { blockOf, cellRect, cellsOf, type PageGrid } from './layout.ts';
import { slotStarts } from './slots.ts';

/**
 * Draws the pages of a map. `colours` is indexed by code. Neighbouring slots with one code are drawn as one rectangle.
 */
export function drawPages(
  surface: Surface,
  map: PageMap,
  grid: PageGrid,
  scrollPx: number,
  colours: readonly string[],
): void {
  const rects: number[][] = colours.map(() => []);
  const starts = slotStarts(map);
  for (const [position, { slots }] of map.pages.entries()) {
    const block = blockOf(grid, map.offset + position, scrollPx);
    const cells = cellsOf(grid, slots);
    const start = starts[position]!;
    for (let slot = 0; slot < slots; ) {
      const code = map.codes[start + slot]!;
      const rowEnd = Math.min(slots, (Math.floor(slot / cells.columns) + 1) * cells.columns);
      let end = slot + 1;
      while (end < rowEnd && map.codes[start + end] === code) end++;
      const rect = cellRect(block, cells, slot, end - slot);
      rects[code]!.push(rect.leftPx, rect.topPx, rect.widthPx, rect.heightPx);
      slot = end;
    }
  }
  for (const [code, list] of rects.entries()) if (list.length > 0) surface.fillRects(colours[code]!, list);
}
