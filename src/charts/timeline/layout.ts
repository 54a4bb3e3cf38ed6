import { scaleLinear } from 'd3-scale';
import type { ChartSize, Rect } from '../canvas-host/geometry.ts';
import type { Timeline } from './summarise.ts';

/** Bars are never narrower than this. */
export const MIN_BAR_PX = 2;
/** Bars at least this wide have a gap between them. */
const MIN_GAPPED_PX = 4;
const TICK_PX = 90;

/** Room around the bars. */
export interface TimelineMargins {
  topPx: number;
  rightPx: number;
  bottomPx: number;
  /** Labels of the vertical axis. */
  leftPx: number;
  /** Width of the band for objects without a generation, left of the axis. */
  untracedPx: number;
}

/** Positions of everything in a timeline. */
export interface TimelineLayout {
  timeline: Timeline;
  /** Where the bars are. */
  plot: Rect;
  /** Where the untraced band is; null if everything is traced. */
  untraced: Rect | null;
  /** Width of one bin, including its gap. */
  binPx: number;
  gapPx: number;
  /** The value at the top of the plot. */
  topValue: number;
  /** Whether heights are logarithmic, so that small bars can be told apart beside large ones. */
  isLog: boolean;
  /** Whether to draw a line for each series instead of stacked bars. */
  isLines: boolean;
  yTicks: { value: number; yPx: number }[];
  xTicks: { generation: number; xPx: number }[];
}

/** Width that is left for bars. */
export function plotWidth(size: ChartSize, margins: TimelineMargins): number {
  return Math.max(0, size.widthPx - margins.leftPx - margins.untracedPx - margins.rightPx);
}

/** Lays a timeline out. O(ticks). With `yTickCount` 0 there is no vertical axis and the highest bar touches the top. */
export function layoutTimeline(
  timeline: Timeline,
  size: ChartSize,
  margins: TimelineMargins,
  yTickCount: number,
  isLog = false,
  isLines = false,
): TimelineLayout {
  const plot: Rect = {
    leftPx: margins.leftPx + margins.untracedPx,
    topPx: margins.topPx,
    widthPx: plotWidth(size, margins),
    heightPx: Math.max(0, size.heightPx - margins.topPx - margins.bottomPx),
  };
  const binPx = timeline.bins > 0 ? plot.widthPx / timeline.bins : 0;
  const scale = scaleLinear().domain([0, Math.max(1, timeline.highest)]);
  // Ticks of bytes lie at round numbers of their unit, which are powers of 1024.
  const unit = timeline.measure === 'bytes' ? byteUnit(timeline.highest) : 1;
  const inUnits = scaleLinear().domain([0, Math.max(1, timeline.highest) / unit]);
  if (yTickCount > 0) inUnits.nice(yTickCount);
  const hasScale = yTickCount > 0 && timeline.highest > 0;
  const topValue = yTickCount > 0 ? inUnits.domain()[1]! * unit : scale.domain()[1]!;
  return {
    timeline,
    plot,
    untraced: margins.untracedPx > 0 ? untracedRect(plot, margins) : null,
    binPx,
    gapPx: binPx >= MIN_GAPPED_PX ? 1 : 0,
    topValue,
    isLog,
    isLines,
    yTicks: hasScale
      ? (isLog ? logTicks(timeline, topValue) : inUnits.ticks(yTickCount).map(tick => tick * unit))
          .filter(tick => unit > 1 || Number.isInteger(tick))
          .map(value => ({ value, yPx: heightOf(plot, topValue, value, isLog) }))
      : [],
    xTicks: xTicks(timeline, plot, binPx),
  };
}

/** The vertical position of a value. */
export function yOf(layout: TimelineLayout, value: number): number {
  return heightOf(layout.plot, layout.topValue, value, layout.isLog);
}

/** The left edge of a bin. */
export function xOfBin(layout: TimelineLayout, bin: number): number {
  return layout.plot.leftPx + bin * layout.binPx;
}

/** The bin at a horizontal position, clamped to the axis; -1 if there are no bins. */
export function binAt(layout: TimelineLayout, xPx: number): number {
  const { bins } = layout.timeline;
  if (bins === 0 || layout.binPx === 0) return -1;
  return Math.min(bins - 1, Math.max(0, Math.floor((xPx - layout.plot.leftPx) / layout.binPx)));
}

function heightOf(plot: Rect, topValue: number, value: number, isLog: boolean): number {
  const part = isLog ? Math.log1p(value) / Math.log1p(topValue) : value / topValue;
  return plot.topPx + plot.heightPx * (1 - part);
}

/** Powers of 32 for bytes, of 10 for counts, up to the top of the axis. */
function logTicks({ measure }: Timeline, topValue: number): number[] {
  const step = measure === 'bytes' ? 32 : 10;
  const ticks: number[] = [];
  for (let tick = step; tick <= topValue; tick *= step) ticks.push(tick);
  return ticks;
}

/** A gap separates the band from the axis, since they do not share a scale. */
function untracedRect(plot: Rect, margins: TimelineMargins): Rect {
  return { leftPx: 0, topPx: plot.topPx, widthPx: margins.untracedPx - 12, heightPx: plot.heightPx };
}

function xTicks(timeline: Timeline, plot: Rect, binPx: number): { generation: number; xPx: number }[] {
  if (timeline.bins === 0) return [];
  const end = timeline.start + timeline.bins * timeline.binGenerations;
  const ticks = scaleLinear()
    .domain([timeline.start, end])
    .ticks(Math.max(1, Math.min(timeline.bins, Math.floor(plot.widthPx / TICK_PX))));
  const seen = new Set<number>();
  return ticks
    .filter(tick => Number.isInteger(tick) && tick < end)
    .map(generation => {
      // Below the middle of the bar that contains the generation.
      const bin = Math.floor((generation - timeline.start) / timeline.binGenerations);
      return { generation, bin, xPx: plot.leftPx + (bin + 0.5) * binPx };
    })
    .filter(({ bin }) => !seen.has(bin) && seen.add(bin));
}

function byteUnit(bytes: number): number {
  let unit = 1;
  while (bytes / unit >= 1024) unit *= 1024;
  return unit;
}
