import type { Adjacency } from '../../model/heap-snapshot.ts';
import { part, type Steps } from '../../model/steps.ts';
import { type IndexStrategy, nearStrategy } from '../strategy.ts';
import { isScattered } from './locality.ts';
import { ROW, ScatteredDepthFirst } from './scattered-depth-first.ts';
import { scatteredReferrers } from './scattered-referrers.ts';

/** Words that the search of this strategy needs per object. */
export const SEARCH_ROW = ROW;

/** The strategy for heaps without locality. */
export const scatteredStrategy: IndexStrategy = {
  *search(edges, kinds, rootEdges, spare) {
    const search = new ScatteredDepthFirst(edges, kinds, rootEdges, spare);
    yield* part(0, 0.01, search.prepare());
    return search;
  },
  referrers: scatteredReferrers,
  prefetchForest: true,
};

/** The faster strategy for these references, judged by a sample. The only entry point of this folder. O(e / 8). */
export function* chooseStrategy(forward: Adjacency): Steps<IndexStrategy> {
  return (yield* isScattered(forward)) ? scatteredStrategy : nearStrategy;
}
