import type { ObjectGraph } from './graph.ts';
import type { Places } from './layout.ts';

export type GraphMove = 'out' | 'in' | 'up' | 'down';

/**
 * The box that an arrow key moves to: along the widest line out of or into the box, or to the next box above or below
 * in its layer. The box itself if there is none.
 */
export function boxInDirection(graph: ObjectGraph, places: Places, at: string, move: GraphMove): string {
  if (move === 'out' || move === 'in') {
    const lines = graph.lines
      .filter(line => (move === 'out' ? line.from : line.to) === at)
      .sort((a, b) => b.share - a.share);
    const [widest] = lines;
    return widest === undefined ? at : move === 'out' ? widest.to : widest.from;
  }
  const own = places.get(at);
  if (own === undefined) return at;
  const sign = move === 'down' ? 1 : -1;
  let best = at;
  let least = Number.POSITIVE_INFINITY;
  for (const { id } of graph.boxes) {
    const place = places.get(id);
    if (place === undefined || id === at || Math.abs(place.x - own.x) > SAME_LAYER_PX) continue;
    const away = (place.y - own.y) * sign;
    if (away > 0 && away < least) {
      best = id;
      least = away;
    }
  }
  return best;
}

/** Boxes whose left sides are nearer than this are in one layer, even if they were dragged a little. */
const SAME_LAYER_PX = 80;
