import { hasTrait } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { equalObjectsOf } from './equal-groups.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { inStrides, leastWaste, wasteThreshold } from './sweeps.ts';

/** Strings with the same text. */
export const duplicateTexts: FindingKind = {
  kind: 'duplicate-strings',
  group: 'waste',
  method:
    'Groups strings by length and a 32-bit hash of their text. Different texts can have the same hash by chance, so this is an upper bound; the texts themselves are not read here. The saving is the sum of all strings but the largest of each group. Only strings whose text is in the dump count.',
  reference: 'Duplicate strings of JXRay and of the Java collector\u2019s string deduplication (JEP 192).',
  cost: 'O(n), 18 bytes a text',
  thresholds: [wasteThreshold('strings')],

  *find(context) {
    const { snapshot } = context;
    const { pair, pairs, flags, descriptors, contentHash, contentLength } = snapshot;
    const isText = Uint8Array.from(descriptors.type, (_, id) =>
      hasTrait(snapshot, id, Trait.text) && !hasTrait(snapshot, id, Trait.symbol) ? 1 : 0,
    );
    // Hash and length are the key. Entries of texts, by the order of their objects.
    const keys = new Uint32Array(contentHash.values.length);
    const texts = new Uint32Array(contentHash.values.length);
    let count = 0;
    let hashes = 0;
    let lengths = 0;
    const collect = (start: number, stop: number) => {
      for (let object = start; object < stop; object++) {
        const own = flags[object]!;
        const length = (own & ObjectFlag.hasLength) === 0 ? 0 : contentLength.values[lengths++]!;
        if ((own & ObjectFlag.hasValue) === 0) continue;
        const key = (contentHash.values[hashes++]! ^ Math.imul(length, 0x9e3779b1)) >>> 0;
        if (isText[pairs.descriptor[pair[object]!]!] === 0) continue;
        keys[count] = key;
        texts[count++] = object;
      }
    };
    yield* part(0, 0.5, inStrides(snapshot.objects, collect));
    const { tally, groups, evidence } = yield* part(
      0.5,
      1,
      equalObjectsOf(context, { objects: texts, hashes: keys, count }, null),
    );
    if (tally.bytes < leastWaste(context, 'strings')) return [];
    return [
      wasteFinding(tally, {
        id: 'duplicate-strings',
        title: 'Strings with the same text',
        sentence: `${formatCountOf(tally.objects, 'string')} have the text of another one; sharing them would give back up to ${formatBytes(tally.bytes)}.`,
        certainty: 'estimate',
        figures: { groups },
        evidence: [...evidence, ...tally.evidence(null)],
      }),
    ];
  },
};
