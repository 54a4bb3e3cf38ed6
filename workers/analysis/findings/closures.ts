import { addressOf, descriptorOf, type HeapSnapshot, hasTrait } from '../../model/heap-snapshot.ts';
import { inStrides, part } from '../../model/steps.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { shortSite } from '../../protocol/origin.ts';
import type { Bytes, ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { capturedRows, capturedSelves } from './captured-selves.ts';
import { compositionOf, mostlyText } from './composition.ts';
import { componentEvidence, holderEvidence, keptByAll } from './evidence.ts';
import type { FindingKind, RankedFinding } from './finding-kind.ts';
import { isExplained } from './heap-facts.ts';
import { largestOf } from './largest.ts';
import { plainFinding } from './state-finding.ts';
import { minWasteBytes, NO_PAIR, pairsInTreeOrder, pairsOf, wasteThreshold } from './sweeps.ts';

const MOST = 10;
const SHOWN = 20;

interface SiteOfClosures {
  closures: ObjectIndex[];
  bytes: Bytes;
}

/** Blocks and lambdas that retain what was in scope where they were created. */
export const closures: FindingKind = {
  kind: 'closures',
  group: 'waste',
  method:
    'Adds up what closures retain, by the site that allocated them. This is what nothing else holds: self and the captured local variables. Objects that were captured as self and that nothing else holds are listed by class. If one closure is nested in another, only the outer one counts. Closures inside a growing container are not listed again.',
  reference:
    'Leaks by captured variables, as in "Fixing memory leaks in web applications" (BLeak, PLDI 2018).',
  cost: 'O(n)',
  thresholds: [wasteThreshold('closures', 0.01)],

  *find(context) {
    const { snapshot, retention } = context;
    const { pairs, descriptors, allocations, strings } = snapshot;
    const { tree, retained } = retention;
    const isClosure = Uint8Array.from(descriptors.type, (_, id) =>
      hasTrait(snapshot, id, Trait.block) ? 1 : 0,
    );
    if (!isClosure.includes(1)) return [];
    const bySite = new Map<number, SiteOfClosures>();
    const isOfClosure = pairsOf(snapshot, isClosure);
    const pairAt = yield* part(0, 0.3, pairsInTreeOrder(context));
    // Closures below another one are part of what that one retains.
    let end = 0;
    const sweep = (start: number, stop: number) => {
      for (let at = Math.max(1, start, end); at < stop; at++) {
        const own = pairAt[at]!;
        if (own === NO_PAIR || isOfClosure[own] === 0) continue;
        const site = allocations.site[pairs.allocation[own]!]!;
        const group = bySite.get(site) ?? { closures: [], bytes: 0 };
        bySite.set(site, group);
        group.closures.push(tree.vertex[at]!);
        group.bytes += retained[at]!;
        end = tree.subtreeEnd[at]!;
        at = end - 1;
      }
    };
    yield* part(0.3, 1, inStrides(tree.length, sweep));
    const least = minWasteBytes(context, 'closures');
    const found: RankedFinding[] = [];
    for (const [place, group] of byPlace(snapshot, bySite)) {
      if (group.bytes < least) continue;
      const members = group.closures.filter(object => !isExplained(context, tree.position[object]!));
      const bytes = members.reduce((sum, object) => sum + retained[tree.position[object]!]!, 0);
      if (bytes < least) continue;
      const composition = compositionOf(
        snapshot,
        retention,
        members.map(object => {
          const position = tree.position[object]!;
          return [position, tree.subtreeEnd[position]!] as const;
        }),
      );
      const largest = largestOf(members, SHOWN, object => retained[tree.position[object]!]!);
      const label = strings.text(descriptors.label[descriptorOf(snapshot, largest[0]!)]!);
      const from =
        place === null ? 'without a known site' : `of ${shortSite(place, context.applicationRoot)}`;
      const selves = capturedSelves(snapshot, retention, members);
      const captured = [...selves.values()].reduce((sum, objects) => sum + objects.length, 0);
      found.push(
        plainFinding({
          id: `closures ${place ?? ''}`,
          title: `Closures ${from}`,
          sentence: `${formatCountOf(members.length, label, label)} ${from} ${members.length === 1 ? 'keeps' : 'keep'} ${formatBytes(bytes)} that nothing else holds: mostly ${mostlyText(composition)}.`,
          bytes,
          objects: composition.reduce((sum, { objects }) => sum + objects, 0),
          certainty: 'exact',
          objectsShown: largest.map(object => addressOf(snapshot, object)),
          figures: { closures: members.length, capturedSelves: captured },
          evidence: [
            ...largest.slice(0, 3).map(object => holderEvidence(snapshot, retention, object)),
            ...capturedRows(retention, selves, label),
            ...composition.slice(0, 3).map(component => componentEvidence(component, keptByAll(members))),
          ],
          set:
            place === null
              ? null
              : {
                  kind: 'and',
                  sets: [
                    { kind: 'group', key: 'class', label },
                    { kind: 'group', key: 'site', label: place },
                  ],
                },
        }),
      );
    }
    return found.sort((a, b) => b.rank - a.rank).slice(0, MOST);
  },
};

/** Sites by file and line, null = without one: several methods on one line count as one place. O(sites). */
function byPlace(
  { sites, strings }: HeapSnapshot,
  bySite: ReadonlyMap<number, SiteOfClosures>,
): Map<string | null, SiteOfClosures> {
  const places = new Map<string | null, SiteOfClosures>();
  for (const [site, { closures, bytes }] of bySite) {
    const place = site === 0 ? null : `${strings.text(sites.file[site]!)}:${sites.line[site]}`;
    const known = places.get(place);
    places.set(place, {
      closures: known === undefined ? closures : known.closures.concat(closures),
      bytes: bytes + (known?.bytes ?? 0),
    });
  }
  return places;
}
