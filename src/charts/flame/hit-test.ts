import type { Point } from '../canvas-host/geometry.ts';
import { type FlameLayout, rowAt } from './layout.ts';

/** The position of the frame at a point, or -1. O(log frames of the row). */
export function frameAt(layout: FlameLayout, { xPx, yPx }: Point): number {
  const row = layout.rows[rowAt(layout, yPx)];
  if (row === undefined) return -1;
  let low = 0;
  let high = row.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (layout.leftPx[row[middle]!]! <= xPx) low = middle + 1;
    else high = middle;
  }
  const position = row[low - 1];
  if (position === undefined) return -1;
  return xPx < layout.leftPx[position]! + layout.widthPx[position]! ? position : -1;
}

/** The row of a frame; -1 if it has none. */
export function rowOf(layout: FlameLayout, position: number): number {
  const depth = layout.tree.depth[position] ?? -1;
  return layout.rows[depth]?.includes(position) ? depth : -1;
}

export type FlameMove = 'left' | 'right' | 'up' | 'down';

/** The frame that a key moves to: a neighbour in the row, the parent, or the first child. */
export function frameInDirection(layout: FlameLayout, from: number, move: FlameMove): number {
  const row = rowOf(layout, from);
  if (row < 0) return layout.rows[0]?.[0] ?? -1;
  const outwards = layout.upward ? 'down' : 'up';
  if (move === outwards) return layout.tree.parent[from]! >= 0 ? layout.tree.parent[from]! : from;
  if (move === 'up' || move === 'down')
    return layout.rows[row + 1]?.find(child => layout.tree.parent[child] === from) ?? from;
  const frames = layout.rows[row]!;
  const at = frames.indexOf(from);
  return frames[move === 'left' ? at - 1 : at + 1] ?? from;
}
