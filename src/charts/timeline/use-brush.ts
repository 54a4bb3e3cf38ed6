import { useEffect, useRef, useState } from 'react';
import type { Point } from '../canvas-host/geometry.ts';
import {
  type Brush,
  type BrushHandle,
  brushBetween,
  brushExtent,
  brushMoved,
  handleDragged,
} from './brush.ts';
import type { TimelineLayout } from './layout.ts';

/** How near a press has to be to grab a handle. Larger for touch, since a finger covers the handle. */
const HANDLE_REACH_PX = { mouse: 6, touch: 20 };
/** Holding a key moves a handle many times; the set changes once the key has been idle this long. */
const KEY_REST_MS = 250;

type Drag =
  | { what: 'new' }
  | { what: 'handle'; handle: BrushHandle; brush: Brush }
  | { what: 'whole'; brush: Brush };

/** A brush that is drawn while it moves and reported when it stops. */
export interface LiveBrush {
  brush: Brush | null;
  /** The pointer was pressed; returns false if it is not on the axis. */
  startDrag(layout: TimelineLayout, at: Point, isTouch: boolean): boolean;
  moveDrag(layout: TimelineLayout, start: Point, at: Point): void;
  endDrag(): void;
  /** Restores the brush from before the drag. */
  cancelDrag(): void;
  /** Moves the brush by keyboard. */
  moveTo(brush: Brush): void;
}

/** Holds the brush while it is being moved. `settled` is the current brush; `onBrush` is called with the next one. */
export function useBrush(settled: Brush | null, onBrush: (brush: Brush) => void): LiveBrush {
  const [live, setLive] = useState<Brush | null>(null);
  const drag = useRef<Drag | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The reported brush has arrived: from now on the settled one is drawn.
  const settledKey = settled ? `${settled.from} ${settled.to}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the settled brush changes, which the key represents.
  useEffect(() => setLive(null), [settledKey]);

  const notify = (brush: Brush) => {
    if (settled && brush.from === settled.from && brush.to === settled.to) setLive(null);
    else onBrush(brush);
  };
  return {
    brush: live ?? settled,
    startDrag(layout, { xPx }, isTouch) {
      const { plot } = layout;
      const reachPx = isTouch ? HANDLE_REACH_PX.touch : HANDLE_REACH_PX.mouse;
      if (xPx < plot.leftPx - reachPx || xPx > plot.leftPx + plot.widthPx + reachPx) return false;
      drag.current = whatIsDragged(layout, live ?? settled, xPx, reachPx);
      return true;
    },
    moveDrag(layout, start, at) {
      const dragged = drag.current;
      if (!dragged) return;
      if (dragged.what === 'new') setLive(brushBetween(layout, start.xPx, at.xPx));
      else if (dragged.what === 'handle')
        setLive(handleDragged(layout, dragged.brush, dragged.handle, at.xPx));
      else setLive(brushMoved(layout, dragged.brush, at.xPx - start.xPx));
    },
    endDrag() {
      drag.current = null;
      if (live) notify(live);
    },
    cancelDrag() {
      drag.current = null;
      setLive(null);
    },
    moveTo(brush) {
      setLive(brush);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => notify(brush), KEY_REST_MS);
    },
  };
}

function whatIsDragged(layout: TimelineLayout, brush: Brush | null, xPx: number, reachPx: number): Drag {
  if (!brush) return { what: 'new' };
  const { leftPx, rightPx } = brushExtent(layout, brush);
  const toLeft = Math.abs(xPx - leftPx);
  const toRight = Math.abs(xPx - rightPx);
  if (Math.min(toLeft, toRight) <= reachPx) {
    return { what: 'handle', handle: toLeft < toRight ? 'from' : 'to', brush };
  }
  return xPx > leftPx && xPx < rightPx ? { what: 'whole', brush } : { what: 'new' };
}
