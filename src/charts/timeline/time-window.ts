import type { Generation } from '../../../workers/protocol/units.ts';
import type { Rect } from '../canvas-host/geometry.ts';

/** First and last generation, both included. */
export interface GenerationRange {
  first: Generation;
  last: Generation;
}

/**
 * The visible part of a timeline: its start, and the number of generations. Fractions are allowed, for smooth movement.
 */
export interface TimeWindow {
  from: number;
  span: number;
}

/** A timeline cannot be magnified beyond this number of generations. */
const MIN_SPAN = 8;

export function wholeWindow({ first, last }: GenerationRange): TimeWindow {
  return { from: first, span: last - first + 1 };
}

/** The magnification of a window. */
export function windowScale(range: GenerationRange, { span }: TimeWindow): number {
  return wholeWindow(range).span / span;
}

/** Zooms by a factor around a horizontal position, which keeps its generation. */
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

/** Pans by some pixels, without leaving the timeline. */
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
