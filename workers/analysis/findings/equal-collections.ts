import { addressOf, descriptorOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatCountOf } from '../../protocol/format/counts.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { EqualGroups } from './equal-groups.ts';
import type { FindingKind } from './finding-kind.ts';
import { nameInSentence } from './owner.ts';
import { descriptorsOf, eachLength, leastWaste, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Groups that are shown as evidence. */
const GROUPS = 5;

/** Lists and maps that hold the same objects in the same order. */
export const equalCollections: FindingKind = {
  kind: 'equal-collections',
  group: 'waste',
  method:
    'Lists and maps of one class that refer to the same objects in the same order: hashed, then compared reference by reference. Only those count whose records name every element (as many references as elements, twice as many for maps), as small integers, symbols of the source and nil are in no record. What sharing gives back is the sum of all but the largest of each group.',
  reference:
    'Duplicate objects of JXRay and of Marinov & O\u2019Callahan, "Object Equality Profiling" (OOPSLA 2003).',
  cost: 'O(n + e), 20 bytes a collection',
  thresholds: [wasteThreshold('equal')],

  *find(context) {
    const { snapshot, retention } = context;
    const { pair, pairs, references, descriptors } = snapshot;
    const isList = descriptorsOf(snapshot, ['list']);
    const isMap = descriptorsOf(snapshot, ['map']);
    const groups = new EqualGroups(snapshot, (object, other) => isEqual(snapshot, object, other));
    const tally = new WasteTally(snapshot, retention);
    yield* eachLength(snapshot, (object, length) => {
      const descriptor = pairs.descriptor[pair[object]!]!;
      const named = references.first[object + 1]! - references.first[object]!;
      const isWhole =
        isList[descriptor] === 1 ? named === length : isMap[descriptor] === 1 && named === 2 * length;
      if (length === 0 || !isWhole) return;
      const spare = groups.add(object, hashOf(snapshot, object, descriptors.label[descriptor]!));
      if (spare > 0) tally.add(object, spare);
    });
    if (tally.bytes < leastWaste(context, 'equal')) return [];
    const largest = groups.largest(GROUPS);
    return [
      {
        id: 'equal-collections',
        title: 'Equal lists and maps',
        sentence: `${formatCountOf(tally.objects, 'list or map', 'lists and maps')} hold the same objects as another one; sharing them would give back ${formatBytes(tally.bytes)}.`,
        bytes: tally.bytes,
        objects: tally.objects,
        certainty: 'exact',
        objectsShown: tally.objectsShown,
        figures: { groups: groups.repeated },
        evidence: [
          ...largest.map(({ object, copies, spare }) => ({
            label: nameInSentence(snapshot, object),
            detail: `${formatCount(copies)} like it`,
            objects: copies,
            bytes: spare,
            object: { index: object, address: addressOf(snapshot, object) },
            set: null,
          })),
          ...tally.evidence(null),
        ],
        set: null,
        byGeneration: null,
        rank: tally.bytes,
      },
    ];
  },
};

/** Of the class and of all references. O(references). */
function hashOf({ references }: HeapSnapshot, object: ObjectIndex, label: number): number {
  const { first, targets } = references;
  let hash = Math.imul(label + 1, 0x9e3779b1);
  for (let at = first[object]!; at < first[object + 1]!; at++) {
    hash = Math.imul(hash ^ targets[at]!, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

/** Whether two objects are of one class and refer to the same objects in the same order. O(references). */
function isEqual(snapshot: HeapSnapshot, object: ObjectIndex, other: ObjectIndex): boolean {
  const { first, targets } = snapshot.references;
  const length = first[object + 1]! - first[object]!;
  if (first[other + 1]! - first[other]! !== length) return false;
  const label = (each: ObjectIndex) => snapshot.descriptors.label[descriptorOf(snapshot, each)];
  if (label(object) !== label(other)) return false;
  for (let at = 0; at < length; at++) {
    if (targets[first[object]! + at] !== targets[first[other]! + at]) return false;
  }
  return true;
}
