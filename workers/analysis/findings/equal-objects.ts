import { inStrides, part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { equalObjectsOf, type Hashed } from './equal-groups.ts';
import { EqualReferences } from './equal-references.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import {
  descriptorsWith,
  minWasteBytes,
  objectsOfPairs,
  pairsOf,
  setOfTypes,
  wasteThreshold,
} from './sweeps.ts';

/** Plain objects and structs of one class that refer to the same objects. */
export const equalObjects: FindingKind = {
  kind: 'equal-objects',
  group: 'waste',
  method:
    'Finds objects and structs of one class that refer to the same objects, at least one, in the same order. They are hashed and then compared reference by reference. This is an estimate: records do not contain small integers, static symbols, nil or true, in which two objects may differ. The saving is the sum of all but the largest of each group.',
  reference: 'Marinov & O\u2019Callahan, "Object Equality Profiling" (OOPSLA 2003).',
  cost: 'O(n + e), 18 bytes an object that is compared',
  thresholds: [wasteThreshold('equal-objects')],

  *find(context) {
    const { snapshot } = context;
    const isCompared = descriptorsWith(snapshot, Trait.variables | Trait.members);
    if (!isCompared.includes(1)) return [];
    const equality = new EqualReferences(snapshot);
    const compared = yield* part(0, 0.2, objectsOfPairs(snapshot, pairsOf(snapshot, isCompared)));
    // Objects without a value are not compared; the others move up.
    const found: Hashed = { objects: compared, hashes: new Uint32Array(compared.length), count: 0 };
    const sweep = (start: number, stop: number) => {
      for (let at = start; at < stop; at++) {
        const object = compared[at]!;
        if (!equality.hasValues(object)) continue;
        found.objects[found.count] = object;
        found.hashes[found.count++] = equality.hashOf(object);
      }
    };
    yield* part(0.2, 0.6, inStrides(compared.length, sweep));
    const { tally, groups, evidence } = yield* part(
      0.6,
      1,
      equalObjectsOf(context, found, (object, other) => equality.areEqual(object, other)),
    );
    if (tally.bytes < minWasteBytes(context, 'equal-objects')) return [];
    return [
      wasteFinding(tally, {
        id: 'equal-objects',
        title: 'Equal objects',
        sentence: `${formatCountOf(tally.objects, 'object')} ${tally.objects === 1 ? 'has' : 'have'} the class and the references of another one; sharing ${tally.objects === 1 ? 'it' : 'them'} would give back ${formatBytes(tally.bytes)}, where the numbers and symbols in them are equal too.`,
        certainty: 'estimate',
        figures: { groups },
        evidence: [...evidence, ...tally.evidence(setOfTypes(snapshot, isCompared))],
      }),
    ];
  },
};
