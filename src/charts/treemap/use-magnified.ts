import { useCallback, useState } from 'react';
import type { ChartSize, Point, Rect } from '../canvas-host/geometry.ts';

const MAX_SCALE = 32;

/** The magnification of a chart, and which point of it is fixed where in the frame. */
interface Magnified {
  scale: number;
  anchor: Anchor | null;
}

/** A point within a tile, as fractions of its size, and its position in the frame. */
interface Anchor {
  position: number;
  xPart: number;
  yPart: number;
  at: Point;
}

const UNMAGNIFIED: Magnified = { scale: 1, anchor: null };

/** The magnification of a chart of tiles. The point under the pointer stays where it is while zooming. */
export function useMagnified() {
  const [magnified, setMagnified] = useState(UNMAGNIFIED);
  const reset = useCallback(() => setMagnified(UNMAGNIFIED), []);
  return {
    scale: magnified.scale,
    reset,
    /** The origin of the frame in the magnified chart. `rectOf` returns the rectangle of a tile in that chart. */
    offset(large: ChartSize, frame: ChartSize, rectOf: (position: number) => Rect): Point {
      const { anchor } = magnified;
      if (anchor === null) return { xPx: 0, yPx: 0 };
      const { leftPx, topPx, widthPx, heightPx } = rectOf(anchor.position);
      return {
        xPx: within(leftPx + anchor.xPart * widthPx - anchor.at.xPx, large.widthPx - frame.widthPx),
        yPx: within(topPx + anchor.yPart * heightPx - anchor.at.yPx, large.heightPx - frame.heightPx),
      };
    },
    /** Zooms by a factor; `rect` is the tile at `position`, which is under the point. */
    zoom(factor: number, at: Point, position: number, rect: Rect): void {
      setMagnified(({ scale }) => {
        const next = Math.min(MAX_SCALE, Math.max(1, scale * factor));
        if (next === 1) return UNMAGNIFIED;
        const xPart = (at.xPx - rect.leftPx) / rect.widthPx;
        const yPart = (at.yPx - rect.topPx) / rect.heightPx;
        return { scale: next, anchor: { position, xPart, yPart, at } };
      });
    },
    /** Pans the chart; `whole` is its rectangle in the frame. */
    pan(xPx: number, yPx: number, whole: Rect): void {
      const at = { xPx: whole.leftPx + xPx, yPx: whole.topPx + yPx };
      setMagnified(before =>
        before.scale === 1 ? before : { ...before, anchor: { position: 0, xPart: 0, yPart: 0, at } },
      );
    },
  };
}

function within(value: number, most: number): number {
  return Math.min(Math.max(0, most), Math.max(0, value));
}
