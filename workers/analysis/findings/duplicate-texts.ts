import { hasTrait } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { EqualGroups } from './equal-groups.ts';
import type { FindingKind } from './finding-kind.ts';
import { plainFinding } from './state-finding.ts';
import { eachObject, leastWaste, wasteThreshold } from './sweeps.ts';
import { WasteTally } from './waste-tally.ts';

/** Groups that are shown as evidence. */
const GROUPS = 5;

/** Strings with the same text. */
export const duplicateTexts: FindingKind = {
  kind: 'duplicate-strings',
  group: 'waste',
  method:
    'Strings whose texts have the same hash of 32 bits and length. A few other texts have that by chance, so this is an upper bound; texts are not read here. What sharing gives back is the sum of all but the largest of each group. Only strings whose text the dump has count.',
  reference: 'Duplicate strings of JXRay and of the Java collector\u2019s string deduplication (JEP 192).',
  cost: 'O(n), 28 bytes a text',
  thresholds: [wasteThreshold('strings')],

  *find(context) {
    const { snapshot, retention } = context;
    const { pair, pairs, flags, descriptors, contentHash, contentLength } = snapshot;
    const isText = Uint8Array.from(descriptors.type, (_, id) =>
      hasTrait(snapshot, id, Trait.text) && !hasTrait(snapshot, id, Trait.symbol) ? 1 : 0,
    );
    // Hash and length are the key.
    const groups = new EqualGroups(snapshot, () => true);
    const tally = new WasteTally(snapshot, retention);
    let hashes = 0;
    let lengths = 0;
    yield* eachObject(snapshot, object => {
      const length = (flags[object]! & ObjectFlag.hasLength) === 0 ? 0 : contentLength.values[lengths++]!;
      if ((flags[object]! & ObjectFlag.hasValue) === 0) return;
      const hash = (contentHash.values[hashes++]! ^ Math.imul(length, 0x9e3779b1)) >>> 0;
      if (isText[pairs.descriptor[pair[object]!]!] === 0) return;
      const spare = groups.add(object, hash);
      if (spare !== null) tally.add(object, spare);
    });
    if (tally.bytes < leastWaste(context, 'strings')) return [];
    return [
      plainFinding({
        id: 'duplicate-strings',
        title: 'Strings with the same text',
        sentence: `${formatCountOf(tally.objects, 'string')} have the text of another one; sharing them would give back up to ${formatBytes(tally.bytes)}.`,
        bytes: tally.bytes,
        objects: tally.objects,
        certainty: 'estimate',
        objectsShown: tally.objectsShown,
        figures: { groups: groups.repeated },
        evidence: [...groups.evidence(GROUPS), ...tally.evidence(null)],
      }),
    ];
  },
};
