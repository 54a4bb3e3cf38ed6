import { type HeapSnapshot, hasTrait, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { Count, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { EqualReferences } from './equal-references.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { descriptorsWith, minWasteBytes, objectsOfPairs, setOfTypes, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

const CLASSES = 5;

/** Structs with a single member. */
export const smallStructs: FindingKind = {
  kind: 'small-structs',
  group: 'waste',
  method:
    'Adds up the shallow sizes of structs whose class has a single member: the member alone would be enough. The members are taken from the frozen internal array that a struct class refers to; classes without such an array are not counted.',
  reference:
    'Small objects of Mitchell & Sevitsky, "The Causes of Bloat, the Limits of Health" (OOPSLA 2007).',
  cost: 'O(n)',
  thresholds: [wasteThreshold('structs')],

  *find(context) {
    const { snapshot, retention } = context;
    const { pairs } = snapshot;
    const isStruct = descriptorsWith(snapshot, Trait.members);
    if (!isStruct.includes(1)) return [];
    const values = new EqualReferences(snapshot);
    const isSmall = Uint8Array.from(pairs.descriptor, (descriptor, id) =>
      isStruct[descriptor] === 1 && memberCount(snapshot, values, pairs.classObject[id]!) === 1 ? 1 : 0,
    );
    if (!isSmall.includes(1)) return [];
    const tally = new WasteTally(snapshot, retention);
    for (const object of yield* objectsOfPairs(snapshot, isSmall)) {
      tally.add(object, shallowBytesOf(snapshot, object));
    }
    if (tally.bytes < minWasteBytes(context, 'structs')) return [];
    const classes = new Map<string, Count>();
    for (let id = 0; id < pairs.length; id++) {
      if (isSmall[id] === 0) continue;
      const label = snapshot.strings.text(snapshot.descriptors.label[pairs.descriptor[id]!]!);
      classes.set(label, (classes.get(label) ?? 0) + pairs.objects[id]!);
    }
    const named = [...classes].sort((a, b) => b[1] - a[1]).slice(0, CLASSES);
    return [
      wasteFinding(tally, {
        id: 'small-structs',
        title: 'Structs of one member',
        sentence: `${formatCountOf(tally.objects, 'struct')} of one member take ${formatBytes(tally.bytes)}, most of them ${named[0]![0]}.`,
        certainty: 'exact',
        figures: { classes: classes.size },
        evidence: [
          ...named.map(([label, objects]) => ({
            label,
            detail: '',
            objects,
            bytes: null,
            object: null,
            set: { kind: 'group', key: 'class', label } as const,
          })),
          ...tally.evidence(setOfTypes(snapshot, isStruct)),
        ],
      }),
    ];
  },
};

/** Number of members of a struct class; -1 = unknown. O(references of the class). */
export function memberCount(
  snapshot: HeapSnapshot,
  values: EqualReferences,
  classObject: ObjectIndex,
): Count {
  if (classObject < 0) return -1;
  const { pair, pairs, flags, contentLength, descriptors } = snapshot;
  const wanted = ObjectFlag.frozen | ObjectFlag.hasLength;
  let count = -1;
  for (const target of values.valuesOf(classObject)) {
    const descriptor = pairs.descriptor[pair[target]!]!;
    const isList =
      pairs.classObject[pair[target]!] === -1 &&
      descriptors.words[descriptor]!.family === 'list' &&
      hasTrait(snapshot, descriptor, Trait.elements) &&
      (flags[target]! & wanted) === wanted;
    if (!isList) continue;
    const length = contentLength.of(target)!;
    if (count !== -1 && count !== length) return -1;
    count = length;
  }
  return count;
}
