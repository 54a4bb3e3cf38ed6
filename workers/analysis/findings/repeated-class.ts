import { retainedBytesOf } from '../../indexes/retention.ts';
import { addressOf, allocationOf, descriptorOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { repeatedClasses } from '../repeated-classes.ts';
import { holderEvidence } from './evidence.ts';
import type { FindingKind } from './finding-kind.ts';
import { largestOf } from './largest.ts';
import { plainFinding } from './state-finding.ts';

const NAMED = 3;
const SHOWN = 20;

/** Classes and modules of which several of one name are alive. */
export const repeatedClass: FindingKind = {
  kind: 'repeated-classes',
  group: 'waste',
  method:
    'Classes, or modules, of one name: they were defined anew, as code reloading and two versions of a gem do, and the older ones are still alive. The newest of each name is the one of the latest generation, or the last in the dump where that is untraced; the bytes are what all others retain.',
  reference: 'Duplicate classes of Eclipse Memory Analyzer.',
  cost: 'O(classes)',
  thresholds: [],

  *find({ snapshot, retention }) {
    const repeated = repeatedClasses(snapshot);
    if (repeated.length === 0) return [];
    const byName = classesByName(snapshot, new Set(repeated.map(({ name }) => name)));
    const older = [...byName.values()].flatMap(classes => classes.slice(0, -1));
    const isWithin = (object: ObjectIndex) => {
      const at = retention.tree.position[object]!;
      return older.some(other => {
        const from = retention.tree.position[other]!;
        return other !== object && at > from && at < retention.tree.subtreeEnd[from]!;
      });
    };
    const bytes = older
      .filter(object => !isWithin(object))
      .reduce((sum, object) => sum + retainedBytesOf(snapshot, retention, object), 0);
    const told = repeated.slice(0, NAMED).map(({ name, count }) => `${name} (${formatCount(count)})`);
    const more = repeated.length > told.length ? ' and others' : '';
    const keeps = (object: ObjectIndex) => retainedBytesOf(snapshot, retention, object);
    const shown = largestOf(older, SHOWN, keeps);
    return [
      plainFinding({
        id: 'repeated-classes',
        title: 'Classes that exist several times',
        sentence: `${formatCountOf(repeated.length, 'name')} of classes or modules exist several times: ${told.join(', ')}${more}; the older ones keep ${formatBytes(bytes)}.`,
        bytes,
        objects: older.length,
        certainty: 'estimate',
        objectsShown: shown.map(object => addressOf(snapshot, object)),
        figures: { names: repeated.length, older: older.length },
        evidence: shown.slice(0, 8).map(object => holderEvidence(snapshot, retention, object)),
      }),
    ];
  },
};

/** The classes of some names, oldest first; those of one name are of one type. */
function classesByName(snapshot: HeapSnapshot, names: ReadonlySet<string>): Map<string, ObjectIndex[]> {
  const { classes, flags, strings, descriptors, allocations } = snapshot;
  const byName = new Map<string, ObjectIndex[]>();
  for (const [row, object] of classes.object.entries()) {
    const name = strings.text(classes.name[row]!);
    const descriptor = descriptorOf(snapshot, object);
    const isProxy = (descriptors.traits[descriptor]! & Trait.proxy) !== 0;
    if (!names.has(name) || isProxy || (flags[object]! & ObjectFlag.singleton) !== 0) continue;
    const key = `${descriptors.type[descriptor]} ${name}`;
    byName.set(key, [...(byName.get(key) ?? []), object]);
  }
  const generation = (object: ObjectIndex) => allocations.generation[allocationOf(snapshot, object)]!;
  for (const objects of byName.values()) objects.sort((a, b) => generation(a) - generation(b) || a - b);
  return byName;
}
