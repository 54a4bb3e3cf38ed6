import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runToEnd } from '../../model/steps.ts';
import { numberReachable } from '../reachability.ts';
import type { RetentionEdges } from '../retention-edges.ts';
import { immediateDominators } from '../semi-nca.ts';
import { SpareColumns } from '../spare-columns.ts';
import { nearStrategy } from '../strategy.ts';
import { scatteredStrategy } from './choose-strategy.ts';

const RUNS = { seed: 20_261_126, numRuns: 1500 };
const MOST_OBJECTS = 20;
const CACHE = 4;

const anyObject = fc.nat(MOST_OBJECTS - 1);
const drawnHeap = fc.record({
  // Up to six references: more than fit into a row.
  lists: fc.array(fc.array(anyObject, { maxLength: 6 }), { minLength: 1, maxLength: MOST_OBJECTS }),
  classes: fc.array(fc.integer({ min: -1, max: MOST_OBJECTS - 1 }), { minLength: 1, maxLength: 4 }),
  withClasses: fc.boolean(),
  caches: fc.array(fc.boolean(), { minLength: MOST_OBJECTS, maxLength: MOST_OBJECTS }),
  leavingOut: fc.boolean(),
  roots: fc.array(fc.uniqueArray(anyObject, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
});

test('gives the same numbers and dominators as the search for near references', () => {
  fc.assert(
    fc.property(drawnHeap, ({ lists, classes, withClasses, caches, leavingOut, roots }) => {
      const objects = lists.length;
      const drawn = lists.map(list => list.map(target => target % objects));
      const first = new Uint32Array(objects + 1);
      for (const [object, list] of drawn.entries()) first[object + 1] = first[object]! + list.length;
      const edges: RetentionEdges = {
        objects,
        forward: { first, targets: Uint32Array.from(drawn.flat()) },
        pair: Uint32Array.from({ length: objects }, (_, object) => object % classes.length),
        classObjects: withClasses
          ? Int32Array.from(classes, object => (object < 0 ? -1 : object % objects))
          : null,
        flags: Uint16Array.from({ length: objects }, (_, object) => (caches[object] ? CACHE : 1)),
        leftOut: leavingOut ? CACHE : 0,
      };
      const kinds = roots.map((listed, kind) => ({
        name: `root${kind}`,
        objects: Uint32Array.from(new Set(listed.map(object => object % objects))),
      }));
      expect(found(edges, kinds, true)).toEqual(found(edges, kinds, false));
    }),
    RUNS,
  );
});

/** Everything that follows from one of the searches, with columns that hold arbitrary values at first. */
function found(edges: RetentionEdges, roots: { name: string; objects: Uint32Array }[], scattered: boolean) {
  const spare = new SpareColumns();
  for (let column = 0; column < 12; column++) spare.give(new Uint32Array(4096).fill(column + 1));
  const numbering = runToEnd(
    numberReachable(edges, roots, () => 0, scattered ? scatteredStrategy : nearStrategy, spare),
  );
  const { count, number, vertex, parent, kinds } = numbering;
  const tree = { number: [...number], vertex: [...vertex.subarray(0, count)] };
  const parents = [...parent.subarray(0, count)];
  const dominators = runToEnd(immediateDominators(numbering, spare));
  return { count, ...tree, parents, kinds, dominators: [...dominators.subarray(0, count)] };
}
