import { scaleLinear } from 'd3-scale';
import type { ChartSize, Point, Rect } from '../canvas-host/geometry.ts';
import type { SeriesPanel, SeriesSummary } from './summarise.ts';

const MARGINS = { topPx: 12, rightPx: 16, bottomPx: 24, leftPx: 80 };
/** Between two panels. */
const GAP_PX = 20;
const X_TICK_PX = 110;
const Y_TICK_PX = 44;

export interface PanelLayout {
  panel: SeriesPanel;
  plot: Rect;
  yTicks: { value: number; yPx: number }[];
  /** The vertical position of a value. */
  yOf(value: number): number;
}

/** Positions of everything in a line chart. */
export interface SeriesLayout {
  summary: SeriesSummary;
  panels: PanelLayout[];
  xTicks: { value: number; xPx: number }[];
  /** By point. */
  xPx: Float64Array;
  /** The horizontal position of a value, and the value at a position. */
  xOf(value: number): number;
  valueAt(xPx: number): number;
}

/** Lays a line chart out: panels of equal height, one horizontal axis at the bottom. O(points). */
export function layoutSeries(summary: SeriesSummary, size: ChartSize): SeriesLayout {
  const widthPx = Math.max(0, size.widthPx - MARGINS.leftPx - MARGINS.rightPx);
  const { x, panels } = summary;
  const first = x[0] ?? 0;
  const last = x.at(-1) ?? 0;
  // A single point is centred.
  const xScale = scaleLinear()
    .domain(last > first ? [first, last] : [first - 1, first + 1])
    .range([MARGINS.leftPx, MARGINS.leftPx + widthPx]);
  const gaps = GAP_PX * Math.max(0, panels.length - 1);
  const roomPx = Math.max(0, size.heightPx - MARGINS.topPx - MARGINS.bottomPx - gaps);
  const heightPx = panels.length === 0 ? 0 : roomPx / panels.length;
  return {
    summary,
    panels: panels.map((panel, at) =>
      layoutPanel(panel, {
        leftPx: MARGINS.leftPx,
        topPx: MARGINS.topPx + at * (heightPx + GAP_PX),
        widthPx,
        heightPx,
      }),
    ),
    xTicks: xScale
      .ticks(Math.max(1, Math.floor(widthPx / X_TICK_PX)))
      .map(value => ({ value, xPx: xScale(value) })),
    xPx: Float64Array.from(x, value => xScale(value)),
    xOf: value => xScale(value),
    valueAt: xPx => Math.min(xScale.domain()[1]!, Math.max(xScale.domain()[0]!, xScale.invert(xPx))),
  };
}

function layoutPanel(panel: SeriesPanel, plot: Rect): PanelLayout {
  // Ticks of bytes are at round numbers of their unit, which are powers of 1024.
  const step = panel.unit === 'bytes' ? byteUnit(panel.highest) : 1;
  const ticks = Math.max(2, Math.floor(plot.heightPx / Y_TICK_PX));
  const scale = scaleLinear()
    .domain([panel.lowest / step, Math.max(panel.highest, panel.lowest + 1) / step])
    .nice(ticks)
    .range([plot.topPx + plot.heightPx, plot.topPx]);
  const yOf = (value: number) => scale(value / step);
  return {
    panel,
    plot,
    yOf,
    yTicks: scale.ticks(ticks).map(tick => ({ value: tick * step, yPx: scale(tick) })),
  };
}

/** The point nearest to a position, measured horizontally; -1 if there is none. O(log points). */
export function pointAt({ xPx }: SeriesLayout, point: Point): number {
  let low = 0;
  let high = xPx.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (xPx[middle]! < point.xPx) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return xPx.length === 0 ? -1 : 0;
  if (low === xPx.length) return low - 1;
  return point.xPx - xPx[low - 1]! < xPx[low]! - point.xPx ? low - 1 : low;
}

function byteUnit(bytes: number): number {
  let unit = 1;
  while (bytes / unit >= 1024) unit *= 1024;
  return unit;
}
