import type { Retention } from '../../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot, hasTrait } from '../../model/heap-snapshot.ts';
import type { FindingEvidence } from '../../protocol/findings.ts';
import type { ObjectIndex } from '../../protocol/units.ts';
import { Trait } from '../../protocol/vocabulary.ts';
import { capturedSelf } from '../captured-self.ts';
import { isInstance, labelOf } from './owner.ts';
import { retainedTogether } from './retained-together.ts';

/** Maximum number of classes shown. */
const ROWS = 3;

/**
 * The objects that are held only by given blocks, as their captured self: a callback created in a method retains the
 * receiver of that method. Class label → objects, each once. O(references of the blocks).
 */
export function capturedSelves(
  snapshot: HeapSnapshot,
  { tree }: Retention,
  objects: Iterable<ObjectIndex>,
): Map<string, ObjectIndex[]> {
  const found = new Map<string, ObjectIndex[]>();
  for (const block of objects) {
    if (!hasTrait(snapshot, descriptorOf(snapshot, block), Trait.block)) continue;
    const self = capturedSelf(snapshot, block);
    if (self < 0 || !isInstance(snapshot, self)) continue;
    if (tree.vertex[tree.dominator[tree.position[self]!]!] !== block) continue;
    const label = labelOf(snapshot, self);
    const known = found.get(label);
    if (known === undefined) found.set(label, [self]);
    else known.push(self);
  }
  return found;
}

/** Rows for the classes with the most bytes. Objects that others hold as well are left out. */
export function capturedRows(
  retention: Retention,
  selves: ReadonlyMap<string, readonly ObjectIndex[]>,
  blockLabel: string,
): FindingEvidence[] {
  return [...selves]
    .map(([label, objects]): FindingEvidence & { bytes: number } => ({
      label,
      detail: `captured as self, and held by the ${blockLabel} alone`,
      objects: objects.length,
      bytes: retainedTogether(retention, objects),
      object: null,
      set: {
        kind: 'and',
        sets: [
          { kind: 'group', key: 'dominator', label: blockLabel },
          { kind: 'group', key: 'class', label },
        ],
      },
    }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, ROWS);
}
