import { hasTrait, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { minWasteBytes, objectsOfPairs, pairsOf, setOfTypes, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Numbers and times that are separate objects. */
export const boxedValues: FindingKind = {
  kind: 'boxed-values',
  group: 'waste',
  method:
    'Adds up the shallow sizes of objects that are a single number or point in time: numbers too large or too precise to be immediate values, rationals, complex numbers and times. Small integers and most floats need no object; a time stored as integer seconds does not either.',
  reference: 'Boxed numbers of JXRay.',
  cost: 'O(n)',
  thresholds: [wasteThreshold('boxed')],

  *find(context) {
    const { snapshot, retention } = context;
    const { pairs, descriptors } = snapshot;
    const isBoxed = Uint8Array.from(descriptors.type, (_, id) =>
      hasTrait(snapshot, id, Trait.boxed) ? 1 : 0,
    );
    if (!isBoxed.includes(1)) return [];
    const tally = new WasteTally(snapshot, retention);
    for (const object of yield* objectsOfPairs(snapshot, pairsOf(snapshot, isBoxed))) {
      tally.add(object, shallowBytesOf(snapshot, object));
    }
    if (tally.bytes < minWasteBytes(context, 'boxed')) return [];
    const labels = new Map<string, number>();
    for (let id = 0; id < pairs.length; id++) {
      const descriptor = pairs.descriptor[id]!;
      if (isBoxed[descriptor] === 0) continue;
      const label = snapshot.strings.text(descriptors.label[descriptor]!);
      labels.set(label, (labels.get(label) ?? 0) + pairs.objects[id]!);
    }
    const named = [...labels].sort((a, b) => b[1] - a[1]).slice(0, 3);
    return [
      wasteFinding(tally, {
        id: 'boxed-values',
        title: 'Numbers and times as objects',
        sentence: `${formatCountOf(tally.objects, 'object')} that are one number or time take ${formatBytes(tally.bytes)}: ${named.map(([label, count]) => formatCountOf(count, label, label)).join(', ')}.`,
        certainty: 'exact',
        figures: Object.fromEntries(named),
        evidence: [
          ...named.map(([label, objects]) => ({
            label,
            detail: '',
            objects,
            bytes: null,
            object: null,
            set: { kind: 'group', key: 'class', label } as const,
          })),
          ...tally.evidence(setOfTypes(snapshot, isBoxed)),
        ],
      }),
    ];
  },
};
