import { type Palette, textOn } from '../../theme/palette.ts';
import { blend } from '../canvas-host/colour.ts';
import type { Scene } from '../canvas-host/picture.ts';
import type { Surface } from '../canvas-host/surface.ts';
import { FADED_SHARE, GROUND_SHARE } from '../treemap/draw.ts';
import { fittingName } from '../treemap/labels.ts';
import { sizeText } from '../treemap/summarise.ts';
import { type FlameLayout, ROW_PX, rowTop } from './layout.ts';

const LABEL_INSET_PX = 4;
const MIN_LABEL_PX = 24;
/** Frames at least this wide have a gap between them. */
const MIN_GAPPED_PX = 3;
/** The colour of a frame. */
export type FrameColour = (palette: Palette, position: number) => string;

/** Draws all frames, those of one colour in one batch, and the names that fit. `matched`: as for treemaps. */
export function drawFlame(
  surface: Surface,
  scene: Scene,
  layout: FlameLayout,
  colourOf: FrameColour,
  matched: Uint8Array | null,
): void {
  const { palette } = scene;
  surface.fillRects(palette.surface, [0, 0, layout.size.widthPx, layout.size.heightPx]);
  const batches = new Map<string, number[]>();
  /** Outlines, by colour, of frames that contain members of the set but are not members themselves. */
  const framed = new Map<string, number[]>();
  const labels: { position: number; row: number; ground: string }[] = [];
  for (const [row, frames] of layout.rows.entries()) {
    for (const position of frames) {
      const own = colourOf(palette, position);
      const isFaded = matched !== null && matched[position] !== 1;
      const colour = isFaded ? blend(palette.surface, own, FADED_SHARE) : own;
      const isHolder = layout.tree.nodes[position]!.isHolder === true;
      const ground = isHolder ? blend(palette.surface, colour, GROUND_SHARE) : colour;
      if (isHolder && layout.widthPx[position]! >= MIN_GAPPED_PX) {
        const outlines = framed.get(colour) ?? [];
        framed.set(colour, outlines);
        outlines.push(...frameRect(layout, position, row));
      }
      const rects = batches.get(ground) ?? [];
      batches.set(ground, rects);
      rects.push(...frameRect(layout, position, row));
      if (layout.widthPx[position]! >= MIN_LABEL_PX) labels.push({ position, row, ground });
    }
  }
  for (const [paint, rects] of batches) surface.fillRects(paint, rects);
  for (const [paint, rects] of framed) surface.strokeRects(paint, 1, rects);
  for (const { position, row, ground } of labels) drawLabel(surface, scene, layout, position, row, ground);
}

/** Outlines frames. */
export function outlineFrames(
  surface: Surface,
  layout: FlameLayout,
  positions: readonly number[],
  paint: string,
  lineWidthPx: number,
): void {
  const rects = positions.flatMap(position => {
    const isPlaced = position >= 0 && (layout.widthPx[position] ?? 0) > 0;
    return isPlaced && layout.tree.depth[position]! < layout.rows.length
      ? frameRect(layout, position, layout.tree.depth[position]!)
      : [];
  });
  surface.strokeRects(paint, lineWidthPx, rects);
}

function frameRect(layout: FlameLayout, position: number, row: number): number[] {
  const leftPx = layout.leftPx[position]!;
  const widthPx = layout.widthPx[position]!;
  const top = rowTop(layout, row);
  if (widthPx < MIN_GAPPED_PX) return [leftPx, top, widthPx, ROW_PX - 1];
  const left = Math.round(leftPx);
  return [left, top, Math.round(leftPx + widthPx) - left - 1, ROW_PX - 1];
}

function drawLabel(
  surface: Surface,
  scene: Scene,
  layout: FlameLayout,
  position: number,
  row: number,
  ground: string,
): void {
  const node = layout.tree.nodes[position]!;
  // If a frame is wider than its visible part, its name is placed in that part.
  const leftPx = Math.max(0, layout.leftPx[position]!);
  const rightPx = Math.min(layout.size.widthPx, layout.leftPx[position]! + layout.widthPx[position]!);
  const roomPx = rightPx - leftPx - 2 * LABEL_INSET_PX;
  if (roomPx < MIN_LABEL_PX - 2 * LABEL_INSET_PX) return;
  const name = fittingName(node, 'label', roomPx, scene.measure);
  if (name === null) return;
  const paint = textOn(scene.palette, ground);
  const x = Math.round(leftPx) + LABEL_INSET_PX;
  const y = rowTop(layout, row) + 14;
  surface.text(name, x, y, { paint, font: 'label' });
  const size = sizeText(layout.tree, node);
  const besidePx = roomPx - scene.measure(name, 'label') - 12;
  if (scene.measure(size, 'small') <= besidePx) {
    surface.text(size, x + roomPx, y, { paint, font: 'small', align: 'right' });
  }
}
