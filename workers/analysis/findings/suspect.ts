import type { FindingKind } from './finding-kind.ts';
import { HEAVY_THRESHOLDS, heavyObjects, isStatic } from './heavy.ts';
import { objectFinding } from './heavy-findings.ts';

const MOST = 20;

/** Single objects that keep a large part of the heap, each at the place where that accumulates. */
export const suspect: FindingKind = {
  kind: 'suspect',
  group: 'leak',
  method:
    'Objects below the roots of the dominator tree that retain more than the share of the heap. From each the way goes down while one child keeps at least 70 % of what its dominator keeps; where it ends is the accumulation point. Classes and modules count by what they keep besides code. Left out are what a growing container explains, what is Ruby\u2019s own, and what its history shows not to grow.',
  reference: 'Leak suspects of Eclipse Memory Analyzer: single objects, accumulation point.',
  cost: 'O(objects at the top and below suspects)',
  thresholds: HEAVY_THRESHOLDS,

  *find(context) {
    const heavy = yield* heavyObjects(context);
    return heavy
      .filter(({ history }) => !isStatic(history))
      .map(object => objectFinding(context, 'suspect', object, ''))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST);
  },
};
