import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openHeap } from '../testing/open-heap.ts';
import { randomHeaps } from '../testing/random-heaps.ts';

const DRAWING = `
  vm => App Shop
  App CLASS 500 -> list common
  Shop CLASS 500 -> list2 common
  list ARRAY -> a b
  list2 ARRAY -> b c common
  a STRING 100
  b STRING 200
  c STRING 300
  common ARRAY -> d
  d STRING 400
`;

const asked = async (drawing: string, paths: string[][]) => {
  const { session, info } = await openHeap(drawing);
  return session.ask('sharedOwners', { snapshot: info.id, paths, top: 100 });
};

it('objects below two owners belong to neither: a branch shares only objects within it', async () => {
  // b and common are directly below the root, since both classes lead to them.
  const paths = [
    ['root:vm', 'class:App'],
    ['root:vm', 'class:Shop'],
    ['root:vm', 'objects:Array'],
    ['root:vm', 'objects:(internal) ARRAY'],
    ['root:vm', 'objects:(internal) STRING'],
  ];
  expect(await asked(DRAWING, paths)).toEqual(
    [
      { from: 0, to: 3, objects: 1, shallowBytes: 40 },
      { from: 1, to: 3, objects: 1, shallowBytes: 40 },
      { from: 0, to: 4, objects: 1, shallowBytes: 200 },
      { from: 1, to: 4, objects: 1, shallowBytes: 200 },
    ].sort((a, b) => b.objects - a.objects || b.shallowBytes - a.shallowBytes),
  );
});

it('an owner shares nothing with what it owns', async () => {
  const paths = [['root:vm'], ['root:vm', 'class:App'], ['root:vm', 'class:App', 'objects:(internal) ARRAY']];
  expect(await asked(DRAWING, paths)).toEqual([]);
});

it('sums are of distinct objects, and never between a branch and itself', async () => {
  await fc.assert(
    fc.asyncProperty(randomHeaps, async drawing => {
      const { session, info } = await openHeap(drawing);
      const nodes = await session.ask('mergedTree', {
        snapshot: info.id,
        set: { kind: 'all' },
        path: [],
        overhead: true,
        maxNodes: 60,
        minShare: 0,
        levels: 2,
      });
      const paths: string[][] = [];
      const pathOf = nodes.map(() => [] as string[]);
      for (const [at, { parent, step }] of nodes.entries()) {
        if (parent < 0 || step === null) continue;
        pathOf[at] = [...pathOf[parent]!, step];
        paths.push(pathOf[at]!);
      }
      const shared = await session.ask('sharedOwners', { snapshot: info.id, paths, top: 1000 });
      for (const { from, to, objects, shallowBytes } of shared) {
        const [set] = await session.ask('setSizes', {
          snapshot: info.id,
          sets: [{ kind: 'branch', path: paths[to]! }],
        });
        expect(from).not.toBe(to);
        expect(objects).toBeLessThanOrEqual(set!.objects);
        expect(shallowBytes).toBeLessThanOrEqual(set!.shallowBytes);
      }
    }),
    { numRuns: 15 },
  );
});
