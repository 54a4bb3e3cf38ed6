import { addressOf } from '../../model/heap-snapshot.ts';
import { ObjectFlag } from '../../model/object-flags.ts';
import { part, STRIDE } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCount, formatShare } from '../../protocol/format/counts.ts';
import { topLevelClass } from '../top-level.ts';
import { holderEvidence } from './evidence.ts';
import type { FindingKind, RankedFinding } from './finding-kind.ts';
import { codeDescriptors } from './growth.ts';
import { heapBytes, isRuntimes } from './heap-facts.ts';
import { namedAfter, nameInSentence, ofOwner, ownerOf } from './owner.ts';
import { plainFinding } from './state-finding.ts';

const MOST = 5;

/** Containers of an untraced dump that have both old and young elements. */
export const growingUntraced: FindingKind = {
  kind: 'growing-untraced',
  group: 'leak',
  method:
    'For dumps without tracing: objects that immediately dominate many others, most of which are old (they survived several GCs) while some are young. This suggests that elements are added and few are removed. It is weak evidence: a cache that replaces its entries slowly looks the same, and after several GCs everything is old.',
  reference:
    'Old and young objects of the generational collector. Two dumps, or tracing, give better evidence.',
  cost: 'O(n), 8 bytes an object',
  thresholds: [
    { name: 'untraced.elements', label: 'elements', unit: 'count', min: 20, max: 100_000, usual: 200 },
    { name: 'untraced.young', label: 'young share', unit: 'share', min: 0.01, max: 0.5, usual: 0.02 },
    { name: 'untraced.share', label: 'share of the heap', unit: 'share', min: 0.001, max: 0.5, usual: 0.01 },
  ],

  *find(context) {
    const { snapshot, retention, threshold } = context;
    const { tree, retained } = retention;
    const { flags, pair, pairs, objects } = snapshot;
    if (snapshot.facts.tracedObjects > 0) return [];
    const isCode = codeDescriptors(snapshot);
    const young = new Uint32Array(tree.length);
    const old = new Uint32Array(tree.length);
    for (let at = 1; at < tree.length; at++) {
      if (at % STRIDE === 0) yield (0.8 * at) / tree.length;
      const object = tree.vertex[at]!;
      if (object >= objects || isCode[pairs.descriptor[pair[object]!]!] === 1) continue;
      if ((flags[object]! & ObjectFlag.old) !== 0) old[tree.dominator[at]!]!++;
      else young[tree.dominator[at]!]!++;
    }
    const least = Math.max(2 ** 16, heapBytes(snapshot) * threshold('untraced.share'));
    const candidates: number[] = [];
    for (let at = 1; at < tree.length; at++) {
      const all = young[at]! + old[at]!;
      if (all < threshold('untraced.elements') || retained[at]! < least || tree.vertex[at]! >= objects)
        continue;
      const share = young[at]! / all;
      if (share >= threshold('untraced.young') && share <= 0.5) candidates.push(at);
    }
    if (candidates.length === 0) return [];
    const referrers = yield* part(0.8, 1, context.referrers());
    const topLevel = topLevelClass(snapshot);
    const found: RankedFinding[] = [];
    for (const at of candidates.sort((a, b) => retained[b]! - retained[a]!)) {
      const object = tree.vertex[at]!;
      const owner = ownerOf({ snapshot, retention, referrers }, object);
      if (object === topLevel || isRuntimes(snapshot, object, owner)) continue;
      const all = young[at]! + old[at]!;
      const share = young[at]! / all;
      found.push(
        plainFinding({
          id: `growing-untraced ${addressOf(snapshot, object)}`,
          title: `${namedAfter(snapshot, owner, object)} may be growing`,
          sentence: `${nameInSentence(snapshot, object)}${ofOwner(snapshot, owner, object)} may be growing: of ${formatCount(all)} objects ${formatShare(share)} are young and the others old; it keeps ${formatBytes(retained[at]!)} alive. Nothing was traced, so this is weak evidence.`,
          bytes: retained[at]!,
          objects: all,
          certainty: 'evidence',
          objectsShown: [addressOf(snapshot, object)],
          figures: { young: young[at]!, old: old[at]! },
          evidence: [holderEvidence(snapshot, retention, object)],
          set: { kind: 'dominatedBy', object },
        }),
      );
      if (found.length === MOST) break;
    }
    return found;
  },
};
