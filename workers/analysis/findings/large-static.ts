import type { FindingKind } from './finding-kind.ts';
import { heapBytes } from './heap-facts.ts';
import { heavyGroups, heavyObjects, isStatic } from './heavy.ts';
import { groupFinding, objectFinding } from './heavy-findings.ts';

const MOST = 10;
const KIND = 'large';
const REMARK = ' Its history does not show growth: it was allocated in few generations, or early.';

/** Objects that retain a large part of the heap but do not grow: tables created at boot, bounded caches. */
export const largeStatic: FindingKind = {
  kind: KIND,
  group: 'state',
  method:
    'Found in the same way as leak suspects, with a higher share of the heap. At least half of the bytes are traced, and they have fewer than 5 effective generations, or less than 30 % of them are in the newer half of the generations. So the object was filled at once or long ago, or it replaces its entries.',
  reference:
    'Eclipse Memory Analyzer for large objects; the history of a traced dump for those that do not grow.',
  cost: 'O(objects at the top and below what is large)',
  thresholds: [
    { name: 'large.share', label: 'share of the heap', unit: 'share', min: 0.001, max: 0.5, usual: 0.05 },
    { name: 'large.bytes', label: 'retained size', unit: 'bytes', min: 0, max: 2 ** 27, usual: 2 ** 22 },
  ],

  *find(context) {
    const least = Math.max(
      context.threshold('large.bytes'),
      heapBytes(context.snapshot) * context.threshold('large.share'),
    );
    const objects = yield* heavyObjects(context);
    const groups = yield* heavyGroups(context, context.threshold('group.objects'));
    const referrers = yield* context.referrers();
    return [
      ...objects
        .filter(({ bytes, history }) => bytes >= least && isStatic(history))
        .map(object => objectFinding(context, KIND, object, REMARK)),
      ...groups
        .filter(({ bytes, history }) => bytes >= least && isStatic(history))
        .map(group =>
          groupFinding(
            context,
            KIND,
            referrers,
            group,
            REMARK.replace('Its', 'Their').replace('it was', 'they were'),
          ),
        ),
    ]
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST);
  },
};
