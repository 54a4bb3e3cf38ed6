import type { FindingKind } from './finding-kind.ts';
import { HEAVY_THRESHOLDS, heavyObjects, isStatic } from './heavy.ts';
import { objectFinding } from './heavy-findings.ts';

const MOST = 20;

/** Single objects that retain a large part of the heap, each at its accumulation point. */
export const suspect: FindingKind = {
  kind: 'suspect',
  group: 'leak',
  method:
    'Lists objects directly below the roots in the dominator tree that retain more than the threshold. From each, the search goes down as long as one child keeps at least 70 % of what its dominator keeps; the object where it stops is the accumulation point. Classes and modules count by what they keep besides code and besides what is a suspect by itself. Objects in a growing container, objects of Ruby itself, and objects whose history shows no growth are excluded.',
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
