import { inStrides, part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { equalObjectsOf, type Hashed } from './equal-groups.ts';
import { EqualReferences } from './equal-references.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { collectionsOf, descriptorsOf, minWasteBytes, objectsWithLength, wasteThreshold } from './sweeps.ts';

/** Lists and maps that hold the same objects in the same order. */
export const equalCollections: FindingKind = {
  kind: 'equal-collections',
  group: 'waste',
  method:
    'Finds lists and maps of one class that refer to the same objects in the same order. They are hashed and then compared reference by reference. Records do not contain small integers, static symbols or nil, so only collections count in which every element is a reference (as many references as elements; for maps, twice as many). The saving is the sum of all but the largest of each group.',
  reference:
    'Duplicate objects of JXRay and of Marinov & O\u2019Callahan, "Object Equality Profiling" (OOPSLA 2003).',
  cost: 'O(n + e), 18 bytes a collection',
  thresholds: [wasteThreshold('equal')],

  *find(context) {
    const { snapshot } = context;
    const { pair, pairs, references } = snapshot;
    const isList = descriptorsOf(snapshot, ['list']);
    const isMap = descriptorsOf(snapshot, ['map']);
    const equality = new EqualReferences(snapshot);
    const objects = yield* part(0, 0.2, objectsWithLength(context));
    const found: Hashed = {
      objects: new Uint32Array(objects.length),
      hashes: new Uint32Array(objects.length),
      count: 0,
    };
    const lengths = snapshot.contentLength.values;
    const sweep = (start: number, stop: number) => {
      for (let entry = start; entry < stop; entry++) {
        const object = objects[entry]!;
        const length = lengths[entry]!;
        const descriptor = pairs.descriptor[pair[object]!]!;
        const named = references.first[object + 1]! - references.first[object]!;
        const isWhole =
          isList[descriptor] === 1 ? named === length : isMap[descriptor] === 1 && named === 2 * length;
        if (length === 0 || !isWhole) continue;
        found.objects[found.count] = object;
        found.hashes[found.count++] = equality.hashOf(object);
      }
    };
    yield* part(0.2, 0.6, inStrides(objects.length, sweep));
    const { tally, groups, evidence } = yield* part(
      0.6,
      1,
      equalObjectsOf(context, found, (object, other) => equality.areEqual(object, other)),
    );
    if (tally.bytes < minWasteBytes(context, 'equal')) return [];
    return [
      wasteFinding(tally, {
        id: 'equal-collections',
        title: 'Equal lists and maps',
        sentence: `${formatCountOf(tally.objects, 'list or map', 'lists and maps')} hold the same objects as another one; sharing them would give back ${formatBytes(tally.bytes)}.`,
        certainty: 'exact',
        figures: { groups },
        evidence: [...evidence, ...tally.evidence(collectionsOf(snapshot))],
      }),
    ];
  },
};
