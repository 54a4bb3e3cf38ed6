import type { Point } from '../canvas-host/geometry.ts';
import { binAt, type TimelineLayout, yOf } from './layout.ts';

/** What is at a point of a timeline. */
export type TimelineHit =
  | { part: 'untraced'; series: number | null }
  /** A bin, and the series of its stack that the point is on. */
  | { part: 'bin'; bin: number; series: number | null };

/** What is at a point. The whole column above a bar counts as its bin, so that thin and low bars can be hovered. */
export function timelineHit(layout: TimelineLayout, { xPx, yPx }: Point): TimelineHit | null {
  const { plot, untraced, timeline } = layout;
  if (yPx < plot.topPx || yPx > plot.topPx + plot.heightPx) return null;
  if (untraced && xPx >= untraced.leftPx && xPx < untraced.leftPx + untraced.widthPx) {
    const share = (plot.topPx + plot.heightPx - yPx) / plot.heightPx;
    const sizes = timeline.series.map(series => series.untraced);
    return { part: 'untraced', series: stackedAt(sizes, share * timeline.untracedTotal) };
  }
  if (xPx < plot.leftPx || xPx >= plot.leftPx + plot.widthPx) return null;
  const bin = binAt(layout, xPx);
  if (bin < 0) return null;
  const count = timeline.series.length;
  const stack = timeline.values.subarray(bin * count, (bin + 1) * count);
  if (layout.isLines) return { part: 'bin', bin, series: nearest(layout, stack, yPx) };
  const value = ((yOf(layout, 0) - yPx) / plot.heightPx) * layout.topValue;
  return { part: 'bin', bin, series: stackedAt(stack, value) };
}

/** The series whose line is vertically nearest; null if there is none. */
function nearest(layout: TimelineLayout, values: Float64Array, yPx: number): number | null {
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, value] of values.entries()) {
    const distance = Math.abs(yOf(layout, value) - yPx);
    if (distance >= least) continue;
    least = distance;
    best = index;
  }
  return best;
}

/** The series of a stack, from the bottom, that contains a value; null above the stack. */
function stackedAt(sizes: ArrayLike<number>, value: number): number | null {
  let sum = 0;
  for (let index = 0; index < sizes.length; index++) {
    sum += sizes[index]!;
    if (value < sum) return index;
  }
  return null;
}
