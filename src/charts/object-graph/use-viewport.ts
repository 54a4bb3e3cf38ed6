import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChartSize } from '../canvas-host/geometry.ts';
import {
  BOX_HEIGHT_PX,
  BOX_WIDTH_PX,
  boundsOf,
  LINE_OVERHANG_PX,
  type Place,
  type Places,
} from './layout.ts';

/** The drawing's position in its frame: `x`, `y` is its origin, in pixels of the frame. */
export interface Viewport {
  x: number;
  y: number;
  scale: number;
}

const MARGIN_PX = LINE_OVERHANG_PX;
const MIN_SCALE = 0.1;
const MAX_SCALE = 2.5;
/** The initial scale is not smaller than this, so that the drawing can be read. */
const LEAST_FITTED = 0.8;

/** Pan and zoom of a drawing. It is fitted into the frame once, when both are known. */
export function useViewport(size: ChartSize | null, places: Places | null) {
  const [view, setView] = useState<Viewport>({ x: MARGIN_PX, y: MARGIN_PX, scale: 1 });
  const isFitted = useRef(false);
  const fitTo = useCallback((frame: ChartSize, all: Places, least: number) => {
    const bounds = boundsOf(all);
    const scale = Math.min(
      1,
      Math.max(
        least,
        Math.min(
          (frame.widthPx - 2 * MARGIN_PX) / bounds.width,
          (frame.heightPx - 2 * MARGIN_PX) / bounds.height,
        ),
      ),
    );
    // A drawing wider than the frame starts at its left end, where the roots are.
    const over = frame.widthPx - bounds.width * scale;
    // A single box is centred: others may be added on both sides.
    const left = all.size === 1 ? over / 2 : MARGIN_PX;
    // Vertically, it is aligned by the columns that are visible then. If they are taller than the frame, their top is
    // shown, where the boxes with most objects are.
    const end = bounds.x + (frame.widthPx - left) / scale - BOX_WIDTH_PX;
    const visible = boundsOf(new Map([...all].filter(([, place]) => place.x <= end)));
    const top = Math.max(MARGIN_PX, (frame.heightPx - visible.height * scale) / 2);
    setView({ x: left - bounds.x * scale, y: top - visible.y * scale, scale });
  }, []);
  // When the frame's height changes, keep the middle of the view in the middle. Horizontally, the roots stay at the
  // left.
  const heightPx = size?.heightPx ?? 0;
  const lastHeight = useRef(heightPx);
  useEffect(() => {
    const grown = heightPx - lastHeight.current;
    lastHeight.current = heightPx;
    if (isFitted.current) setView(old => ({ ...old, y: old.y + grown / 2 }));
  }, [heightPx]);
  useEffect(() => {
    if (isFitted.current || size === null || size.widthPx === 0 || places === null || places.size === 0)
      return;
    isFitted.current = true;
    fitTo(size, places, LEAST_FITTED);
  }, [size, places, fitTo]);

  const zoomAt = useCallback((factor: number, x: number, y: number) => {
    setView(old => {
      const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, old.scale * factor));
      const by = scale / old.scale;
      return { scale, x: x - (x - old.x) * by, y: y - (y - old.y) * by };
    });
  }, []);

  return {
    view,
    zoomAt,
    zoom: (factor: number) => zoomAt(factor, (size?.widthPx ?? 0) / 2, (size?.heightPx ?? 0) / 2),
    fit: () => size && places && fitTo(size, places, MIN_SCALE),
    moveTo: (x: number, y: number) => setView(old => ({ ...old, x, y })),
    moveBy: (x: number, y: number) => setView(old => ({ ...old, x: old.x + x, y: old.y + y })),
    /** Centres a point of the drawing. */
    centre: (point: Place) =>
      size &&
      setView(old => ({
        ...old,
        x: size.widthPx / 2 - point.x * old.scale,
        y: size.heightPx / 2 - point.y * old.scale,
      })),
    /** Moves the drawing just far enough to make a box visible. */
    reveal: (place: Place | undefined) => {
      if (place === undefined || size === null) return;
      setView(old => ({
        ...old,
        x: old.x + needed(place.x * old.scale + old.x, BOX_WIDTH_PX * old.scale, size.widthPx),
        y: old.y + needed(place.y * old.scale + old.y, BOX_HEIGHT_PX * old.scale, size.heightPx),
      }));
    },
  };
}

/** How far an interval has to be moved to lie within the frame. */
function needed(start: number, length: number, frame: number): number {
  if (start < MARGIN_PX) return MARGIN_PX - start;
  return Math.min(0, frame - MARGIN_PX - start - length);
}
