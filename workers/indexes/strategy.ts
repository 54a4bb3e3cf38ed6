import type { Adjacency } from '../model/heap-snapshot.ts';
import type { Steps } from '../model/steps.ts';
import type { DepthFirst } from './depth-first.ts';
import { NearDepthFirst } from './near-depth-first.ts';
import { nearReferrers } from './references.ts';
import type { RetentionEdges } from './retention-edges.ts';
import type { SpareColumns } from './spare-columns.ts';

/**
 * How indexes are built. In most heaps references go to neighbours, and direct lookups are fastest. In a heap without
 * locality each lookup is a cache miss, so `scattered/` has algorithms that avoid them but use more memory. Both give
 * the same results.
 */
export interface IndexStrategy {
  /** A depth-first search with room for `kinds` kinds of root, with `rootEdges` references in all. */
  search(edges: RetentionEdges, kinds: number, rootEdges: number, spare: SpareColumns): Steps<DepthFirst>;
  /** The referrers of each object, ascending. */
  referrers(forward: Adjacency): Steps<Adjacency>;
  /** Whether the dominator computation prefetches entries of its forest. */
  prefetchForest: boolean;
}

/** The strategy for heaps with locality, which is nearly all of them. */
export const nearStrategy: IndexStrategy = {
  *search(edges, kinds, rootEdges, spare) {
    yield 0;
    return new NearDepthFirst(edges, kinds, rootEdges, spare);
  },
  referrers: nearReferrers,
  prefetchForest: false,
};
