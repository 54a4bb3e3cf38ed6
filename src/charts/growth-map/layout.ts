import { squarify } from '../../../workers/protocol/squarify.ts';
import type { ChartSize, Point, Rect } from '../canvas-host/geometry.ts';
import type { GrowthTiles } from './summarise.ts';

/** The frame of each tile: the same in every step, so that only the filled part changes. */
export interface GrowthLayout {
  tiles: GrowthTiles;
  size: ChartSize;
  frames: Rect[];
}

/** Lays out frames with areas in proportion to the largest size of each group in any step. O(n). */
export function layoutGrowth(tiles: GrowthTiles, size: ChartSize): GrowthLayout {
  const frames: Rect[] = [];
  if (size.widthPx > 0 && size.heightPx > 0 && tiles.largest.length > 0) {
    const whole = { leftPx: 0, topPx: 0, ...size };
    squarify(tiles.largest, whole, (_, leftPx, topPx, widthPx, heightPx) => {
      frames.push({ leftPx, topPx, widthPx, heightPx });
    });
  }
  return { tiles, size, frames };
}

/** The filled part of a frame in a step, from the bottom up: its area is the size in that step. */
export function filledPart({ tiles, frames }: GrowthLayout, tile: number, step: number): Rect {
  const frame = frames[tile]!;
  const share = tiles.sizes[tile * tiles.steps + step]! / tiles.largest[tile]!;
  const heightPx = frame.heightPx * share;
  return { ...frame, topPx: frame.topPx + frame.heightPx - heightPx, heightPx };
}

/** The tile at a point, or -1. */
export function growthTileAt({ frames }: GrowthLayout, { xPx, yPx }: Point): number {
  return frames.findIndex(
    ({ leftPx, topPx, widthPx, heightPx }) =>
      xPx >= leftPx && xPx < leftPx + widthPx && yPx >= topPx && yPx < topPx + heightPx,
  );
}
