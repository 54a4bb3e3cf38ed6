import type { FindingKind } from './finding-kind.ts';
import { heavyGroups, isStatic } from './heavy.ts';
import { groupFinding } from './heavy-findings.ts';

const MOST = 10;

/** Many objects of one class that no single object retains, and that together retain a large part of the heap. */
export const suspectGroup: FindingKind = {
  kind: 'suspect-group',
  group: 'leak',
  method:
    'Groups objects at the top of the dominator tree, or directly below Object, by class: no single object keeps them alive. A class is reported if its objects together retain more than the threshold for suspects, with each byte counted once. The class that refers to most of a sample of 5,000 of them is shown as well. Code, objects that are large by themselves, and classes whose history shows no growth are excluded.',
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
