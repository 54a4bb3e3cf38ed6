import { formatBytes } from '../../format/bytes.ts';
import { cutMiddle } from '../../format/names.ts';
import { type Palette, textOn } from '../../theme/palette.ts';
import type { Rect } from '../canvas-host/geometry.ts';
import type { LegendEntry } from '../canvas-host/legend.ts';
import type { Scene } from '../canvas-host/picture.ts';
import type { Surface } from '../canvas-host/surface.ts';
import { filledPart, type GrowthLayout } from './layout.ts';
import { changeAt } from './summarise.ts';

/** Smallest changes for each colour of the scale, as shares of the previous size. */
const SCALE = [0.01, 0.1, 0.5, 1] as const;
const LINE_PX = 15;
const INSET_PX = 5;

/**
 * Draws the tiles of a step: each frame in a neutral colour, and inside it the current size, coloured by its change.
 */
export function drawGrowth(surface: Surface, scene: Scene, layout: GrowthLayout, step: number): void {
  const { palette } = scene;
  surface.fillRects(palette.surface, [0, 0, layout.size.widthPx, layout.size.heightPx]);
  for (const [tile, frame] of layout.frames.entries()) {
    surface.fillRects(palette.surfaceSunken, gapped(frame));
    const part = filledPart(layout, tile, step);
    const colour = colourOf(palette, changeAt(layout.tiles, tile, step));
    if (part.heightPx > 0) surface.fillRects(colour, gapped(part));
    drawLabel(surface, scene, layout, tile, step, part, colour);
  }
}

/** The colour of a change: warm for growth, cool for shrinkage, neutral for neither. */
export function colourOf(palette: Palette, change: number): string {
  const scale = change > 0 ? palette.growth : palette.shrinkage;
  const level = SCALE.filter(from => Math.abs(change) >= from).length;
  return level === 0 ? palette.family.mixed : scale[Math.min(level, scale.length) - 1]!;
}

/** What the colours mean. */
export function growthLegend(palette: Palette): LegendEntry[] {
  const percent = (share: number) => `${share * 100}\u00a0%`;
  const entry = (sign: 1 | -1) => (from: number, at: number) => ({
    name: `${sign > 0 ? '+' : '\u2212'}${percent(from)}${at === SCALE.length - 1 && sign > 0 ? ' or more' : ''}`,
    colour: colourOf(palette, sign * from),
  });
  return [
    ...SCALE.map(entry(-1)).reverse(),
    { name: 'the same', colour: colourOf(palette, 0) },
    ...SCALE.map(entry(1)),
  ];
}

function drawLabel(
  surface: Surface,
  { palette, measure }: Scene,
  { tiles, frames }: GrowthLayout,
  tile: number,
  step: number,
  part: Rect,
  colour: string,
): void {
  const frame = frames[tile]!;
  const roomPx = frame.widthPx - 2 * INSET_PX;
  if (roomPx < 24 || frame.heightPx < LINE_PX + 4) return;
  const name = tiles.names[tile]!;
  const whole = measure(name, 'label');
  const label = whole <= roomPx ? name : cutMiddle(name, Math.floor((name.length * roomPx) / whole) - 1);
  if (measure(label, 'label') > roomPx) return;
  // At the bottom of the frame, where the filled part is.
  const bottomPx = frame.topPx + frame.heightPx;
  const size = formatBytes(tiles.sizes[tile * tiles.steps + step]!);
  const hasSize = frame.heightPx >= 2 * LINE_PX + 6 && measure(size, 'small') <= roomPx;
  const paintAt = (yPx: number) =>
    yPx - 8 > part.topPx && part.heightPx > 0 ? textOn(palette, colour) : palette.text;
  const nameY = bottomPx - (hasSize ? LINE_PX : 0) - 6;
  surface.text(label, frame.leftPx + INSET_PX, nameY, { paint: paintAt(nameY), font: 'label' });
  if (hasSize) {
    const sizeY = bottomPx - 6;
    surface.text(size, frame.leftPx + INSET_PX, sizeY, { paint: paintAt(sizeY), font: 'small' });
  }
}

function gapped({ leftPx, topPx, widthPx, heightPx }: Rect): number[] {
  return [leftPx, topPx, Math.max(0.5, widthPx - 1), Math.max(0.5, heightPx - 1)];
}
