import { addressOf, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import type { Bytes, Count, ObjectIndex } from '../../protocol/units.ts';
import type { FindingKind } from './finding-kind.ts';
import { plainFinding } from './state-finding.ts';
import { objectsWithFlags } from './sweeps.ts';

const SHOWN = 20;
const CLASSES = 8;

/** Objects whose class has too many shapes. */
export const complexShapes: FindingKind = {
  kind: 'complex-shapes',
  group: 'state',
  method:
    'Counts objects whose record is flagged “too complex”: their class has so many shapes that Ruby stores the instance variables in a hash table, which takes more memory and time. To avoid this, set all variables in initialize, in the same order, with nil for those without a value yet. The Shapes view lists the shapes of each class.',
  reference: 'Ruby\u2019s warning category :performance, "The class … reached 8 shape variations".',
  cost: 'O(n)',
  thresholds: [{ name: 'complex.objects', label: 'objects', unit: 'count', min: 1, max: 10_000, usual: 1 }],

  *find({ snapshot, threshold }) {
    const { pair, pairs, descriptors, strings } = snapshot;
    const byClass = new Map<number, { objects: Count; bytes: Bytes }>();
    const shown: ObjectIndex[] = [];
    for (const object of yield* objectsWithFlags(snapshot, ObjectFlag.complexShape)) {
      const label = descriptors.label[pairs.descriptor[pair[object]!]!]!;
      const row = byClass.get(label) ?? { objects: 0, bytes: 0 };
      byClass.set(label, row);
      row.objects++;
      row.bytes += shallowBytesOf(snapshot, object);
      if (shown.length < SHOWN) shown.push(object);
    }
    const rows = [...byClass]
      .map(([label, row]) => ({ label: strings.text(label), ...row }))
      .sort((a, b) => b.objects - a.objects || b.bytes - a.bytes);
    const objects = rows.reduce((sum, row) => sum + row.objects, 0);
    if (objects === 0 || objects < threshold('complex.objects')) return [];
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    const largest = rows.slice(0, 3).map(row => `${row.label} (${formatCount(row.objects)})`);
    return [
      plainFinding({
        id: 'complex-shapes',
        title: 'Objects with too complex shapes',
        sentence: `${formatCountOf(objects, 'object')} (${formatBytes(bytes)}) of ${formatCountOf(rows.length, 'class', 'classes')} ${objects === 1 ? 'keeps its' : 'keep their'} instance variables in a hash table, as the class has too many shapes: ${largest.join(', ')}${rows.length > largest.length ? ' and others' : ''}.`,
        bytes,
        objects,
        certainty: 'exact',
        objectsShown: shown.map(object => addressOf(snapshot, object)),
        figures: { classes: rows.length },
        evidence: rows.slice(0, CLASSES).map(row => ({
          label: row.label,
          detail: 'too complex',
          objects: row.objects,
          bytes: row.bytes,
          object: null,
          set: { kind: 'group', key: 'class', label: row.label } as const,
        })),
      }),
    ];
  },
};
