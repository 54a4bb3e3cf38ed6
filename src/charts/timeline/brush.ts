import type { Generation } from '../../../workers/protocol/units.ts';
import { binAt, type TimelineLayout, xOfBin } from './layout.ts';
import { binOf, generationsOfBin, type Timeline } from './summarise.ts';

/** Selected generations, both included. */
export interface Brush {
  from: Generation;
  to: Generation;
}

export type BrushHandle = 'from' | 'to';

/** The selection of a drag: whole bins, so that the selection matches the bars. */
export function brushBetween(layout: TimelineLayout, startPx: number, endPx: number): Brush | null {
  const one = binAt(layout, startPx);
  const other = binAt(layout, endPx);
  if (one < 0 || other < 0) return null;
  return {
    from: generationsOfBin(layout.timeline, Math.min(one, other)).from,
    to: generationsOfBin(layout.timeline, Math.max(one, other)).to,
  };
}

/**
 * The brush moved by some pixels, in whole bins, without leaving the axis. If the timeline is magnified, an end outside
 * the visible axis stays where it is.
 */
export function brushMoved(layout: TimelineLayout, brush: Brush, byPx: number): Brush {
  const { timeline } = layout;
  const first = binOf(timeline, brush.from);
  const last = binOf(timeline, brush.to);
  const wanted = layout.binPx > 0 ? Math.round(byPx / layout.binPx) : 0;
  const by = Math.min(timeline.bins - 1 - last, Math.max(-first, wanted));
  return withEnds(timeline, brush, first + by, last + by);
}

/** The brush with its ends at bins, except for an end outside the visible axis. */
function withEnds(timeline: Timeline, { from, to }: Brush, first: number, last: number): Brush {
  const axis = wholeAxis(timeline);
  return {
    from: from < axis.from ? from : generationsOfBin(timeline, first).from,
    to: to > axis.to ? to : generationsOfBin(timeline, last).to,
  };
}

/** The brush with one handle dragged to a position; handles push each other and never cross. */
export function handleDragged(layout: TimelineLayout, brush: Brush, handle: BrushHandle, xPx: number): Brush {
  const bin = binAt(layout, xPx);
  return bin < 0 ? brush : handleAtBin(layout.timeline, brush, handle, bin);
}

/** Number of bins that Page Up and Page Down move a handle by. */
const PAGE_BINS = 10;

/** The brush after a key on one of its handles; null if the key does not move it. */
export function handleAfterKey(
  timeline: Timeline,
  brush: Brush,
  handle: BrushHandle,
  key: string,
): Brush | null {
  const bin = binOf(timeline, brush[handle]);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return handleAtBin(timeline, brush, handle, bin - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return handleAtBin(timeline, brush, handle, bin + 1);
    case 'PageDown':
      return handleAtBin(timeline, brush, handle, bin - PAGE_BINS);
    case 'PageUp':
      return handleAtBin(timeline, brush, handle, bin + PAGE_BINS);
    case 'Home':
      return handleAtBin(timeline, brush, handle, 0);
    case 'End':
      return handleAtBin(timeline, brush, handle, timeline.bins - 1);
    default:
      return null;
  }
}

/** Left and right edge of the brush in pixels. */
export function brushExtent(layout: TimelineLayout, brush: Brush): { leftPx: number; rightPx: number } {
  return {
    leftPx: xOfBin(layout, binOf(layout.timeline, brush.from)),
    rightPx: xOfBin(layout, binOf(layout.timeline, brush.to) + 1),
  };
}

/** All generations of the axis. */
export function wholeAxis(timeline: Timeline): Brush {
  return { from: timeline.start, to: generationsOfBin(timeline, timeline.bins - 1).to };
}

function handleAtBin(timeline: Timeline, brush: Brush, handle: BrushHandle, bin: number): Brush {
  const first = binOf(timeline, brush.from);
  const last = binOf(timeline, brush.to);
  if (handle === 'from') {
    const kept = Math.min(last, Math.max(0, bin));
    const { to } = withEnds(timeline, brush, first, last);
    return { from: generationsOfBin(timeline, kept).from, to };
  }
  const kept = Math.min(timeline.bins - 1, Math.max(first, bin));
  const { from } = withEnds(timeline, brush, first, last);
  return { from, to: generationsOfBin(timeline, kept).to };
}
