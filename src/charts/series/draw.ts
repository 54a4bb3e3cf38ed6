import { formatAmount, formatTick } from '../../format/amounts.ts';
import type { TypeFamily } from '../../theme/families.ts';
import type { Palette } from '../../theme/palette.ts';
import type { Scene } from '../canvas-host/picture.ts';
import type { Surface } from '../canvas-host/surface.ts';
import type { PanelLayout, SeriesLayout } from './layout.ts';

const FAMILIES: readonly TypeFamily[] = ['object', 'text', 'map', 'list', 'class', 'data', 'number', 'mixed'];
const LINE_PX = 2;
/** With more points than this, points are drawn without dots. */
const MAX_DOTS = 120;
const DOT_PX = 4;

/** The family whose colour a line has. */
export function lineFamily(line: number): TypeFamily {
  return FAMILIES[line % FAMILIES.length]!;
}

function lineColour(palette: Palette, line: number): string {
  return palette.family[lineFamily(line)];
}

/** Draws axes and lines. `xUnit` is the unit of the horizontal axis. */
export function drawSeries(surface: Surface, scene: Scene, layout: SeriesLayout, xUnit: string): void {
  const { palette } = scene;
  surface.fillRects(palette.surface, [0, 0, scene.size.widthPx, scene.size.heightPx]);
  for (const panel of layout.panels) {
    drawAxis(surface, palette, panel);
    for (const line of panel.panel.lines) drawLine(surface, layout, panel, line, lineColour(palette, line));
  }
  const bottom = layout.panels.at(-1)?.plot;
  if (bottom === undefined) return;
  const yPx = bottom.topPx + bottom.heightPx + 16;
  for (const { value, xPx } of layout.xTicks) {
    const text = formatTick(value, xUnit);
    const roomPx = scene.measure(text, 'small') / 2;
    const inside = Math.min(xPx, scene.size.widthPx - roomPx - 2);
    surface.text(text, inside, yPx, { paint: palette.textMuted, font: 'small', align: 'center' });
  }
}

/** Points in time for which there are details, and the range that is shown. */
export interface SeriesMarks {
  /** Ascending. */
  moments: readonly number[];
  /** Equal ends are a single point in time; null = none. */
  shown: { from: number; to: number } | null;
}

/** Marks the points in time along the bottom, and what is shown: a line, or a range. */
export function drawMarks(
  surface: Surface,
  { palette }: Scene,
  layout: SeriesLayout,
  marks: SeriesMarks,
): void {
  const first = layout.panels[0]?.plot;
  const last = layout.panels.at(-1)?.plot;
  if (first === undefined || last === undefined) return;
  const bottom = last.topPx + last.heightPx;
  const ticks = marks.moments.flatMap(value => [Math.round(layout.xOf(value)) - 1, bottom - 5, 2, 5]);
  surface.fillRects(palette.borderStrong, ticks);
  if (marks.shown === null) return;
  const [from, to] = [layout.xOf(marks.shown.from), layout.xOf(marks.shown.to)];
  if (to > from) {
    const right = first.leftPx + first.widthPx;
    const heightPx = bottom - first.topPx;
    surface.fillRects(palette.dim, [first.leftPx, first.topPx, from - first.leftPx, heightPx]);
    surface.fillRects(palette.dim, [to, first.topPx, right - to, heightPx]);
  }
  for (const x of new Set([from, to])) {
    const at = Math.round(x) + 0.5;
    surface.lines(palette.accent, 2, [at, first.topPx, at, bottom]);
  }
}

/** Marks the point under the pointer in all panels. */
export function drawSeriesPoint(
  surface: Surface,
  { palette }: Scene,
  layout: SeriesLayout,
  point: number,
): void {
  const x = Math.round(layout.xPx[point]!) + 0.5;
  for (const { plot, panel, yOf } of layout.panels) {
    surface.lines(palette.borderStrong, 1, [x, plot.topPx, x, plot.topPx + plot.heightPx]);
    for (const line of panel.lines) {
      const value = layout.summary.lines[line]!.values[point]!;
      if (Number.isNaN(value)) continue;
      const y = yOf(value);
      surface.fillRects(palette.text, [x - 4, y - 4, 8, 8]);
      surface.fillRects(lineColour(palette, line), [x - 3, y - 3, 6, 6]);
    }
  }
}

function drawAxis(surface: Surface, palette: Palette, { plot, yTicks, panel }: PanelLayout): void {
  const right = plot.leftPx + plot.widthPx;
  const grid: number[] = [];
  for (const { value, yPx } of yTicks) {
    const y = Math.round(yPx) + 0.5;
    grid.push(plot.leftPx, y, right, y);
    surface.text(formatAmount(value, panel.unit), plot.leftPx - 6, yPx + 4, {
      paint: palette.textMuted,
      font: 'small',
      align: 'right',
    });
  }
  surface.lines(palette.chartGrid, 1, grid);
  const bottom = Math.round(plot.topPx + plot.heightPx) + 0.5;
  surface.lines(palette.borderStrong, 1, [plot.leftPx, bottom, right, bottom]);
}

/** A line from value to value; where values are missing, the line continues to the next one. */
function drawLine(
  surface: Surface,
  { summary, xPx }: SeriesLayout,
  { yOf }: PanelLayout,
  line: number,
  paint: string,
): void {
  const { values } = summary.lines[line]!;
  const segments: number[] = [];
  const dots: number[] = [];
  let before = -1;
  for (const [point, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const x = xPx[point]!;
    const y = yOf(value);
    if (before >= 0) segments.push(xPx[before]!, yOf(values[before]!), x, y);
    dots.push(x - DOT_PX / 2, y - DOT_PX / 2, DOT_PX, DOT_PX);
    before = point;
  }
  surface.lines(paint, LINE_PX, segments);
  if (values.length <= MAX_DOTS) surface.fillRects(paint, dots);
}

/** The names of the lines and their colours, for a legend that is saved with the chart. */
export function lineEntries(palette: Palette, layout: SeriesLayout) {
  return layout.summary.lines.map(({ name }, line) => ({ name, colour: lineColour(palette, line) }));
}
