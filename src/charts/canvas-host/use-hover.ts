import { useState } from 'react';
import type { Point } from './geometry.ts';

/** What is under the pointer, and the pointer's position. */
export interface Hover<Hit> {
  hit: Hit;
  point: Point;
}

/** Tracks what is under the pointer in a chart. `hitAt` returns what is at a point; null or -1 for nothing. */
export function useHover<Hit>(hitAt: (point: Point) => Hit | null): {
  hover: Hover<Hit> | null;
  /** To be passed to `CanvasHost`. */
  onPoint: (point: Point | null) => void;
  /** Clears the hover, because the chart has changed below the pointer. */
  leave: () => void;
} {
  const [hover, setHover] = useState<Hover<Hit> | null>(null);
  const onPoint = (point: Point | null) => {
    const hit = point === null ? null : hitAt(point);
    setHover(point === null || hit === null || hit === -1 ? null : { hit, point });
  };
  return { hover, onPoint, leave: () => setHover(null) };
}
