import type { TreeNode } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { ageColour, familyColour, type Palette, textOn } from '../../theme/palette.ts';
import type { Scene } from '../canvas-host/picture.ts';
import type { Surface } from '../canvas-host/surface.ts';
import { firstThatFits } from '../canvas-host/text-measure.ts';
import { tileNames } from './labels.ts';
import { HEADER_PX, type TreemapLayout, tileRect } from './layout.ts';

/** What the colours tell. Ages need the range of generations that they span. */
export type TileColouring = { by: 'type' } | { by: 'generation'; oldest: number; youngest: number };

/** Below this size tiles have no gap between them: it would take most of their area. */
const MIN_GAPPED_PX = 3;
const LABEL_INSET_PX = 5;
const LINE_PX = 15;

/**
 * Draws the tiles. Header strips and undivided tiles are disjoint, so all of one colour go in one batch and the
 * order of batches does not matter.
 */
export function drawTreemap(
  surface: Surface,
  scene: Scene,
  layout: TreemapLayout,
  colouring: TileColouring,
): void {
  const { palette } = scene;
  const batches = new Map<string, number[]>();
  const hatched: number[] = [];
  const isUnreachable = new Uint8Array(layout.tree.nodes.length);
  surface.fillRects(palette.surface, [0, 0, layout.size.widthPx, layout.size.heightPx]);
  for (const position of layout.placed) {
    const node = layout.tree.nodes[position]!;
    const above = layout.tree.parent[position]!;
    if (node.kind === 'unreachable' || (above >= 0 && isUnreachable[above])) isUnreachable[position] = 1;
    if (position === 0 && layout.divided[0]) continue;
    const rect = paintedRect(layout, position);
    if (!rect) continue;
    const colour = tileColour(palette, node, colouring);
    const batch = batches.get(colour);
    if (batch) batch.push(...rect);
    else batches.set(colour, rect);
    if (isUnreachable[position]) hatched.push(...rect);
  }
  for (const [colour, rects] of batches) surface.fillRects(colour, rects);
  surface.hatchRects(palette.hatch, hatched);
  for (const position of layout.placed) {
    if (position === 0) continue;
    drawLabel(surface, scene, layout, position, colouring);
  }
}

/** Outlines tiles: the group under the pointer, the selection, the keyboard's focus. */
export function outlineTiles(
  surface: Surface,
  layout: TreemapLayout,
  positions: readonly number[],
  paint: string,
  lineWidthPx: number,
): void {
  const rects: number[] = [];
  for (const position of positions) {
    const { leftPx, topPx, widthPx, heightPx } = tileRect(layout, position);
    if (widthPx > 0) rects.push(leftPx, topPx, widthPx, heightPx);
  }
  surface.strokeRects(paint, lineWidthPx, rects);
}

/** The part of a tile that is filled: its header strip if it is divided, else all of it less a gap. */
function paintedRect(layout: TreemapLayout, position: number): number[] | null {
  const { leftPx, topPx, widthPx, heightPx } = tileRect(layout, position);
  if (layout.divided[position] && !layout.hasHeader[position]) return null;
  if (widthPx < MIN_GAPPED_PX || heightPx < MIN_GAPPED_PX) return [leftPx, topPx, widthPx, heightPx];
  // On whole pixels, so that edges are sharp and gaps are even.
  const left = Math.round(leftPx);
  const top = Math.round(topPx);
  const width = Math.round(leftPx + widthPx) - left - 1;
  const height = layout.divided[position] ? HEADER_PX - 1 : Math.round(topPx + heightPx) - top - 1;
  return [left, top, width, height];
}

/** The colour of one tile. */
export function tileColour(palette: Palette, node: TreeNode, colouring: TileColouring): string {
  if (node.kind === 'remainder') return palette.border;
  if (colouring.by === 'type') return familyColour(palette, node.type);
  if (node.generation === null) return palette.ageUntraced;
  const span = colouring.youngest - colouring.oldest;
  return ageColour(palette, span > 0 ? (colouring.youngest - node.generation) / span : 0);
}

function drawLabel(
  surface: Surface,
  scene: Scene,
  layout: TreemapLayout,
  position: number,
  colouring: TileColouring,
): void {
  const divided = layout.divided[position] === 1;
  if (divided && !layout.hasHeader[position]) return;
  const { leftPx, topPx, widthPx, heightPx } = tileRect(layout, position);
  const roomPx = widthPx - 2 * LABEL_INSET_PX;
  if (roomPx < 16 || heightPx < LINE_PX + 2) return;
  const node = layout.tree.nodes[position]!;
  const font = divided ? 'strong' : 'label';
  const name = firstThatFits(tileNames(node), font, roomPx, scene.measure);
  if (name === null) return;
  const paint = textOn(scene.palette, tileColour(scene.palette, node, colouring));
  const x = Math.round(leftPx) + LABEL_INSET_PX;
  const y = Math.round(topPx) + 13;
  const size = formatBytes(node.bytes);
  surface.text(name, x, y, { paint, font });
  if (divided) {
    const besidePx = roomPx - scene.measure(name, 'strong') - 12;
    if (scene.measure(size, 'small') <= besidePx) {
      surface.text(size, x + roomPx, y, { paint, font: 'small', align: 'right' });
    }
  } else if (heightPx >= 2 * LINE_PX + 4 && scene.measure(size, 'small') <= roomPx) {
    surface.text(size, x, y + LINE_PX, { paint, font: 'small' });
  }
}
