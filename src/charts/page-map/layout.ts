import type { ChartSize, Point, Rect } from '../canvas-host/geometry.ts';

/** Space around the blocks. */
const GAP_PX = 8;
/** Widths of a block, by the maximum number of pages. */
const WIDTHS = [
  { pages: 40, widthPx: 168 },
  { pages: 200, widthPx: 126 },
] as const;
const SMALL_PX = 84;
const HEIGHT_PER_WIDTH = 0.93;

/** Positions of the blocks of a page map: one per page, all of one size, in rows. */
export interface PageGrid {
  pages: number;
  perRow: number;
  blockWidthPx: number;
  blockHeightPx: number;
  /** Height of all rows. */
  heightPx: number;
}

/** Lays out a number of pages in a chart of this width. */
export function layoutPages(pages: number, widthPx: number): PageGrid {
  const blockWidthPx = WIDTHS.find(step => pages <= step.pages)?.widthPx ?? SMALL_PX;
  const blockHeightPx = Math.round(blockWidthPx * HEIGHT_PER_WIDTH);
  const perRow = Math.max(1, Math.floor((widthPx - GAP_PX) / (blockWidthPx + GAP_PX)));
  const rows = Math.ceil(pages / perRow);
  return { pages, perRow, blockWidthPx, blockHeightPx, heightPx: rows * (blockHeightPx + GAP_PX) + GAP_PX };
}

/** The block of a page in a chart that is scrolled down by `scrollPx`. */
export function blockOf(grid: PageGrid, page: number, scrollPx: number): Rect {
  const row = Math.floor(page / grid.perRow);
  return {
    leftPx: GAP_PX + (page % grid.perRow) * (grid.blockWidthPx + GAP_PX),
    topPx: GAP_PX + row * (grid.blockHeightPx + GAP_PX) - scrollPx,
    widthPx: grid.blockWidthPx,
    heightPx: grid.blockHeightPx,
  };
}

/** The pages that are at least partly visible: from the first to the one before `end`. */
export function seenPages(
  grid: PageGrid,
  scrollPx: number,
  { heightPx }: ChartSize,
): { first: number; end: number } {
  const rowPx = grid.blockHeightPx + GAP_PX;
  const first = Math.floor(Math.max(0, scrollPx - GAP_PX) / rowPx) * grid.perRow;
  const end = Math.ceil((scrollPx + heightPx) / rowPx) * grid.perRow;
  return { first: Math.min(first, grid.pages), end: Math.min(end, grid.pages) };
}

/** How the slots of one page fill its block: row by row, in cells that are roughly square. */
export function cellsOf(grid: PageGrid, slots: number): { columns: number; rows: number } {
  const columns = Math.max(1, Math.round(Math.sqrt((slots * grid.blockWidthPx) / grid.blockHeightPx)));
  return { columns, rows: Math.max(1, Math.ceil(slots / columns)) };
}

/** The rectangle of neighbouring slots in one row, on whole pixels. */
export function cellRect(
  block: Rect,
  cells: { columns: number; rows: number },
  slot: number,
  count: number,
): Rect {
  const row = Math.floor(slot / cells.columns);
  const column = slot % cells.columns;
  const at = (part: number, parts: number, px: number) => Math.floor((part * px) / parts);
  const leftPx = at(column, cells.columns, block.widthPx);
  const topPx = at(row, cells.rows, block.heightPx);
  return {
    leftPx: block.leftPx + leftPx,
    topPx: block.topPx + topPx,
    widthPx: at(column + count, cells.columns, block.widthPx) - leftPx,
    heightPx: at(row + 1, cells.rows, block.heightPx) - topPx,
  };
}

/** The page whose block is at a point; -1 = none. */
export function pageAt(grid: PageGrid, scrollPx: number, { xPx, yPx }: Point): number {
  const column = Math.floor((xPx - GAP_PX / 2) / (grid.blockWidthPx + GAP_PX));
  const row = Math.floor((yPx + scrollPx - GAP_PX / 2) / (grid.blockHeightPx + GAP_PX));
  const page = row * grid.perRow + column;
  if (column < 0 || column >= grid.perRow || row < 0 || page >= grid.pages) return -1;
  const block = blockOf(grid, page, scrollPx);
  const isInside =
    xPx >= block.leftPx &&
    xPx < block.leftPx + block.widthPx &&
    yPx >= block.topPx &&
    yPx < block.topPx + block.heightPx;
  return isInside ? page : -1;
}

/** The slot at a point of the page's block; -1 = none. */
export function slotAt(grid: PageGrid, page: number, slots: number, scrollPx: number, point: Point): number {
  const block = blockOf(grid, page, scrollPx);
  const { columns, rows } = cellsOf(grid, slots);
  const column = partAt(point.xPx - block.leftPx, columns, block.widthPx);
  const row = partAt(point.yPx - block.topPx, rows, block.heightPx);
  const slot = row * columns + column;
  return slot < slots ? slot : -1;
}

/** The index of the part that contains a pixel, where `wholePx` is divided into parts of whole pixels. */
function partAt(px: number, parts: number, wholePx: number): number {
  let part = Math.min(parts - 1, Math.floor((px * parts) / wholePx));
  while (part + 1 < parts && Math.floor(((part + 1) * wholePx) / parts) <= px) part++;
  return part;
}
