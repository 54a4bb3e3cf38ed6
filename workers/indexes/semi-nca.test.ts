import { describe, expect, test } from 'vitest';
import { runToEnd } from '../model/steps.ts';
import { dominatorsByIteration } from '../testing/oracle-graph.ts';
import { dominatorTree } from './dominator-tree.ts';
import { BUCKET } from './edge-buckets.ts';
import { numberReachable } from './reachability.ts';
import type { RetentionEdges } from './retention-edges.ts';
import { scatteredStrategy } from './scattered/choose-strategy.ts';
import { immediateDominators } from './semi-nca.ts';
import { SpareColumns } from './spare-columns.ts';
import { nearStrategy } from './strategy.ts';

/** More than one bucket of numbers. */
const OBJECTS = BUCKET + 20_000;

/** Pseudo-random numbers, the same in each run (G. Marsaglia, Xorshift RNGs, 2003). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** A heap whose objects refer to some objects within reach, possibly themselves, and to their class. */
function drawHeap(seed: number, reach: number, mostReferences: number) {
  const random = randomNumbers(seed);
  const lists = Array.from({ length: OBJECTS }, (_, object) =>
    Array.from(
      { length: random(mostReferences + 1) },
      () => (object + OBJECTS - (reach >> 3) + random(reach)) % OBJECTS,
    ),
  );
  const classObjects = Int32Array.from({ length: 20 }, (_, at) => (at === 0 ? -1 : random(OBJECTS)));
  const pair = Uint32Array.from({ length: OBJECTS }, () => random(classObjects.length));
  const roots = [5, 1, 30].map((length, kind) => ({
    name: `root${kind}`,
    objects: Uint32Array.from(new Set(Array.from({ length }, () => random(OBJECTS)))),
  }));
  const first = new Uint32Array(OBJECTS + 1);
  for (let object = 0; object < OBJECTS; object++) first[object + 1] = first[object]! + lists[object]!.length;
  const edges: RetentionEdges = {
    objects: OBJECTS,
    forward: { first, targets: Uint32Array.from(lists.flat()) },
    pair,
    classObjects,
    flags: new Uint16Array(OBJECTS),
    leftOut: 0,
  };
  const successors = lists.map((list, object) => {
    const classObject = classObjects[pair[object]!]!;
    return classObject < 0 ? list : [...list, classObject];
  });
  for (const { objects } of roots) successors.push([...objects]);
  successors.push(roots.map((_, kind) => OBJECTS + kind));
  return { edges, roots, successors };
}

describe.each([
  ['near by', 40, 3, false],
  ['not far', 3000, 3, false],
  ['anywhere', OBJECTS, 3, false],
  ['anywhere', OBJECTS, 5, true],
  // Here paths are long, and are shortened between one bucket and the next.
  ['anywhere, many', OBJECTS, 16, false],
])('a heap of more than one bucket, with references %s', (_, reach, most, scattered) => {
  const { edges, roots, successors } = drawHeap(7 + reach, reach, most);

  test('has the dominators that iterating to a fixed point finds', () => {
    const numbering = runToEnd(
      numberReachable(
        edges,
        roots,
        () => 0,
        scattered ? scatteredStrategy : nearStrategy,
        new SpareColumns(),
      ),
    );
    const spare = new SpareColumns();
    const dominators = runToEnd(immediateDominators(numbering, spare));
    const tree = runToEnd(dominatorTree(numbering, dominators, spare));
    const found = successors.map(() => -1);
    for (let at = 1; at < tree.length; at++) found[tree.vertex[at]!] = tree.vertex[tree.dominator[at]!]!;
    expect(found).toEqual(dominatorsByIteration(successors, successors.length - 1));
    expect(tree.length).toBeGreaterThan(1000);
  });

  test('is numbered in the order of a recursive search', () => {
    const { count, number, vertex, parent, kinds } = runToEnd(
      numberReachable(
        edges,
        roots,
        () => 0,
        scattered ? scatteredStrategy : nearStrategy,
        new SpareColumns(),
      ),
    );
    const visited = new Set<number>();
    const order = [successors.length - 1];
    const parents = [0];
    const stack = [{ node: successors.length - 1, number: 0, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = successors[top.node]![top.next++];
      if (target === undefined) stack.pop();
      else if (!visited.has(target)) {
        visited.add(target);
        stack.push({ node: target, number: order.length, next: 0 });
        parents.push(top.number);
        order.push(target);
      }
    }
    expect([...vertex.subarray(0, count)]).toEqual(order);
    expect([...parent.subarray(0, count)]).toEqual(parents);
    expect(kinds.map(kind => kind.number)).toEqual(roots.map((_root, kind) => order.indexOf(OBJECTS + kind)));
    for (const [at, node] of order.entries()) if (node < OBJECTS) expect(number[node]).toBe(at);
  });

  test('reports progress that never decreases', () => {
    const numbering = runToEnd(
      numberReachable(
        edges,
        roots,
        () => 0,
        scattered ? scatteredStrategy : nearStrategy,
        new SpareColumns(),
      ),
    );
    const steps = immediateDominators(numbering, new SpareColumns());
    const fractions: number[] = [];
    for (let step = steps.next(); step.done !== true; step = steps.next()) fractions.push(step.value);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBeGreaterThanOrEqual(0);
    expect(fractions.at(-1)).toBeLessThanOrEqual(1);
  });
});
