import { addressOf, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { inStrides } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf, formatShare } from '../../protocol/format/counts.ts';
import type { Bytes, Count } from '../../protocol/units.ts';
import { incompleteness } from '../completeness.ts';
import type { FindingKind } from './finding-kind.ts';
import { plainFinding } from './state-finding.ts';

/** Objects that no root reaches. */
export const unreachable: FindingKind = {
  kind: 'unreachable',
  group: 'state',
  method:
    'Adds up the shallow sizes of objects that no root reaches, by class. They are not a leak: the next GC collects them, unless what holds them is missing from the dump.',
  reference: 'Unreachable objects of Eclipse Memory Analyzer.',
  cost: 'O(n)',
  thresholds: [
    {
      name: 'unreachable.share',
      label: 'share of the heap',
      unit: 'share',
      min: 0,
      max: 0.5,
      usual: 0.02,
    },
  ],

  *find({ snapshot, retention, threshold }) {
    const { descriptors, pairs, pair, strings, facts } = snapshot;
    const bytes = new Float64Array(descriptors.length);
    const objects = new Float64Array(descriptors.length);
    const shown: number[] = [];
    const { position } = retention.tree;
    yield* inStrides(snapshot.objects, (start, stop) => {
      for (let object = start; object < stop; object++) {
        if (position[object] !== 0) continue;
        const descriptor = pairs.descriptor[pair[object]!]!;
        bytes[descriptor]! += shallowBytesOf(snapshot, object);
        objects[descriptor]!++;
        if (shown.length < 20) shown.push(object);
      }
    });
    const all = bytes.reduce((sum, own) => sum + own, 0);
    const count = objects.reduce((sum, own) => sum + own, 0);
    const share = facts.shallowBytes === 0 ? 0 : all / facts.shallowBytes;
    if (all === 0 || share < threshold('unreachable.share')) return [];
    const rows = new Map<string, { label: string; objects: Count; bytes: Bytes }>();
    for (let id = 0; id < descriptors.length; id++) {
      if (objects[id] === 0) continue;
      const label = strings.text(descriptors.label[id]!);
      const row = rows.get(label) ?? { label, objects: 0, bytes: 0 };
      rows.set(label, row);
      row.objects += objects[id]!;
      row.bytes += bytes[id]!;
    }
    const set = { kind: 'reachability', reachable: false } as const;
    const why =
      incompleteness(facts, snapshot.objects).length > 0 || retention.referencesOnly
        ? 'look unreachable, which may be due to what is missing or not followed'
        : 'cannot be reached from any root: they were not collected yet';
    return [
      plainFinding({
        id: 'unreachable',
        title: 'Unreachable objects',
        sentence: `${formatCountOf(count, 'object')} (${formatBytes(all)}, ${formatShare(share)}) ${why}.`,
        bytes: all,
        objects: count,
        certainty: 'exact',
        objectsShown: shown.map(object => addressOf(snapshot, object)),
        figures: { share },
        evidence: [...rows.values()]
          .sort((a, b) => b.bytes - a.bytes)
          .slice(0, 5)
          .map(row => ({
            ...row,
            detail: '',
            object: null,
            set: { kind: 'and', sets: [set, { kind: 'group', key: 'class', label: row.label }] },
          })),
        set,
      }),
    ];
  },
};
