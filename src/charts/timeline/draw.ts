import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import type { Scene } from '../canvas-host/picture.ts';
import type { Surface } from '../canvas-host/surface.ts';
import { type Brush, brushExtent } from './brush.ts';
import type { TimelineHit } from './hit-test.ts';
import { type TimelineLayout, xOfBin, yOf } from './layout.ts';
import { binNote } from './names.ts';
import type { Measure, Timeline } from './summarise.ts';

/** What a timeline draws besides the bars of its layout. */
export interface TimelineDrawing {
  layout: TimelineLayout;
  /** Bars for the same bins. */
  stacks: Timeline;
  /** One for each series of `stacks`. */
  colours: readonly string[];
  /** The whole heap in grey behind the stacks. */
  behind: Timeline | null;
}

/** At least this high, the untraced band has a tick at half its height. */
const MIN_BAND_TICKS_PX = 120;
const BAND_TEXT_PX = 14;
/** Width of a series' line. */
const LINE_PX = 2;

/** A value formatted for its measure. */
export function formatMeasure(value: number, measure: Measure): string {
  return measure === 'bytes' ? formatBytes(value) : formatCount(Math.round(value));
}

/** Draws axes, the untraced band and the bars, one batch for each series. */
export function drawTimeline(surface: Surface, scene: Scene, drawing: TimelineDrawing): void {
  const { layout, stacks, colours, behind } = drawing;
  drawAxes(surface, scene, layout);
  if (behind) drawTotals(surface, scene.palette.border, layout, behind);
  if (layout.isLines) drawLines(surface, layout, stacks, colours);
  else drawStacks(surface, layout, stacks, colours);
  drawUntraced(surface, scene, drawing);
}

/** Fades everything outside the brush and outlines the hovered bar. */
export function drawTimelineOverlay(
  surface: Surface,
  { palette }: Scene,
  layout: TimelineLayout,
  brush: Brush | null,
  hit: TimelineHit | null,
): void {
  const { plot, untraced } = layout;
  if (brush) {
    const { leftPx, rightPx } = brushExtent(layout, brush);
    const { topPx, heightPx } = plot;
    surface.fillRects(palette.dim, [
      ...[plot.leftPx, topPx, leftPx - plot.leftPx, heightPx],
      ...[rightPx, topPx, plot.leftPx + plot.widthPx - rightPx, heightPx],
    ]);
    surface.strokeRects(palette.accent, 1, [leftPx, topPx, rightPx - leftPx, heightPx]);
  }
  if (hit?.part === 'bin') {
    const leftPx = xOfBin(layout, hit.bin);
    surface.strokeRects(palette.text, 1, [leftPx - 1, plot.topPx, layout.binPx + 2, plot.heightPx]);
  } else if (hit?.part === 'untraced' && untraced) {
    surface.strokeRects(palette.text, 1, [
      untraced.leftPx,
      untraced.topPx,
      untraced.widthPx,
      untraced.heightPx,
    ]);
  }
}

function drawAxes(surface: Surface, { palette, measure }: Scene, layout: TimelineLayout): void {
  const { plot, timeline } = layout;
  if (timeline.bins === 0) return;
  const right = plot.leftPx + plot.widthPx;
  const grid: number[] = [];
  for (const { value, yPx } of layout.yTicks) {
    const y = Math.round(yPx) + 0.5;
    grid.push(plot.leftPx, y, right, y);
    const text = formatMeasure(value, timeline.measure);
    surface.text(text, plot.leftPx - 6, yPx + 4, { paint: palette.textMuted, font: 'small', align: 'right' });
  }
  surface.lines(palette.chartGrid, 1, grid);
  const bottom = plot.topPx + plot.heightPx;
  surface.lines(palette.borderStrong, 1, [plot.leftPx, bottom + 0.5, right, bottom + 0.5]);
  if (timeline.binGenerations > 1 && layout.yTicks.length > 0) {
    const note = { paint: palette.textMuted, font: 'small', align: 'right' } as const;
    surface.text(binNote(timeline), right - 4, plot.topPx + 12, note);
  }
  let freePx = Number.NEGATIVE_INFINITY;
  for (const { generation, xPx } of layout.xTicks) {
    const text = formatCount(generation);
    const halfPx = measure(text, 'small') / 2;
    const x = Math.min(right - halfPx, Math.max(plot.leftPx + halfPx, xPx));
    if (x - halfPx < freePx) continue;
    freePx = x + halfPx + 8;
    surface.text(text, x, bottom + 13, { paint: palette.textMuted, font: 'small', align: 'center' });
  }
}

function drawTotals(surface: Surface, paint: string, layout: TimelineLayout, timeline: Timeline): void {
  const rects: number[] = [];
  timeline.totals.forEach((total, bin) => {
    if (total > 0) rects.push(...barRect(layout, bin, 0, total));
  });
  surface.fillRects(paint, rects);
}

function drawStacks(
  surface: Surface,
  layout: TimelineLayout,
  stacks: Timeline,
  colours: readonly string[],
): void {
  const count = stacks.series.length;
  const tops = new Float64Array(stacks.bins);
  for (let series = 0; series < count; series++) {
    const rects: number[] = [];
    for (let bin = 0; bin < stacks.bins; bin++) {
      const value = stacks.values[bin * count + series]!;
      if (value <= 0) continue;
      rects.push(...barRect(layout, bin, tops[bin]!, tops[bin]! + value));
      tops[bin]! += value;
    }
    surface.fillRects(colours[series]!, rects);
  }
  // Every non-empty bar must be visible, however small it is compared with the highest one.
  stacks.totals.forEach((total, bin) => {
    const rect = barRect(layout, bin, 0, total);
    if (total <= 0 || rect[3]! >= 1) return;
    const values = stacks.values.subarray(bin * count, (bin + 1) * count);
    const largest = values.indexOf(Math.max(...values));
    surface.fillRects(colours[largest]!, [rect[0]!, rect[1]! + rect[3]! - 1, rect[2]!, 1]);
  });
}

/** One line per series through the centres of the bins; a generation without members is at zero. */
function drawLines(
  surface: Surface,
  layout: TimelineLayout,
  { series, values, bins }: Timeline,
  colours: readonly string[],
): void {
  const count = series.length;
  const middleOf = (bin: number) => xOfBin(layout, bin) + layout.binPx / 2;
  // The largest series is drawn last, over the others.
  for (let index = count - 1; index >= 0; index--) {
    const points: number[] = [];
    for (let bin = 0; bin < bins; bin++) {
      const y = yOf(layout, values[bin * count + index]!);
      // A single generation is drawn as a short stroke.
      if (bin + 1 === bins) points.push(middleOf(bin), y, middleOf(bin) + (bins === 1 ? 4 : 0), y);
      else points.push(middleOf(bin), y, middleOf(bin + 1), yOf(layout, values[(bin + 1) * count + index]!));
    }
    surface.lines(colours[index]!, LINE_PX, points);
  }
}

function barRect(layout: TimelineLayout, bin: number, from: number, to: number): number[] {
  // Left and right edges on whole pixels, so that bars of equal width look equal.
  const left = Math.round(xOfBin(layout, bin));
  const right = Math.round(xOfBin(layout, bin + 1));
  const top = yOf(layout, to);
  return [left, top, Math.max(1, right - left - layout.gapPx), yOf(layout, from) - top];
}

/** The band is always full: it does not share the axis's scale and shows only proportions. */
function drawUntraced(surface: Surface, { palette, measure }: Scene, drawing: TimelineDrawing): void {
  const { layout, stacks, colours, behind } = drawing;
  const band = layout.untraced;
  if (!band) return;
  const whole = behind ?? stacks;
  const bottom = band.topPx + band.heightPx;
  surface.fillRects(palette.border, [band.leftPx, band.topPx, band.widthPx, band.heightPx]);
  let sum = 0;
  stacks.series.forEach(({ untraced }, index) => {
    const heightPx = whole.untracedTotal > 0 ? (band.heightPx * untraced) / whole.untracedTotal : 0;
    sum += heightPx;
    surface.fillRects(colours[index]!, [band.leftPx, bottom - sum, band.widthPx, heightPx]);
  });
  surface.hatchRects(palette.surface, [band.leftPx, band.topPx, band.widthPx, band.heightPx]);
  const centre = band.leftPx + band.widthPx / 2;
  const label = (text: string, yPx: number) => {
    surface.text(text, centre, yPx, { paint: palette.textMuted, font: 'small', align: 'center' });
  };
  for (const text of ['untraced', '?']) {
    if (measure(text, 'small') > band.widthPx) continue;
    label(text, bottom + 13);
    break;
  }
  // The band's own scale: the value at its full height and, if there is room, at half of it.
  const ticks = band.heightPx >= MIN_BAND_TICKS_PX ? [1, 0.5] : [1];
  for (const part of ticks) {
    const text = formatMeasure(whole.untracedTotal * part, whole.measure);
    const widthPx = measure(text, 'small') + 6;
    if (widthPx > band.widthPx) continue;
    const top = part === 1 ? band.topPx : band.topPx + band.heightPx * (1 - part);
    surface.fillRects(palette.surface, [centre - widthPx / 2, top, widthPx, BAND_TEXT_PX]);
    if (part < 1) surface.lines(palette.textMuted, 1, [band.leftPx, top, band.leftPx + band.widthPx, top]);
    label(text, top + 11);
  }
}
