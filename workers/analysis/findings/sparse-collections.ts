import { shallowBytesOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { inStrides, part } from '../../model/steps.ts';
import { wordBytesOf } from '../../model/word-size.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { FindingKind } from './finding-kind.ts';
import { SlotSizes } from './slot-sizes.ts';
import { wasteFinding } from './state-finding.ts';
import {
  collectionsOf,
  descriptorsWith,
  minWasteBytes,
  objectsWithLength,
  wasteThreshold,
} from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Words for each element of a list, and for each entry of a map. */
const ELEMENT_WORDS = 1;
const ENTRY_WORDS = 3;

/** Lists and maps with room for several times their content. */
export const sparseCollections: FindingKind = {
  kind: 'sparse-collections',
  group: 'waste',
  method:
    'Finds lists and maps of at least two elements whose memory outside the slot has room for several times as many (four by default), at one word for each element of a list and three for each entry of a map. The bytes are the unused part of that room. This is an estimate, because the dump does not contain the memory layout. Collections that share their elements are excluded.',
  reference:
    'Sparse collections of Chis et al., "Patterns of Memory Inefficiency" (ECOOP 2011), and of JXRay.',
  cost: 'O(n)',
  thresholds: [
    wasteThreshold('sparse'),
    { name: 'sparse.times', label: 'times as much room', unit: 'count', min: 2, max: 64, usual: 4 },
  ],

  *find(context) {
    const { snapshot, retention } = context;
    const { pair, pairs, flags } = snapshot;
    const slots = new SlotSizes(snapshot);
    const isList = descriptorsWith(snapshot, Trait.elements);
    const isMap = descriptorsWith(snapshot, Trait.entries);
    const wordBytes = wordBytesOf(snapshot);
    const times = context.threshold('sparse.times');
    const tally = new WasteTally(snapshot, retention);
    const objects = yield* part(0, 0.2, objectsWithLength(context));
    const lengths = snapshot.contentLength.values;
    const sweep = (start: number, stop: number) => {
      for (let entry = start; entry < stop; entry++) {
        const object = objects[entry]!;
        const length = lengths[entry]!;
        if (length < 2 || (flags[object]! & ObjectFlag.shared) !== 0) continue;
        const descriptor = pairs.descriptor[pair[object]!]!;
        const words = isList[descriptor] === 1 ? ELEMENT_WORDS : isMap[descriptor] === 1 ? ENTRY_WORDS : 0;
        if (words === 0) continue;
        const room = shallowBytesOf(snapshot, object) - slots.of(object);
        const used = length * words * wordBytes;
        if (room >= times * used) tally.add(object, room - used);
      }
    };
    yield* part(0.2, 1, inStrides(objects.length, sweep));
    if (tally.bytes < minWasteBytes(context, 'sparse')) return [];
    return [
      wasteFinding(tally, {
        id: 'sparse-collections',
        title: 'Sparse collections',
        sentence: `${formatCountOf(tally.objects, 'list or map', 'lists and maps')} ${tally.objects === 1 ? 'has' : 'have'} room for at least ${times} times as much as ${tally.objects === 1 ? 'it holds' : 'they hold'}: ${formatBytes(tally.bytes)} are not used.`,
        certainty: 'estimate',
        figures: { times },
        evidence: tally.evidence(collectionsOf(snapshot)),
      }),
    ];
  },
};
