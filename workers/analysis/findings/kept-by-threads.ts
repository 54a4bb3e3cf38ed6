import { addressOf, descriptorOf, hasTrait, shallowBytesOf } from '../../model/heap-snapshot.ts';
import { formatBytes } from '../../protocol/format/bytes.ts';
import { formatCountOf } from '../../protocol/format/counts.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { compositionOf, mostlyText } from './composition.ts';
import { componentEvidence, holderEvidence, keptByAll } from './evidence.ts';
import type { FindingKind } from './finding-kind.ts';
import { largestOf } from './largest.ts';
import { plainFinding } from './state-finding.ts';
import { minWasteBytes, objectsOfPairs, wasteThreshold } from './sweeps.ts';

const SHOWN = 20;

/** What threads and fibers retain on their stacks and in their storage. */
export const keptByThreads: FindingKind = {
  kind: 'kept-by-threads',
  group: 'state',
  method:
    'What threads and fibers retain besides their own size (the stack): objects in thread-local storage or on the stack that nothing else holds. A fiber that a thread retains counts with the thread.',
  reference: 'Thread overview of Eclipse Memory Analyzer.',
  cost: 'O(n)',
  thresholds: [wasteThreshold('threads', 0.01)],

  *find(context) {
    const { snapshot, retention } = context;
    const { tree, retained } = retention;
    // Threads have one, too.
    const hasStack = Uint8Array.from(snapshot.pairs.descriptor, id =>
      hasTrait(snapshot, id, Trait.stack) ? 1 : 0,
    );
    if (!hasStack.includes(1)) return [];
    const threads = Array.from(yield* objectsOfPairs(snapshot, hasStack)).filter(
      object => tree.position[object] !== 0,
    );
    // A thread that another one holds is part of what that one retains.
    const outer = threads.filter(object => {
      for (let at = tree.dominator[tree.position[object]!]!; at !== 0; at = tree.dominator[at]!) {
        const above = tree.vertex[at]!;
        if (above < snapshot.objects && hasTrait(snapshot, descriptorOf(snapshot, above), Trait.stack))
          return false;
      }
      return true;
    });
    const keeps = (object: number) => retained[tree.position[object]!]! - shallowBytesOf(snapshot, object);
    const bytes = outer.reduce((sum, object) => sum + keeps(object), 0);
    if (bytes < minWasteBytes(context, 'threads')) return [];
    const ranges = outer.map(object => {
      const at = tree.position[object]!;
      return [at + 1, tree.subtreeEnd[at]!] as const;
    });
    const composition = compositionOf(snapshot, retention, ranges);
    const largest = largestOf(outer, SHOWN, keeps);
    return [
      plainFinding({
        id: 'kept-by-threads',
        title: 'Kept by threads and fibers',
        sentence: `${formatCountOf(outer.length, 'thread or fiber', 'threads and fibers')} ${outer.length === 1 ? 'keeps' : 'keep'} ${formatBytes(bytes)} besides ${outer.length === 1 ? 'its stack' : `their stacks, ${formatBytes(keeps(largest[0]!))} one of them`}: mostly ${mostlyText(composition)}.`,
        bytes,
        objects: composition.reduce((sum, { objects }) => sum + objects, 0),
        certainty: 'exact',
        objectsShown: largest.map(object => addressOf(snapshot, object)),
        figures: { threads: outer.length },
        evidence: [
          ...largest.slice(0, 5).map(object => ({
            ...holderEvidence(snapshot, retention, object),
            bytes: keeps(object),
            detail: 'without its stack',
          })),
          ...composition.slice(0, 3).map(component => componentEvidence(component, keptByAll(outer))),
        ],
      }),
    ];
  },
};
