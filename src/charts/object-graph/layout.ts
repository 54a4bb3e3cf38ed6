import type { ObjectGraph } from './graph.ts';

export const BOX_WIDTH_PX = 214;
export const BOX_HEIGHT_PX = 44;
const LAYER_GAP_PX = 80;
const BOX_GAP_PX = 14;

export interface Place {
  /** The box's top left corner. */
  x: number;
  y: number;
}

export type Places = ReadonlyMap<string, Place>;

/** Computes places for all boxes, from left to right along the lines. */
export type LayOut = (graph: ObjectGraph) => Map<string, Place>;

/** A node of the layout that is not drawn. No box has this id. */
const COMMON_START = '\0start';
const START_WEIGHT = 0.1;

/** Loads dagre's layout, which moves boxes least as the graph grows: see `charts/README.md`. */
export async function loadLayout(): Promise<LayOut> {
  const dagre = await import('@dagrejs/dagre');
  return graph => {
    const layers = new dagre.graphlib.Graph();
    layers.setGraph({ rankdir: 'LR', nodesep: BOX_GAP_PX, ranksep: LAYER_GAP_PX });
    for (const { id } of graph.boxes) layers.setNode(id, { width: BOX_WIDTH_PX, height: BOX_HEIGHT_PX });
    const lines = graph.lines.filter(({ isAside, from, to }) => !isAside && from !== to);
    for (const { from, to } of lines) layers.setEdge(from, to, {});
    // Boxes without a common start would not be in the order of the graph. The edges are light, so that each box stays
    // beside those it leads to.
    const isEnd = new Set(lines.map(({ to }) => to));
    layers.setNode(COMMON_START, { width: 0, height: 0 });
    for (const { id } of graph.boxes) {
      if (!isEnd.has(id)) layers.setEdge(COMMON_START, id, { weight: START_WEIGHT });
    }
    // Lines of a tree do not cross if the boxes are in the order of the graph. Otherwise dagre looks for an order with
    // few crossings, which has the first box of most layers last, so y is negated.
    const isTree = isEnd.size === lines.length;
    dagre.layout(layers, { disableOptimalOrderHeuristic: isTree });
    const down = isTree ? 1 : -1;
    return new Map(
      graph.boxes.map(({ id }) => {
        const { x = 0, y = 0 } = layers.node(id) as Partial<Place>;
        return [id, { x: x - BOX_WIDTH_PX / 2, y: down * y - BOX_HEIGHT_PX / 2 }];
      }),
    );
  };
}

/**
 * Computes places for a graph that has changed. Boxes in `drawn` stay where they are, boxes in `before` return to their
 * earlier places if there is room, and new ones are placed beside a neighbour as in the layout, in the nearest free
 * space. O(boxes²) at most, for some hundred boxes.
 */
export function placesAfter(
  drawn: Places,
  before: Places,
  graph: ObjectGraph,
  laidOut: Places,
): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { id } of graph.boxes) {
    const kept = drawn.get(id);
    if (kept) places.set(id, kept);
  }
  for (const { id } of graph.boxes) {
    const known = places.has(id) ? undefined : before.get(id);
    if (known) places.set(id, freePlace(known, places));
  }
  if (places.size === 0) return new Map(laidOut);
  const waiting = new Set(graph.boxes.map(({ id }) => id).filter(id => !places.has(id)));
  while (waiting.size > 0) {
    const found = neighbourOf(graph, waiting, places);
    const ids = found === null ? [...waiting] : found.ids;
    ids.sort((a, b) => laidOut.get(a)!.y - laidOut.get(b)!.y);
    const shift =
      found === null ? { x: 0, y: 0 } : offset(places.get(found.anchor)!, laidOut.get(found.anchor)!);
    // Beside each other, and around the anchor if there is room.
    for (const id of ids) {
      const wanted = laidOut.get(id)!;
      places.set(id, freePlace({ x: wanted.x + shift.x, y: wanted.y + shift.y }, places));
      waiting.delete(id);
    }
  }
  return places;
}

/** The first placed box that has neighbours without a place, and those neighbours. */
function neighbourOf(
  { lines }: ObjectGraph,
  waiting: ReadonlySet<string>,
  places: Places,
): { anchor: string; ids: string[] } | null {
  const line = lines.find(({ from, to }) => places.has(from) !== places.has(to));
  if (line === undefined) return null;
  const anchor = places.has(line.from) ? line.from : line.to;
  const ids = lines.flatMap(({ from, to }) => {
    if (from === anchor && waiting.has(to)) return [to];
    return to === anchor && waiting.has(from) ? [from] : [];
  });
  return { anchor, ids: [...new Set(ids)] };
}

function offset(to: Place, from: Place): Place {
  return { x: to.x - from.x, y: to.y - from.y };
}

/** The wanted place, or the nearest place above or below it that overlaps no box. */
function freePlace(wanted: Place, places: Places): Place {
  const taken = [...places.values()].filter(({ x }) => Math.abs(x - wanted.x) < BOX_WIDTH_PX + BOX_GAP_PX);
  const isFree = (y: number) => taken.every(place => Math.abs(place.y - y) >= BOX_HEIGHT_PX + BOX_GAP_PX / 2);
  const step = (BOX_HEIGHT_PX + BOX_GAP_PX) / 4;
  for (let away = 0; ; away++) {
    if (isFree(wanted.y + away * step)) return { x: wanted.x, y: wanted.y + away * step };
    if (isFree(wanted.y - away * step)) return { x: wanted.x, y: wanted.y - away * step };
  }
}

/** The rectangle around all boxes. */
export function boundsOf(places: Places): { x: number; y: number; width: number; height: number } {
  const all = [...places.values()];
  if (all.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  const x = Math.min(...all.map(place => place.x));
  const y = Math.min(...all.map(place => place.y));
  return {
    x,
    y,
    width: Math.max(...all.map(place => place.x)) + BOX_WIDTH_PX - x,
    height: Math.max(...all.map(place => place.y)) + BOX_HEIGHT_PX - y,
  };
}

/** How far lines may lead beyond the rectangle around all boxes. */
export const LINE_OVERHANG_PX = 24;
/** How far a line that leads back to the left bends away from the boxes at its ends, and down. */
const BACK_BEND_PX = 60;
const BACK_DROP_PX = 58;

/** Start, two control points and end of a line's cubic curve. */
type Curve = readonly [Place, Place, Place, Place];

/**
 * A line's curve, from the right side of a box to the left side of another. A line that leads back, as in a cycle,
 * passes below the boxes at its ends, and stays near them: see {@link LINE_OVERHANG_PX}.
 */
export function lineCurve(from: Place, to: Place): Curve {
  const start = { x: from.x + BOX_WIDTH_PX, y: from.y + BOX_HEIGHT_PX / 2 };
  const end = { x: to.x, y: to.y + BOX_HEIGHT_PX / 2 };
  const isBack = end.x < start.x;
  const bend = isBack ? BACK_BEND_PX : Math.max(LAYER_GAP_PX / 2, (end.x - start.x) / 2);
  const drop = isBack ? BACK_DROP_PX : 0;
  return [start, { x: start.x + bend, y: start.y + drop }, { x: end.x - bend, y: end.y + drop }, end];
}

/** A line's curve as an SVG path. */
export function linePath(from: Place, to: Place): string {
  const [start, first, second, end] = lineCurve(from, to);
  return `M${start.x} ${start.y}C${first.x} ${first.y} ${second.x} ${second.y} ${end.x} ${end.y}`;
}

/** The point of a curve at `share`, from 0 (its start) to 1 (its end). */
export function pointAt(curve: Curve, share: number): Place {
  const rest = 1 - share;
  const weights = [rest ** 3, 3 * rest * rest * share, 3 * rest * share * share, share ** 3];
  const at = (axis: 'x' | 'y') => curve.reduce((sum, point, n) => sum + point[axis] * weights[n]!, 0);
  return { x: at('x'), y: at('y') };
}

/** The middle of a line, where its label is drawn. */
export function lineMiddle(from: Place, to: Place): Place {
  return pointAt(lineCurve(from, to), 0.5);
}
