import type { Generation } from '../../../workers/protocol/units.ts';
import type { Rect } from '../canvas-host/geometry.ts';

/** First and last generation, both included. */
export interface GenerationRange {
  first: Generation;
  last: Generation;
}

/** The part of a timeline that is shown: from where on, and how many generations. Not whole numbers while it moves. */
export interface TimeWindow {
  from: number;
  span: number;
}

/** A timeline is not magnified beyond so few generations. */
const MIN_SPAN = 8;

export function wholeWindow({ first, last }: GenerationRange): TimeWindow {
  return { from: first, span: last - first + 1 };
}

/** How much the window magnifies. */
export function windowScale(range: GenerationRange, { span }: TimeWindow): number {
  return wholeWindow(range).span / span;
}

/** Magnified by a factor around a horizontal place, at which the same generation stays. */
export function zoomed(
  range: GenerationRange,
  { from, span }: TimeWindow,
  plot: Rect,
  factor: number,
  xPx: number,
): TimeWindow {
  const all = wholeWindow(range).span;
  const next = Math.min(all, Math.max(Math.min(MIN_SPAN, all), span / factor));
  const part = plot.widthPx > 0 ? Math.min(1, Math.max(0, (xPx - plot.leftPx) / plot.widthPx)) : 0;
  return kept(range, { from: from + part * (span - next), span: next });
}

/** Moved by some pixels, without leaving the timeline. */
export function panned(
  range: GenerationRange,
  { from, span }: TimeWindow,
  plot: Rect,
  xPx: number,
): TimeWindow {
  const by = plot.widthPx > 0 ? (xPx / plot.widthPx) * span : 0;
  return kept(range, { from: from - by, span });
}

/** The whole generations that a window shows. */
export function shownRange(range: GenerationRange, { from, span }: TimeWindow): GenerationRange {
  const first = Math.floor(from);
  return { first, last: Math.min(range.last, Math.max(first, Math.ceil(from + span) - 1)) };
}

function kept(range: GenerationRange, { from, span }: TimeWindow): TimeWindow {
  const most = wholeWindow(range).span - span;
  return { from: Math.min(range.first + most, Math.max(range.first, from)), span };
}
