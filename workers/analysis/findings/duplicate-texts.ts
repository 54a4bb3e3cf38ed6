import { part } from '../../model/steps.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { equalObjectsOf } from './equal-groups.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { minWasteBytes, stringsOf, wasteThreshold } from './sweeps.ts';
import { textsOf } from './texts.ts';

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
    const texts = yield* part(0, 0.5, textsOf(context));
    const { tally, groups, evidence } = yield* part(0.5, 1, equalObjectsOf(context, texts, null));
    if (tally.bytes < minWasteBytes(context, 'strings')) return [];
    return [
      wasteFinding(tally, {
        id: 'duplicate-strings',
        title: 'Strings with the same text',
        sentence: `${formatCountOf(tally.objects, 'string')} have the text of another one; sharing them would give back up to ${formatBytes(tally.bytes)}.`,
        certainty: 'estimate',
        figures: { groups },
        evidence: [...evidence.map(copiesOf), ...tally.evidence(stringsOf(context.snapshot))],
      }),
    ];
  },
};

/** A row for one text, which opens the strings that have it. */
function copiesOf(row: FindingEvidence): FindingEvidence {
  if (row.object === null) return row;
  const { address } = row.object;
  const set = { kind: 'filter', text: `copies:${address}` } as const;
  return { ...row, label: `${row.label} at ${address}`, object: null, set };
}
