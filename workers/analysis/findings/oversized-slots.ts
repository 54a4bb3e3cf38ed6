import { ObjectFlag } from '../../model/object-flags.ts';
import { inStrides, part } from '../../model/steps.ts';
import { wordBytesOf } from '../../model/word-size.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { Bytes, Count } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import type { FindingKind } from './finding-kind.ts';
import { SlotSizes } from './slot-sizes.ts';
import { wasteFinding } from './state-finding.ts';
import { descriptorsWith, minWasteBytes, objectsWithLength, setOfTypes, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

const ROWS = 4;

/** Texts and lists in slots that are larger than their contents. */
export const oversizedSlots: FindingKind = {
  kind: 'oversized-slots',
  group: 'waste',
  method:
    'Counts strings and lists in a slot larger than the smallest slot size of this dump that would hold them. An embedded string needs three words, its bytes and one more byte; an embedded list needs two words and one for each element; all others need five words. Ruby 3.2 and newer have slots of several sizes, and an object that shrinks stays in its slot. This is an estimate, because the layout is taken from Ruby\u2019s source.',
  reference: 'Variable width allocation of Ruby 3.2 (Zhu & Valentine-House).',
  cost: 'O(n)',
  thresholds: [wasteThreshold('slots')],

  *find(context) {
    const { snapshot, retention } = context;
    const slots = new SlotSizes(snapshot);
    if (slots.sizes.length < 2) return [];
    const { pair, pairs, flags } = snapshot;
    const isText = descriptorsWith(snapshot, Trait.string);
    const isList = descriptorsWith(snapshot, Trait.elements);
    const wordBytes = wordBytesOf(snapshot);
    const tally = new WasteTally(snapshot, retention);
    const bySize = new Map<Bytes, { objects: Count; bytes: Bytes }>();
    const objects = yield* part(0, 0.2, objectsWithLength(context));
    const lengths = snapshot.contentLength.values;
    const sweep = (start: number, stop: number) => {
      for (let entry = start; entry < stop; entry++) {
        const object = objects[entry]!;
        const descriptor = pairs.descriptor[pair[object]!]!;
        const kind = isText[descriptor] === 1 ? 'text' : isList[descriptor] === 1 ? 'list' : null;
        if (kind === null) continue;
        const isEmbedded = (flags[object]! & ObjectFlag.embedded) !== 0;
        const needed = neededBytes(kind, isEmbedded, lengths[entry]!, wordBytes);
        const own = slots.of(object);
        if (own <= needed) continue;
        const smallest = slots.sizes.find(size => size >= needed);
        if (smallest === undefined || smallest >= own) continue;
        tally.add(object, own - smallest);
        const row = bySize.get(own) ?? { objects: 0, bytes: 0 };
        bySize.set(own, row);
        row.objects++;
        row.bytes += own - smallest;
      }
    };
    yield* part(0.2, 1, inStrides(objects.length, sweep));
    if (tally.bytes < minWasteBytes(context, 'slots')) return [];
    const rows = [...bySize].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, ROWS);
    return [
      wasteFinding(tally, {
        id: 'oversized-slots',
        title: 'Slots larger than their content',
        sentence: `${formatCountOf(tally.objects, 'string or list', 'strings and lists')} lie in larger slots than they need: ${formatBytes(tally.bytes)} more, most of it in slots of ${formatBytes(rows[0]![0])}.`,
        certainty: 'estimate',
        evidence: [
          ...rows.map(([size, row]) => ({
            label: `slots of ${formatBytes(size)}`,
            detail: '',
            ...row,
            object: null,
            set: { kind: 'group', key: 'slot', label: String(size) } as const,
          })),
          ...tally.evidence(setOfTypes(snapshot, descriptorsWith(snapshot, Trait.string | Trait.elements))),
        ],
      }),
    ];
  },
};

/** Bytes of its slot that an object needs. */
export function neededBytes(
  kind: 'text' | 'list',
  isEmbedded: boolean,
  length: Count,
  wordBytes: Bytes,
): Bytes {
  if (!isEmbedded) return 5 * wordBytes;
  return kind === 'text' ? 3 * wordBytes + length + 1 : (2 + length) * wordBytes;
}
