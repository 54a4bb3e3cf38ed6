import { useEffect, useRef } from 'react';
import type { Point } from './geometry.ts';

/** How a chart is magnified and moved by wheel, touch and drag. */
export interface Gestures {
  /**
   * Whether the wheel alone zooms, or only with Ctrl or ⌘, so that the page or chart can be scrolled. Pinching always
   * zooms.
   */
  wheel: 'zooms' | 'zooms with Ctrl';
  /** Whether horizontal wheel movement, as from touchpads, or the wheel with Shift pans the chart. */
  wheelPans?: boolean;
  /** Whether a drag pans the chart, because it is larger than its frame. */
  pans: boolean;
  /** Zoom by a factor around a point. */
  onZoom(factor: number, point: Point): void;
  onPan(xPx: number, yPx: number): void;
}

/** The factor by which a key zooms. */
export const KEY_ZOOM = 1.5;

/** A press that moves less than this is a click. */
const DRAG_PX = 4;
/** Wheel distance that doubles the size. */
const DOUBLING_PX = 300;
/** Pixels per line and per page, for wheels that report these units. */
const WHEEL_UNITS_PX = [1, 20, 400];

/** Listens for the gestures on an element. */
export function useGestures(element: HTMLElement | null, gestures: Gestures | undefined): void {
  const latest = useRef(gestures);
  useEffect(() => {
    latest.current = gestures;
  });
  const isOn = gestures !== undefined;
  useEffect(() => {
    if (element === null || !isOn) return;
    const stop = new AbortController();
    const { signal } = stop;
    const pointers = new Map<number, Point>();
    let moved = false;
    const pointOf = ({ clientX, clientY }: MouseEvent): Point => {
      const box = element.getBoundingClientRect();
      return { xPx: clientX - box.left, yPx: clientY - box.top };
    };
    const onWheel = (event: WheelEvent) => {
      const current = latest.current!;
      const hasKey = event.ctrlKey || event.metaKey;
      const unitPx = WHEEL_UNITS_PX[event.deltaMode] ?? 1;
      if (current.wheelPans === true && !hasKey && Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        current.onPan(-event.deltaX * unitPx, 0);
        return;
      }
      if (current.wheel === 'zooms with Ctrl' && !hasKey) return;
      event.preventDefault();
      current.onZoom(2 ** ((-event.deltaY * unitPx) / DOUBLING_PX), pointOf(event));
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || (event.target as Element).closest('button') !== null) return;
      if (pointers.size === 0) moved = false;
      pointers.set(event.pointerId, pointOf(event));
    };
    const onMove = (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (before === undefined) return;
      const now = pointOf(event);
      const { pans, onPan, onZoom } = latest.current!;
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      const xPx = now.xPx - before.xPx;
      const yPx = now.yPx - before.yPx;
      if (other === undefined) {
        if (!pans || (!moved && Math.hypot(xPx, yPx) < DRAG_PX)) return;
        if (!moved) element.setPointerCapture(event.pointerId);
        onPan(xPx, yPx);
      } else {
        const factor = distance(now, other) / Math.max(1, distance(before, other));
        onZoom(factor, { xPx: (now.xPx + other.xPx) / 2, yPx: (now.yPx + other.yPx) / 2 });
        onPan(xPx / 2, yPx / 2);
      }
      moved = true;
      pointers.set(event.pointerId, now);
    };
    const onUp = (event: PointerEvent) => pointers.delete(event.pointerId);
    const onClick = (event: MouseEvent) => {
      if (moved) event.stopPropagation();
      moved = false;
    };
    element.addEventListener('wheel', onWheel, { signal, passive: false });
    element.addEventListener('pointerdown', onDown, { signal });
    element.addEventListener('pointermove', onMove, { signal });
    element.addEventListener('pointerup', onUp, { signal });
    element.addEventListener('pointercancel', onUp, { signal });
    // Runs before the chart, which would take the end of a drag for a click.
    element.addEventListener('click', onClick, { signal, capture: true });
    return () => stop.abort();
  }, [element, isOn]);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.xPx - b.xPx, a.yPx - b.yPx);
}
