import type { ChartSize, Rect } from '../canvas-host/geometry.ts';
import { childrenOf, type TreemapTree } from '../treemap/summarise.ts';

/** Height of a row of frames, in CSS pixels. */
export const ROW_PX = 20;
/** Narrower frames are not drawn: they could not be told apart. */
const MIN_WIDTH_PX = 0.5;

/**
 * Positions of the frames of a tree: the root at the top, children below their parent. Arrays are indexed by position
 * in the tree.
 */
export interface FlameLayout {
  tree: TreemapTree;
  size: ChartSize;
  leftPx: Float64Array;
  /** 0 for positions without a frame. */
  widthPx: Float64Array;
  /** Positions of the frames of each row, from left to right. */
  rows: number[][];
  /** Levels of the tree that do not fit. */
  hiddenRows: number;
  /** Whether the root is at the bottom, and children above their parent. */
  upward: boolean;
}

/** The upper edge of a row. */
export function rowTop({ upward, size }: FlameLayout, row: number): number {
  return upward ? size.heightPx - (row + 1) * ROW_PX : row * ROW_PX;
}

/** The row at a height; it may not exist. */
export function rowAt({ upward, size }: FlameLayout, yPx: number): number {
  return Math.floor((upward ? size.heightPx - yPx : yPx) / ROW_PX);
}

/** Lays a tree out level by level: children divide the width of their parent in proportion to their bytes. O(n). */
export function layoutFlame(tree: TreemapTree, size: ChartSize, upward = false): FlameLayout {
  const length = tree.nodes.length;
  const layout: FlameLayout = {
    tree,
    size,
    leftPx: new Float64Array(length),
    widthPx: new Float64Array(length),
    rows: [],
    hiddenRows: 0,
    upward,
  };
  const maxRows = Math.floor(size.heightPx / ROW_PX);
  if (length === 0 || size.widthPx <= 0 || maxRows === 0) return layout;
  layout.widthPx[0] = size.widthPx;
  let row = [0];
  while (row.length > 0) {
    if (layout.rows.length < maxRows) layout.rows.push(row);
    else layout.hiddenRows++;
    row = row.flatMap(position => placeChildren(layout, position));
  }
  return layout;
}

function placeChildren(layout: FlameLayout, position: number): number[] {
  const { nodes } = layout.tree;
  const whole = nodes[position]!.bytes;
  let leftPx = layout.leftPx[position]!;
  const placed: number[] = [];
  for (const child of childrenOf(layout.tree, position)) {
    // A frame's self size is the width that its children leave free.
    if (nodes[child]!.kind === 'self') continue;
    const widthPx = whole === 0 ? 0 : (layout.widthPx[position]! * nodes[child]!.bytes) / whole;
    if (widthPx < MIN_WIDTH_PX) continue;
    layout.leftPx[child] = leftPx;
    layout.widthPx[child] = widthPx;
    leftPx += widthPx;
    placed.push(child);
  }
  return placed;
}

/** The part of a layout that is visible in a frame of this size, starting at `fromPx`. O(n). */
export function framedFlame(layout: FlameLayout, size: ChartSize, fromPx: number): FlameLayout {
  return { ...layout, size, leftPx: layout.leftPx.map(leftPx => leftPx - fromPx) };
}

/** The rectangle of the frame at a position. */
export function frameRectOf(layout: FlameLayout, position: number): Rect {
  return {
    leftPx: layout.leftPx[position] ?? 0,
    topPx: rowTop(layout, layout.tree.depth[position] ?? 0),
    widthPx: layout.widthPx[position] ?? 0,
    heightPx: ROW_PX,
  };
}

/** The height needed to draw a whole tree, in CSS pixels. O(n). */
export function heightOf(tree: TreemapTree): number {
  let deepest = 0;
  for (const depth of tree.depth) deepest = Math.max(deepest, depth);
  return tree.nodes.length === 0 ? 0 : (deepest + 1) * ROW_PX;
}
