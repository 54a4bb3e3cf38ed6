import { allocationOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { inStrides, part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { shortPath } from '../../protocol/origin.ts';
import { equalObjectsOf, type Hashed } from './equal-groups.ts';
import type { FindingKind } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { minWasteBytes, stringsOf, wasteThreshold } from './sweeps.ts';
import { textsOf } from './texts.ts';

/** Equal strings that one line allocated repeatedly, by file. */
export const unfrozenLiterals: FindingKind = {
  kind: 'unfrozen-literals',
  group: 'waste',
  method:
    'Groups strings by the line that allocated them, their length and a 32-bit hash of their text, without interned strings, which Ruby stores only once. The saving is the sum of all but the largest of each group: the most that “# frozen_string_literal: true” would give back in each file. This is an estimate, because a dump does not distinguish a literal from a string that was read or built on that line.',
  reference: 'Strings by location of memory_profiler; the frozen string literals of Ruby 2.3.',
  cost: 'O(n), 18 bytes a text',
  thresholds: [wasteThreshold('literals')],

  *find(context) {
    const { snapshot } = context;
    const { flags, pair, pairs, allocations } = snapshot;
    const texts = yield* part(0, 0.3, textsOf(context));
    const placeOfSite = placesOf(snapshot);
    const found: Hashed = {
      objects: new Uint32Array(texts.count),
      hashes: new Uint32Array(texts.count),
      count: 0,
    };
    const sweep = (start: number, stop: number) => {
      for (let at = start; at < stop; at++) {
        const object = texts.objects[at]!;
        if ((flags[object]! & ObjectFlag.fstring) !== 0) continue;
        const place = placeOfSite[allocations.site[pairs.allocation[pair[object]!]!]!]!;
        if (place === 0) continue;
        found.objects[found.count] = object;
        found.hashes[found.count++] = (texts.hashes[at]! ^ Math.imul(place, 0x85ebca6b)) >>> 0;
      }
    };
    yield* part(0.3, 0.5, inStrides(texts.count, sweep));
    const placeOf = (object: number) => placeOfSite[allocations.site[allocationOf(snapshot, object)]!]!;
    const isSamePlace = (object: number, other: number) => placeOf(object) === placeOf(other);
    const { tally, groups } = yield* part(0.5, 1, equalObjectsOf(context, found, isSamePlace));
    if (tally.bytes < minWasteBytes(context, 'literals')) return [];
    const files = tally.byFile(stringsOf(snapshot));
    const [first] = files;
    const most =
      first === undefined
        ? ''
        : `, ${formatBytes(first.bytes ?? 0)} of it in ${shortPath(first.label, context.applicationRoot)}`;
    return [
      wasteFinding(tally, {
        id: 'unfrozen-literals',
        title: 'Literals that are not frozen',
        sentence: `${formatCountOf(tally.objects, 'string')} ${tally.objects === 1 ? 'has' : 'have'} the text of another one that the same line allocated: frozen literals would give back up to ${formatBytes(tally.bytes)}${most}.`,
        certainty: 'estimate',
        figures: { groups },
        evidence: [...files, ...tally.evidence(stringsOf(snapshot))],
      }),
    ];
  },
};

/**
 * Site → number of its file and line, from 1; 0 = untraced. Several sites can have one line, in different methods.
 * O(sites).
 */
function placesOf({ sites }: HeapSnapshot): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(sites.file, (file, site) => {
    if (site === 0) return 0;
    const key = `${file}:${sites.line[site]}`;
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    return number;
  });
}
