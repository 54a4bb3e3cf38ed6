import { useState } from 'react';
import type { Point } from './geometry.ts';

/** What the pointer is on, and where the pointer is. */
export interface Hover<Hit> {
  hit: Hit;
  point: Point;
}

/** What of a chart is under the pointer. `hitAt`: what is at a point; null or -1 for nothing. */
export function useHover<Hit>(hitAt: (point: Point) => Hit | null): {
  hover: Hover<Hit> | null;
  /** For `CanvasHost`. */
  onPoint: (point: Point | null) => void;
  /** Forgets it, because the chart has changed below the pointer. */
  leave: () => void;
} {
  const [hover, setHover] = useState<Hover<Hit> | null>(null);
  const onPoint = (point: Point | null) => {
    const hit = point === null ? null : hitAt(point);
    setHover(point === null || hit === null || hit === -1 ? null : { hit, point });
  };
  return { hover, onPoint, leave: () => setHover(null) };
}
