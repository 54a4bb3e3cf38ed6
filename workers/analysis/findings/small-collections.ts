import { shallowBytesOf } from '../../model/heap-snapshot.ts';
import { inStrides, part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import { shortSite } from '../../protocol/origin.ts';
import type { FindingContext, FindingKind, RankedFinding } from './finding-kind.ts';
import { wasteFinding } from './state-finding.ts';
import { descriptorsOf, minWasteBytes, objectsWithLength, setOfTypes, wasteThreshold } from './sweeps.ts';
import { intersection, WasteTally } from './waste-tally.ts';

/** Lists and maps that are empty or have one entry. */
export const smallCollections: FindingKind = {
  kind: 'small-collections',
  group: 'waste',
  method:
    'Adds up the shallow sizes of lists and maps of length 0 or 1, by allocation site and by the class of their immediate dominator. An empty collection can be created when it is first needed; one with a single element is often better replaced by a plain variable.',
  reference: 'Small collections of JXRay and of Chis et al., "Patterns of Memory Inefficiency" (ECOOP 2011).',
  cost: 'O(n)',
  thresholds: [wasteThreshold('small')],

  *find(context) {
    const { snapshot, retention } = context;
    const isCollection = descriptorsOf(snapshot, ['list', 'map']);
    const tallies = [new WasteTally(snapshot, retention), new WasteTally(snapshot, retention)];
    const { pair, pairs } = snapshot;
    const objects = yield* part(0, 0.2, objectsWithLength(context));
    const lengths = snapshot.contentLength.values;
    const sweep = (start: number, stop: number) => {
      for (let entry = start; entry < stop; entry++) {
        const object = objects[entry]!;
        if (lengths[entry]! > 1 || isCollection[pairs.descriptor[pair[object]!]!] === 0) continue;
        tallies[lengths[entry]!]!.add(object, shallowBytesOf(snapshot, object));
      }
    };
    yield* part(0.2, 1, inStrides(objects.length, sweep));
    const collections = setOfTypes(snapshot, isCollection);
    return tallies.flatMap((tally, length) => findingOf(context, tally, length, collections));
  },
};

function findingOf(
  context: FindingContext,
  tally: WasteTally,
  length: number,
  collections: ObjectSetSpec | null,
): RankedFinding[] {
  if (tally.bytes < minWasteBytes(context, 'small')) return [];
  const set = intersection(collections, { kind: 'filter', text: `length=${length}` });
  const evidence = tally.evidence(set);
  const what = length === 0 ? 'empty' : 'with one element';
  const name = length === 0 ? 'empty collection' : 'collection';
  const after = length === 0 ? '' : ' of one element';
  const [first] = evidence;
  const site =
    first?.detail === 'allocation site'
      ? `, the most (${formatBytes(first.bytes ?? 0)}) of them from ${shortSite(first.label, context.applicationRoot)}`
      : '';
  return [
    wasteFinding(tally, {
      id: `small-collections ${length}`,
      title: `Collections ${what}`,
      sentence: `${formatCountOf(tally.objects, name)}${after} take ${formatBytes(tally.bytes)}${site}.`,
      certainty: 'exact',
      figures: { length },
      evidence,
      set,
    }),
  ];
}
