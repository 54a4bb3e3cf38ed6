import type { Generation } from '../../../workers/protocol/units.ts';
import { FAMILIES, type FamilyNames } from '../../../workers/protocol/vocabulary.ts';
import { formatCount } from '../../format/counts.ts';
import { ageColour, familyColour, type Palette, textOn } from '../../theme/palette.ts';
import { blend } from '../canvas-host/colour.ts';
import type { LegendEntry } from '../canvas-host/legend.ts';
import type { Scene } from '../canvas-host/picture.ts';
import type { Surface } from '../canvas-host/surface.ts';
import { type ChangeColouring, changeColour, changeEntries } from './change-colours.ts';
import { fittingName } from './labels.ts';
import { HEADER_PX, LABEL_INSET_PX, type TreemapLayout, tileRect } from './layout.ts';
import { type LibraryColouring, libraryColour, libraryFamily } from './library-colours.ts';
import { sizeText } from './summarise.ts';

/** Each family of types has a colour; `names`: what the format calls them. */
export interface TypeColouring {
  by: 'type';
  names: FamilyNames;
}

/** What the colours mean. Colouring by generation needs the range of generations. */
export type TileColouring =
  | TypeColouring
  | { by: 'generation'; oldest: number; youngest: number }
  | LibraryColouring
  | ChangeColouring;

/** Smaller tiles have no gap between them: it would take most of their area. */
const MIN_GAPPED_PX = 3;
const LINE_PX = 15;

/** Share of a group's colour in the background of its tiles, and in tiles that only contain members of the set. */
export const GROUND_SHARE = 0.3;

/** How much of their colour tiles keep that do not match a search. */
export const FADED_SHARE = 0.25;

/**
 * Draws the tiles: first the backgrounds of groups, level by level, then header strips and undivided tiles. These are
 * disjoint, so all rectangles of one colour are drawn in one batch. `matched`: by position, 0 where a search does not
 * match.
 */
export function drawTreemap(
  surface: Surface,
  scene: Scene,
  layout: TreemapLayout,
  colouring: TileColouring,
  matched: Uint8Array | null = null,
): void {
  const { palette } = scene;
  const colourOf = (position: number): string => {
    const own = tileColour(palette, layout, position, colouring);
    return matched === null || matched[position] === 1 ? own : blend(palette.surface, own, FADED_SHARE);
  };
  const grounds = new Batches();
  const tiles = new Batches();
  const hatchings = new Batches();
  const frames = new Batches();
  /**
   * The fill of a tile. A tile that contains members of the set without being one has its colour only in the outline.
   */
  const fillOf = (position: number): string => {
    const colour = colourOf(position);
    const isHolder = layout.tree.nodes[position]!.isHolder === true;
    return isHolder ? blend(palette.surface, colour, GROUND_SHARE) : colour;
  };
  const isUnreachable = new Uint8Array(layout.tree.nodes.length);
  surface.fillRects(palette.surface, [0, 0, layout.size.widthPx, layout.size.heightPx]);
  for (const position of layout.placed) {
    const node = layout.tree.nodes[position]!;
    const above = layout.tree.parent[position]!;
    if (node.kind === 'unreachable' || (above >= 0 && isUnreachable[above])) isUnreachable[position] = 1;
    if ((position === 0 && layout.divided[0]) || !isInFrame(layout, position)) continue;
    const colour = colourOf(position);
    if (layout.divided[position]) {
      const ground = blend(palette.surface, colour, GROUND_SHARE);
      grounds.add(`${layout.tree.depth[position]}`, ground, gappedRect(layout, position));
    }
    if (layout.tree.nodes[position]!.isHolder) {
      frames.add(`${layout.tree.depth[position]}`, colour, gappedRect(layout, position));
    }
    const rect = paintedRect(layout, position);
    if (!rect) continue;
    tiles.add('', fillOf(position), rect);
    if (isUnreachable[position]) hatchings.add('', textOn(palette, colour), rect);
  }
  // Tiles are ordered by level, and so are backgrounds: inner ones cover outer ones.
  grounds.fill(surface);
  tiles.fill(surface);
  frames.outline(surface);
  hatchings.hatch(surface);
  for (const position of layout.placed) {
    if (position === 0 || !isInFrame(layout, position)) continue;
    drawLabel(surface, scene, layout, position, fillOf(position), isUnreachable[position] === 1);
  }
}

/** Outlines tiles: the hovered group, the selection, the keyboard focus. */
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

/** Whether any part of a tile is visible: a magnified treemap is larger than its frame. */
function isInFrame(layout: TreemapLayout, position: number): boolean {
  const { leftPx, topPx, widthPx, heightPx } = tileRect(layout, position);
  const { size } = layout;
  return leftPx < size.widthPx && topPx < size.heightPx && leftPx + widthPx > 0 && topPx + heightPx > 0;
}

/** The filled part of a tile: its header strip if it is divided, else the whole tile without the gap. */
function paintedRect(layout: TreemapLayout, position: number): number[] | null {
  const rect = gappedRect(layout, position);
  if (!layout.divided[position]) return rect;
  return layout.hasHeader[position] ? [rect[0]!, rect[1]!, rect[2]!, HEADER_PX - 1] : null;
}

/** A tile without the gap to its neighbours. */
function gappedRect(layout: TreemapLayout, position: number): number[] {
  const { leftPx, topPx, widthPx, heightPx } = tileRect(layout, position);
  if (widthPx < MIN_GAPPED_PX || heightPx < MIN_GAPPED_PX) return [leftPx, topPx, widthPx, heightPx];
  // On whole pixels, so that edges are sharp and gaps are even.
  const left = Math.round(leftPx);
  const top = Math.round(topPx);
  const width = Math.round(leftPx + widthPx) - left - 1;
  return [left, top, width, Math.round(topPx + heightPx) - top - 1];
}

/** The colour of one tile. An object's self size has the object's colour. */
function tileColour(
  palette: Palette,
  layout: TreemapLayout,
  position: number,
  colouring: TileColouring,
): string {
  const { nodes, parent } = layout.tree;
  const own = nodes[position]!;
  if (own.kind === 'remainder') return palette.border;
  const node = own.kind === 'self' ? nodes[parent[position]!]! : own;
  if (colouring.by === 'type') return familyColour(palette, node.family);
  if (colouring.by === 'library') {
    return libraryColour(palette, colouring, own.kind === 'self' ? parent[position]! : position);
  }
  if (colouring.by === 'change') return changeColour(palette, colouring, position);
  const generation = generationOf(layout, position);
  if (generation === null) return palette.ageUntraced;
  const span = colouring.youngest - colouring.oldest;
  return ageColour(palette, span > 0 ? (colouring.youngest - generation) / span : 0);
}

/** What the colours mean, for a legend that is saved with the chart. */
export function colourEntries(palette: Palette, colouring: TileColouring): LegendEntry[] {
  const rest = { name: 'not drawn', colour: palette.border };
  if (colouring.by === 'type') {
    return [
      ...FAMILIES.map(family => ({ name: colouring.names[family], colour: palette.family[family] })),
      rest,
    ];
  }
  if (colouring.by === 'library') {
    const { libraries } = colouring;
    return [...libraries.map((name, at) => ({ name, colour: palette.family[libraryFamily(at)] })), rest];
  }
  if (colouring.by === 'change') return [...changeEntries(palette), rest];
  return [
    { name: `generation ${formatCount(colouring.oldest)} (oldest)`, colour: ageColour(palette, 1) },
    { name: `${formatCount(colouring.youngest)} (youngest)`, colour: ageColour(palette, 0) },
    { name: 'untraced or mixed', colour: palette.ageUntraced },
    rest,
  ];
}

/** The generation of a tile. Parts of an object, or of a group of one generation, have that generation. */
function generationOf(layout: TreemapLayout, position: number): Generation | null {
  const { nodes, parent } = layout.tree;
  let at = position;
  while (nodes[at]!.generation === null && (nodes[at]!.kind === 'self' || nodes[at]!.kind === 'group')) {
    if (parent[at]! < 0) return null;
    at = parent[at]!;
  }
  return nodes[at]!.generation;
}

/** Rectangles grouped by colour and layer, in order of first use. */
class Batches {
  readonly #batches = new Map<string, { paint: string; rects: number[] }>();

  add(layer: string, paint: string, rect: readonly number[]): void {
    const key = `${layer} ${paint}`;
    const batch = this.#batches.get(key);
    if (batch) batch.rects.push(...rect);
    else this.#batches.set(key, { paint, rects: [...rect] });
  }

  fill(surface: Surface): void {
    for (const { paint, rects } of this.#batches.values()) surface.fillRects(paint, rects);
  }

  outline(surface: Surface): void {
    for (const { paint, rects } of this.#batches.values()) surface.strokeRects(paint, 1, rects);
  }

  hatch(surface: Surface): void {
    for (const { paint, rects } of this.#batches.values()) surface.hatchRects(paint, rects);
  }
}

function drawLabel(
  surface: Surface,
  scene: Scene,
  layout: TreemapLayout,
  position: number,
  ground: string,
  hatched: boolean,
): void {
  const divided = layout.divided[position] === 1;
  if (divided && !layout.hasHeader[position]) return;
  const { topPx, heightPx, ...tile } = tileRect(layout, position);
  // If a tile extends beyond the frame, its name is placed in the visible part.
  const leftPx = Math.max(0, tile.leftPx);
  const widthPx = Math.min(layout.size.widthPx, tile.leftPx + tile.widthPx) - leftPx;
  const roomPx = widthPx - 2 * LABEL_INSET_PX;
  if (roomPx < 16 || heightPx < LINE_PX + 2) return;
  const node = layout.tree.nodes[position]!;
  const font = divided ? 'strong' : 'label';
  const name = fittingName(node, font, roomPx, scene.measure);
  if (name === null) return;
  const paint = textOn(scene.palette, ground);
  const x = Math.round(leftPx) + LABEL_INSET_PX;
  const y = Math.round(topPx) + 13;
  const size = sizeText(layout.tree, node);
  const hasSecondLine = !divided && heightPx >= 2 * LINE_PX + 4 && scene.measure(size, 'small') <= roomPx;
  if (hatched) {
    const widest = Math.max(scene.measure(name, font), hasSecondLine ? scene.measure(size, 'small') : 0);
    surface.fillRects(ground, [
      x - 3,
      y - 12,
      Math.min(widest, roomPx) + 6,
      LINE_PX * (hasSecondLine ? 2 : 1) + 1,
    ]);
  }
  surface.text(name, x, y, { paint, font });
  if (divided) {
    const besidePx = roomPx - scene.measure(name, font) - 12;
    if (scene.measure(size, 'small') <= besidePx) {
      surface.text(size, x + roomPx, y, { paint, font: 'small', align: 'right' });
    }
  } else if (hasSecondLine) {
    surface.text(size, x, y + LINE_PX, { paint, font: 'small' });
  }
}
