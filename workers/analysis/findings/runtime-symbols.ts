import { hasTrait, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { minWasteBytes, objectsOfPairs, setOfTypes, wasteThreshold } from './sweeps.ts';
import { intersection, WasteTally } from './waste-tally.ts';

/** Symbols that were created from strings while the program ran. */
export const runtimeSymbols: FindingKind = {
  kind: 'runtime-symbols',
  group: 'waste',
  method:
    'Adds up the shallow sizes of symbols that are objects and have an allocation site, by site. Such symbols were created at run time, for example by to_sym on user input. Symbols in source code are not objects of this kind.',
  reference: 'Symbol leaks of Ruby 2.1 and older, and advice against to_sym on user input.',
  cost: 'O(n)',
  thresholds: [wasteThreshold('symbols')],

  *find(context) {
    const { snapshot, retention } = context;
    const { pairs, descriptors } = snapshot;
    const isSymbol = Uint8Array.from(descriptors.type, (_, id) =>
      hasTrait(snapshot, id, Trait.symbol) ? 1 : 0,
    );
    if (!isSymbol.includes(1)) return [];
    const tally = new WasteTally(snapshot, retention);
    const isTraced = Uint8Array.from(pairs.allocation, (allocation, id) =>
      allocation !== 0 && isSymbol[pairs.descriptor[id]!] === 1 ? 1 : 0,
    );
    for (const object of yield* objectsOfPairs(snapshot, isTraced)) {
      tally.add(object, shallowBytesOf(snapshot, object));
    }
    if (tally.bytes < minWasteBytes(context, 'symbols')) return [];
    const traced: ObjectSetSpec = { kind: 'not', set: { kind: 'untraced' } };
    const set = intersection(setOfTypes(snapshot, isSymbol), traced);
    return [
      wasteFinding(tally, {
        id: 'runtime-symbols',
        title: 'Symbols made at run time',
        sentence: `${formatCountOf(tally.objects, 'symbol')} were made at run time and take ${formatBytes(tally.bytes)}.`,
        certainty: 'exact',
        evidence: tally.evidence(set),
        set,
      }),
    ];
  },
};
