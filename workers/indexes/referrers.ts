import type { Adjacency } from '../model/heap-snapshot.ts';
import type { Steps } from '../model/steps.ts';
import { chooseStrategy } from './scattered/choose-strategy.ts';

/** The referrers of each object, ascending, found with the strategy that suits the heap. O(n + e). */
export function* buildReferrers(forward: Adjacency): Steps<Adjacency> {
  const strategy = yield* chooseStrategy(forward);
  return yield* strategy.referrers(forward);
}
