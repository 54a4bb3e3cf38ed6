import type { Point } from '../canvas-host/geometry.ts';
import type { TreemapLayout } from './layout.ts';
import { childrenOf } from './summarise.ts';

/** The innermost tile at a point, or -1 outside the frame. The root tile (position 0) is never a hit. */
export function tileAt(layout: TreemapLayout, point: Point): number {
  if (layout.placed.length === 0 || !covers(layout, 0, point)) return -1;
  let position = 0;
  while (layout.divided[position]) {
    const inner = childrenOf(layout.tree, position).find(child => covers(layout, child, point));
    // On the header strip or the padding: the group itself.
    if (inner === undefined) break;
    position = inner;
  }
  return position === 0 ? -1 : position;
}

function covers(layout: TreemapLayout, position: number, { xPx, yPx }: Point): boolean {
  const left = layout.leftPx[position]!;
  const top = layout.topPx[position]!;
  return (
    xPx >= left &&
    yPx >= top &&
    xPx < left + layout.widthPx[position]! &&
    yPx < top + layout.heightPx[position]!
  );
}
