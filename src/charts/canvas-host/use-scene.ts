import { useEffect, useMemo, useState } from 'react';
import { usePalette } from '../../theme/use-palette.ts';
import type { ChartSize } from './geometry.ts';
import { contextOf, type Scene } from './picture.ts';
import { createTextMeasure } from './text-measure.ts';

/** The scene of a chart of this size, in the current theme. */
export function useScene(size: ChartSize): Scene {
  const palette = usePalette();
  const measure = useMemo(
    () => createTextMeasure(contextOf(document.createElement('canvas')), palette.fontSans),
    [palette.fontSans],
  );
  return useMemo(() => ({ size, palette, measure }), [size, palette, measure]);
}

/** The inner size of an element, in whole CSS pixels; null until it is known. */
export function useElementSize(element: HTMLElement | null): ChartSize | null {
  const [size, setSize] = useState<ChartSize | null>(null);
  useEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const widthPx = Math.floor(element.clientWidth);
      const heightPx = Math.floor(element.clientHeight);
      setSize(old => (old?.widthPx === widthPx && old.heightPx === heightPx ? old : { widthPx, heightPx }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** Device pixels for each CSS pixel: changes when the window moves to another screen or the page is zoomed. */
export function usePixelRatio(): number {
  const [pixelRatio, setPixelRatio] = useState(() => devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${pixelRatio}dppx)`);
    const update = () => setPixelRatio(devicePixelRatio);
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, [pixelRatio]);
  return pixelRatio;
}

/** Whether the user asked the system for less motion. */
export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
