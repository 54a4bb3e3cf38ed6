import { type Adjacency, addressOf, type HeapSnapshot } from '../../model/heap-snapshot.ts';
import { withThousands } from '../../protocol/digits.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatShare } from '../../protocol/format/counts.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { runLength } from '../top-retained.ts';
import { mostlyText } from './composition.ts';
import { componentEvidence, holderEvidence, keptBy, keptByAll } from './evidence.ts';
import type { FindingContext, RankedFinding } from './finding-kind.ts';
import { heapBytes } from './heap-facts.ts';
import type { HeavyGroup, HeavyObject } from './heavy.ts';
import { largestOf } from './largest.ts';
import { labelOf, namedAfter, nameInSentence, ofOwner } from './owner.ts';

/** Maximum number of steps of a path, and of members of a group, that are shown as evidence. */
const EVIDENCE = 6;
/** Maximum number of members whose referrers are examined, and of referrers of each. */
const ASKED = 5000;
const REFERRERS = 20;
const SHOWN = 20;

/** A finding about one heavy object. `remark`: a sentence about its history, or empty. */
export function objectFinding(
  { snapshot, retention }: FindingContext,
  kind: string,
  { object, accumulation, owner, below, bytes, composition, history }: HeavyObject,
  remark: string,
): RankedFinding {
  const { tree } = retention;
  const share = bytes / heapBytes(snapshot);
  const name = nameInSentence(snapshot, object);
  const of = ofOwner(snapshot, owner, object);
  const list = accumulation.isList
    ? `, the head of a list of ${withThousands(runLength(snapshot, retention, object))} ${labelOf(snapshot, object)},`
    : '';
  return {
    id: `${kind} ${addressOf(snapshot, object)}`,
    title: `${namedAfter(snapshot, owner, object)} keeps ${formatShare(share)} of the heap`,
    sentence: `${name}${of}${list} keeps ${formatBytes(bytes)} alive, ${formatShare(share)} of the heap: mostly ${mostlyText(composition)}.${remark}`,
    bytes,
    objects: composition.reduce((sum, { objects }) => sum + objects, 0),
    certainty: 'exact',
    objectsShown: [addressOf(snapshot, object)],
    figures: { share, depth: accumulation.path.length, ...historyFigures(history) },
    evidence: [
      ...accumulation.path
        .slice(-EVIDENCE)
        .map(step => holderEvidence(snapshot, retention, tree.vertex[step]!)),
      ...composition.slice(0, 3).map(component => componentEvidence(component, keptBy(object, below))),
    ],
    set: { kind: 'dominatedBy', object },
    byGeneration: null,
    rank: bytes,
  };
}

/** A finding about a heavy group. */
export function groupFinding(
  { snapshot, retention }: FindingContext,
  kind: string,
  referrers: Adjacency,
  { label, bytes, members, composition, history }: HeavyGroup,
  remark: string,
): RankedFinding {
  const { position } = retention.tree;
  const share = bytes / heapBytes(snapshot);
  const holder = commonHolder(snapshot, referrers, members);
  const from =
    holder === null ? '' : `, ${formatShare(holder.share)} of them referred to by ${holder.label},`;
  const set: ObjectSetSpec = { kind: 'group', key: 'class', label };
  const retainedOf = (object: ObjectIndex) => retention.retained[position[object]!]!;
  const largest = largestOf(members, SHOWN, retainedOf);
  return {
    id: `${kind} ${label}`,
    title: `${withThousands(members.length)} ${label} keep ${formatShare(share)} of the heap`,
    sentence: `${withThousands(members.length)} ${label} that no single object keeps${from} hold ${formatBytes(bytes)}, ${formatShare(share)} of the heap: mostly ${mostlyText(composition)}.${remark}`,
    bytes,
    objects: composition.reduce((sum, { objects }) => sum + objects, 0),
    certainty: 'exact',
    objectsShown: largest.map(object => addressOf(snapshot, object)),
    figures: {
      share,
      members: members.length,
      ...(holder === null ? {} : { commonHolder: holder.share }),
      ...historyFigures(history),
    },
    evidence: [
      { label, detail: 'all of the class', objects: members.length, bytes, object: null, set },
      ...largest.slice(0, 3).map(object => holderEvidence(snapshot, retention, object)),
      ...composition.slice(0, 3).map(component => componentEvidence(component, keptByAll(members))),
    ],
    set,
    byGeneration: null,
    rank: bytes,
  };
}

function historyFigures({ traced, effective, recent }: HeavyObject['history']): Record<string, number> {
  return traced === 0 ? {} : { traced, effectiveGenerations: effective, recent };
}

/** The class that refers to most of a sample; null if no class refers to a tenth of them. */
function commonHolder(
  snapshot: HeapSnapshot,
  { first, targets }: Adjacency,
  members: readonly ObjectIndex[],
): { label: string; share: number } | null {
  const counts = new Map<string, number>();
  const step = Math.max(1, Math.floor(members.length / ASKED));
  let asked = 0;
  for (let index = 0; index < members.length; index += step) {
    asked++;
    const object = members[index]!;
    const end = Math.min(first[object + 1]!, first[object]! + REFERRERS);
    const labels = new Set<string>();
    for (let at = first[object]!; at < end; at++) labels.add(labelOf(snapshot, targets[at]!));
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const [label, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0]);
  return count < asked / 10 ? null : { label, share: count / asked };
}
