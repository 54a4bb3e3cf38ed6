import { addressOf } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import type { ObjectSetSpec } from '../../protocol/object-set.ts';
import { compositionOf, mostlyText } from './composition.ts';
import { componentEvidence, holderEvidence } from './evidence.ts';
import type { FindingKind, RankedFinding } from './finding-kind.ts';
import { plainFinding } from './state-finding.ts';
import { minWasteBytes, wasteThreshold } from './sweeps.ts';

const SHOWN = 20;

/** Objects that only a conservative scan holds, possibly by accident. */
export const doubtfulRoot: FindingKind = {
  kind: 'conservative-root',
  group: 'state',
  method:
    'Lists objects that are retained only by a root that Ruby scans conservatively: any word on a stack or in a register that looks like an address counts as a reference. Such objects may be held by accident, and may be collected by the next GC.',
  reference: 'Boehm, "Space efficient conservative garbage collection" (PLDI 1993).',
  cost: 'O(objects that such a root holds)',
  thresholds: [wasteThreshold('conservative', 0.01)],

  *find(context) {
    const { snapshot, retention } = context;
    const { tree, retained, kinds, kindPositions } = retention;
    const found: RankedFinding[] = [];
    // A file can contain very many kinds of root.
    const doubtful = new Set(snapshot.vocabulary.roots.filter(root => root.doubtful).map(root => root.name));
    const listed = new Set(snapshot.roots.flatMap(({ name }) => (doubtful.has(name) ? [name] : [])));
    for (const [kind, name] of kinds.entries()) {
      const at = kindPositions[kind]!;
      if (!listed.has(name) || at === 0 || retained[at]! < minWasteBytes(context, 'conservative')) continue;
      const end = tree.subtreeEnd[at]!;
      const set: ObjectSetSpec = { kind: 'filter', text: `root:${name}` };
      const composition = compositionOf(snapshot, retention, [[at, end]]);
      const held: number[] = [];
      for (let child = at + 1; child < end; child = tree.subtreeEnd[child]!) held.push(child);
      const largest = held
        .sort((a, b) => retained[b]! - retained[a]!)
        .slice(0, SHOWN)
        .map(child => tree.vertex[child]!);
      found.push(
        plainFinding({
          id: `conservative-root ${name}`,
          title: `Held by ${name} alone`,
          sentence: `${formatCountOf(end - at - 1, 'object')} (${formatBytes(retained[at]!)}) are held by the root ${name} alone, perhaps by accident: mostly ${mostlyText(composition)}.`,
          bytes: retained[at]!,
          objects: end - at - 1,
          certainty: 'evidence',
          objectsShown: largest.map(object => addressOf(snapshot, object)),
          figures: { held: held.length },
          evidence: [
            ...largest.slice(0, 5).map(object => holderEvidence(snapshot, retention, object)),
            ...composition.slice(0, 3).map(component => componentEvidence(component, set)),
          ],
          set,
        }),
      );
    }
    return found;
  },
};
