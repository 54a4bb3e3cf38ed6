import { squarify } from '../../../workers/protocol/squarify.ts';
import type { ChartSize, Point, Rect } from '../canvas-host/geometry.ts';
import { childrenOf, type TreemapTree } from './summarise.ts';

/** Height of a group's header strip, in CSS pixels. */
export const HEADER_PX = 18;
/** Gap between a group's edge and its tiles. */
export const PADDING_PX = 1;
/** Distance of a label from its tile's edges. */
export const LABEL_INSET_PX = 5;
/** A smaller group has no header strip: its tiles need the room. */
const MIN_HEADER_WIDTH_PX = 32;
const MIN_HEADER_HEIGHT_PX = 40;
/** Smaller areas are not divided: their tiles could not be told apart. */
const MIN_INSIDE_PX = 4;

/** Positions of the tiles of a tree. All arrays are indexed by position in the tree. */
export interface TreemapLayout {
  tree: TreemapTree;
  size: ChartSize;
  /** Positions that have a tile, parents before children. */
  placed: Int32Array;
  leftPx: Float64Array;
  topPx: Float64Array;
  /** 0 for positions without a tile. */
  widthPx: Float64Array;
  heightPx: Float64Array;
  /** 1 where the tile has a header strip. */
  hasHeader: Uint8Array;
  /** 1 where the tile is divided among its children. */
  divided: Uint8Array;
}

/** Whether a name for a tile's header fits into a width. A strip without a name would waste space. */
export type HeaderFits = (position: number, widthPx: number) => boolean;

/**
 * Lays a tree out, level by level with a queue: the areas of the children of one tile are proportional to their
 * bytes and fill its inside. O(n).
 */
export function layoutTreemap(
  tree: TreemapTree,
  size: ChartSize,
  headerFits: HeaderFits = () => true,
): TreemapLayout {
  const length = tree.nodes.length;
  const layout: TreemapLayout = {
    tree,
    size,
    placed: new Int32Array(0),
    leftPx: new Float64Array(length),
    topPx: new Float64Array(length),
    widthPx: new Float64Array(length),
    heightPx: new Float64Array(length),
    hasHeader: new Uint8Array(length),
    divided: new Uint8Array(length),
  };
  if (length === 0 || size.widthPx <= 0 || size.heightPx <= 0) return layout;
  layout.widthPx[0] = size.widthPx;
  layout.heightPx[0] = size.heightPx;
  const queue = new Int32Array(length);
  let filled = 1;
  for (let head = 0; head < filled; head++) {
    const position = queue[head]!;
    const children = childrenOf(tree, position).filter(child => tree.nodes[child]!.bytes > 0);
    if (children.length === 0) continue;
    layout.hasHeader[position] = wantsHeader(layout, position, headerFits) ? 1 : 0;
    const inside = contentRect(layout, position);
    if (inside.widthPx < MIN_INSIDE_PX || inside.heightPx < MIN_INSIDE_PX) {
      layout.hasHeader[position] = 0;
      continue;
    }
    layout.divided[position] = 1;
    const sizes = Float64Array.from(children, child => tree.nodes[child]!.bytes);
    squarify(sizes, inside, (index, leftPx, topPx, widthPx, heightPx) => {
      const child = children[index]!;
      layout.leftPx[child] = leftPx;
      layout.topPx[child] = topPx;
      layout.widthPx[child] = widthPx;
      layout.heightPx[child] = heightPx;
      queue[filled++] = child;
    });
  }
  layout.placed = queue.subarray(0, filled);
  return layout;
}

/** The part of a layout that is visible in a frame of this size, starting at `from`. O(n). */
export function framedTreemap(layout: TreemapLayout, size: ChartSize, from: Point): TreemapLayout {
  return {
    ...layout,
    size,
    leftPx: layout.leftPx.map(leftPx => leftPx - from.xPx),
    topPx: layout.topPx.map(topPx => topPx - from.yPx),
  };
}

/** The rectangle of one tile. */
export function tileRect(layout: TreemapLayout, position: number): Rect {
  return {
    leftPx: layout.leftPx[position]!,
    topPx: layout.topPx[position]!,
    widthPx: layout.widthPx[position]!,
    heightPx: layout.heightPx[position]!,
  };
}

/** The part of a tile that is divided among its children. The root tile has neither header nor padding. */
export function contentRect(layout: TreemapLayout, position: number): Rect {
  const rect = tileRect(layout, position);
  if (position === 0) return rect;
  const headerPx = layout.hasHeader[position] ? HEADER_PX : PADDING_PX;
  return {
    leftPx: rect.leftPx + PADDING_PX,
    topPx: rect.topPx + headerPx,
    widthPx: Math.max(0, rect.widthPx - 2 * PADDING_PX),
    heightPx: Math.max(0, rect.heightPx - headerPx - PADDING_PX),
  };
}

/** The smallest share of the whole that is worth requesting from the worker: a tile of about four square pixels. */
export function minShareFor(size: ChartSize): number {
  const area = size.widthPx * size.heightPx;
  return area > 0 ? Math.min(1, 4 / area) : 1;
}

function wantsHeader(layout: TreemapLayout, position: number, headerFits: HeaderFits): boolean {
  const widthPx = layout.widthPx[position]!;
  return (
    position !== 0 &&
    widthPx >= MIN_HEADER_WIDTH_PX &&
    layout.heightPx[position]! >= MIN_HEADER_HEIGHT_PX &&
    headerFits(position, widthPx - 2 * LABEL_INSET_PX)
  );
}
