import type { FindingKind } from './finding-kind.ts';
import { heavyGroups, isStatic } from './heavy.ts';
import { groupFinding } from './heavy-findings.ts';

const MOST = 10;

/** Many objects of one class that no single object keeps, and that together keep a large part of the heap. */
export const suspectGroup: FindingKind = {
  kind: 'suspect-group',
  group: 'leak',
  method:
    'Objects at the top of the dominator tree, or directly below Object, by class: no single object keeps them. A class is told whose members together retain more than the share of the heap that holds for suspects, each byte counted once; and the class by which most of a sample of 5,000 of them are referred to. Left out are code, what is large by itself, and what its history shows not to grow.',
  reference: 'Leak suspects of Eclipse Memory Analyzer: groups of objects of one class.',
  cost: 'O(objects at the top and below suspects)',
  thresholds: [{ name: 'group.objects', label: 'objects', unit: 'count', min: 2, max: 100_000, usual: 20 }],

  *find(context) {
    const heavy = yield* heavyGroups(context, context.threshold('group.objects'));
    const growing = heavy.filter(({ history }) => !isStatic(history));
    if (growing.length === 0) return [];
    const referrers = yield* context.referrers();
    return growing
      .map(group => groupFinding(context, 'suspect-group', referrers, group, ''))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST);
  },
};
