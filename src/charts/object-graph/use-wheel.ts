import { type RefObject, useEffect } from 'react';

/** Lines and pages that a wheel may count in, in pixels. */
const UNIT_PX = [1, 16, 400] as const;
/** How much one pixel of the wheel zooms; a pinch on a touchpad comes as a wheel with the control key, in small steps. */
const ZOOM_PER_PX = 0.002;
const PINCH_PER_PX = 0.01;

/**
 * The wheel over a drawing: up and down zooms at the pointer, sideways or with the shift key moves. `zoomAt`, `moveBy`:
 * in pixels of the element; they must not change. The page does not scroll along.
 */
export function useWheel(
  element: RefObject<Element | null>,
  zoomAt: (factor: number, x: number, y: number) => void,
  moveBy: (dx: number, dy: number) => void,
): void {
  useEffect(() => {
    const over = element.current;
    if (over === null) return;
    const onWheel = (event: Event) => {
      const { deltaX, deltaY, deltaMode, ctrlKey, shiftKey, clientX, clientY } = event as WheelEvent;
      const unit = UNIT_PX[deltaMode as 0 | 1 | 2] ?? 1;
      event.preventDefault();
      if (!ctrlKey && (shiftKey || Math.abs(deltaX) > Math.abs(deltaY))) {
        moveBy(-(deltaX === 0 ? deltaY : deltaX) * unit, 0);
        return;
      }
      const { left, top } = over.getBoundingClientRect();
      const by = -deltaY * unit * (ctrlKey ? PINCH_PER_PX : ZOOM_PER_PX);
      zoomAt(Math.exp(by), clientX - left, clientY - top);
    };
    // React listens passively, which cannot keep the page from scrolling.
    over.addEventListener('wheel', onWheel, { passive: false });
    return () => over.removeEventListener('wheel', onWheel);
  }, [element, zoomAt, moveBy]);
}
