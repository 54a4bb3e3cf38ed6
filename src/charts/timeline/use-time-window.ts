import { useState } from 'react';
import type { Rect } from '../canvas-host/geometry.ts';
import type { Gestures } from '../canvas-host/use-gestures.ts';
import {
  type GenerationRange,
  panned,
  shownRange,
  type TimeWindow,
  wholeWindow,
  windowScale,
  zoomed,
} from './time-window.ts';

/** The visible part of a timeline, magnified by wheel and touch. */
export interface LiveWindow {
  /** Null if the timeline has no generations. */
  shown: GenerationRange | null;
  /** 1 = all of it. */
  scale: number;
  reset(): void;
  zoom(factor: number, xPx: number, plot: Rect): void;
  gestures(plot: Rect): Gestures;
}

/** Holds the window of a timeline; another timeline is shown whole. */
export function useTimeWindow(range: GenerationRange | null): LiveWindow {
  const key = range === null ? '' : `${range.first} ${range.last}`;
  const [kept, setKept] = useState<{ key: string; window: TimeWindow } | null>(null);
  const window = kept?.key === key ? kept.window : null;
  const change = (next: (range: GenerationRange, before: TimeWindow) => TimeWindow) => {
    if (range === null) return;
    setKept(before => ({
      key,
      window: next(range, before?.key === key ? before.window : wholeWindow(range)),
    }));
  };
  const zoom = (factor: number, xPx: number, plot: Rect) =>
    change((all, before) => zoomed(all, before, plot, factor, xPx));
  return {
    shown: range === null || window === null ? range : shownRange(range, window),
    scale: range === null || window === null ? 1 : windowScale(range, window),
    reset: () => setKept(null),
    zoom,
    gestures: plot => ({
      wheel: 'zooms with Ctrl',
      wheelPans: window !== null,
      // One finger or the mouse selects generations.
      pans: false,
      onZoom: (factor, { xPx }) => zoom(factor, xPx, plot),
      onPan: xPx => change((all, before) => panned(all, before, plot, xPx)),
    }),
  };
}
