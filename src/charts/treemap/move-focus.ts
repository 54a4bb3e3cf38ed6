import type { TreemapLayout } from './layout.ts';
import { childrenOf } from './summarise.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Weight of a sideways offset relative to distance ahead in the search for the nearest tile. */
const ASIDE_WEIGHT = 2;

/**
 * The nearest tile in a direction from another on the same level of the tree, or the tile itself if there is none.
 * Without a starting tile (-1), the largest tile. O(placed tiles).
 */
export function tileInDirection(layout: TreemapLayout, from: number, direction: Direction): number {
  if (from <= 0) return firstInside(layout, 0) ?? -1;
  const { leftPx, topPx, widthPx, heightPx, tree } = layout;
  const centreX = leftPx[from]! + widthPx[from]! / 2;
  const centreY = topPx[from]! + heightPx[from]! / 2;
  const level = tree.depth[from]!;
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (const other of layout.placed) {
    if (other === from || tree.depth[other] !== level) continue;
    const left = leftPx[other]!;
    const top = topPx[other]!;
    const right = left + widthPx[other]!;
    const bottom = top + heightPx[other]!;
    const ahead = {
      left: leftPx[from]! - right,
      right: left - leftPx[from]! - widthPx[from]!,
      up: topPx[from]! - bottom,
      down: top - topPx[from]! - heightPx[from]!,
    }[direction];
    // Half a pixel of tolerance, since neighbours share an edge up to rounding.
    if (ahead < -0.5) continue;
    const aside =
      direction === 'left' || direction === 'right'
        ? outside(centreY, top, bottom)
        : outside(centreX, left, right);
    const distance = Math.max(0, ahead) + aside * ASIDE_WEIGHT;
    if (distance < least) {
      least = distance;
      best = other;
    }
  }
  return best;
}

/** The first (largest) tile inside another, or null if it is not divided. */
export function firstInside(layout: TreemapLayout, position: number): number | null {
  if (!layout.divided[position]) return null;
  return childrenOf(layout.tree, position)[0] ?? null;
}

/** How far a value is outside a range. */
function outside(value: number, low: number, high: number): number {
  return Math.max(0, low - value, value - high);
}
