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
import { retainedTogether } from './retained-together.ts';
import { plainFinding } from './state-finding.ts';

const NAMED = 3;
const SHOWN = 20;

/** Classes and modules that exist several times under one name. */
export const repeatedClass: FindingKind = {
  kind: 'repeated-classes',
  group: 'waste',
  method:
    'Finds several classes or modules with the same name. They were defined again, by code reloading or because two versions of a gem are loaded, and the older ones are still alive. The newest of each name is the one of the latest generation, or the last one in the dump if it was not traced; the bytes are what all others retain, each byte counted once. Group by class object to see the instances of each.',
  reference: 'Duplicate classes of Eclipse Memory Analyzer.',
  cost: 'O(classes)',
  thresholds: [],

  *find({ snapshot, retention }) {
    const repeated = repeatedClasses(snapshot);
    if (repeated.length === 0) return [];
    const byName = classesByName(snapshot, new Set(repeated.map(({ name }) => name)));
    const older = [...byName.values()].flatMap(classes => classes.slice(0, -1));
    const bytes = retainedTogether(retention, older);
    const listed = repeated.slice(0, NAMED).map(({ name, count }) => `${name} (${formatCount(count)})`);
    const more = repeated.length > listed.length ? ' and others' : '';
    const keeps = (object: ObjectIndex) => retainedBytesOf(snapshot, retention, object);
    const shown = largestOf(older, SHOWN, keeps);
    return [
      plainFinding({
        id: 'repeated-classes',
        title: 'Classes that exist several times',
        sentence: `${formatCountOf(repeated.length, 'name')} of classes or modules exist several times: ${listed.join(', ')}${more}; the older ones keep ${formatBytes(bytes)}.`,
        bytes,
        objects: older.length,
        certainty: 'estimate',
        objectsShown: shown.map(object => addressOf(snapshot, object)),
        figures: { names: repeated.length, older: older.length },
        evidence: shown.slice(0, 8).map(object => ({
          ...holderEvidence(snapshot, retention, object),
          detail: `an older one, at ${addressOf(snapshot, object)}${madeIn(snapshot, object)}`,
        })),
      }),
    ];
  },
};

function madeIn(snapshot: HeapSnapshot, object: ObjectIndex): string {
  const generation = snapshot.allocations.generation[allocationOf(snapshot, object)]!;
  return generation === 0 ? '' : `, made in generation ${formatCount(generation - 1)}`;
}

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
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [object]);
    else known.push(object);
  }
  const generation = (object: ObjectIndex) => allocations.generation[allocationOf(snapshot, object)]!;
  for (const objects of byName.values()) objects.sort((a, b) => generation(a) - generation(b) || a - b);
  return byName;
}
