import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutTree, type TreeCandidate } from './tree-cut.ts';

/** A tree as nested lists; a number is a leaf with that many bytes. */
type Drawn = number | Drawn[];

const bytesOf = (drawn: Drawn): number =>
  typeof drawn === 'number' ? drawn : drawn.reduce<number>((sum, child) => sum + bytesOf(child), 0);

function candidate(drawn: Drawn): TreeCandidate<Drawn> {
  const bytes = bytesOf(drawn);
  return {
    kind: 'object',
    object: 0,
    label: String(bytes),
    title: '',
    type: null,
    family: null,
    isNamed: false,
    generation: null,
    merged: 1,
    step: null,
    bytes,
    objects: 1,
    shallowBytes: bytes,
    retainedBytes: bytes,
    chainLength: 1,
    set: null,
    ref: drawn,
  };
}

function cut(drawn: Drawn, maxNodes: number, minBytes = 1, skip = 0, levels?: number) {
  const minShare = minBytes / bytesOf(drawn);
  return cutTree(
    candidate(drawn),
    { maxNodes, minShare, skip, ...(levels === undefined ? {} : { levels }) },
    (ref, least) => {
      if (typeof ref === 'number') return null;
      const all = ref.map(candidate);
      const small = all.filter(child => child.bytes < least);
      return {
        children: all.filter(child => child.bytes >= least),
        rest: {
          nodes: small.length,
          objects: small.length,
          bytes: small.reduce((sum, child) => sum + child.bytes, 0),
        },
      };
    },
  );
}

const trees = fc.letrec<{ tree: Drawn }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: 1, max: 1000 }),
    fc.array(tie('tree'), { minLength: 1, maxLength: 12 }),
  ),
})).tree;

describe('cutTree', () => {
  it('stops at a level, and marks nodes that have more below', () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: 1, max: 3 }), (drawn, levels) => {
        const all = cut(drawn, 100_000);
        const depthOf = (nodes: typeof all, at: number): number =>
          nodes[at]!.parent < 0 ? 0 : depthOf(nodes, nodes[at]!.parent) + 1;
        const shallow = cut(drawn, 100_000, 1, 0, levels);
        const expected = all.filter((_, at) => depthOf(all, at) <= levels).map(node => node.bytes);
        expect(shallow.map(node => node.bytes).toSorted()).toEqual(expected.toSorted());
        for (const [at, node] of shallow.entries()) {
          const isParent = all.some(child => child.parent >= 0 && all[child.parent]!.bytes === node.bytes);
          if (depthOf(shallow, at) === levels && node.more) expect(isParent).toBe(true);
          if (depthOf(shallow, at) < levels) expect(node.more).toBe(false);
        }
      }),
    );
  });

  it('divides a large node before it lists small siblings', () => {
    const crowd = Array.from({ length: 1000 }, () => 1);
    const nodes = cut([[600, 300], ...crowd], 8);
    expect(nodes.map(node => node.bytes)).toEqual([1900, 900, 600, 300, 1, 1, 998]);
    expect(nodes.at(-1)).toMatchObject({ kind: 'remainder', parent: 0, objects: 998 });
  });

  it('does not divide a node without a child that is large enough', () => {
    const nodes = cut([[1, 1, 1], 50], 100, 2);
    expect(nodes.map(({ bytes, more }) => [bytes, more])).toEqual([
      [53, false],
      [50, false],
      [3, true],
    ]);
  });

  it('opens every remainder by its skip', () => {
    fc.assert(
      fc.property(
        fc.array(trees, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 12 }),
        (tree, max) => {
          const sizes = tree.map(bytesOf).sort((a, b) => b - a);
          const seen: number[] = [];
          for (let skip = 0; ; ) {
            const nodes = cut(tree, max, bytesOf(tree) / 10, skip);
            const children = nodes.filter(node => node.parent === 0);
            expect(nodes[0]!.bytes).toBe(sizes.slice(skip).reduce((sum, bytes) => sum + bytes, 0));
            seen.push(...children.filter(child => child.kind !== 'remainder').map(child => child.bytes));
            const rest = children.find(child => child.kind === 'remainder');
            if (rest === undefined || rest.skip === skip) break;
            expect(rest.skip).toBe(seen.length);
            skip = rest.skip;
          }
          expect(seen).toEqual(sizes.slice(0, seen.length));
        },
      ),
    );
  });

  it('keeps to the limit and the order, and sums add up', () => {
    fc.assert(
      fc.property(
        trees,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (tree, max, min) => {
          const nodes = cut(tree, max, min);
          expect(nodes.length).toBeLessThanOrEqual(Math.max(1, max));
          for (const [at, node] of nodes.entries()) {
            expect(node.parent).toBeLessThan(at);
            const children = nodes.filter(other => other.parent === at);
            if (children.length === 0) continue;
            expect(children.reduce((sum, child) => sum + child.bytes, 0)).toBe(node.bytes);
            const own = children.filter(child => child.kind !== 'remainder').map(child => child.bytes);
            expect(own).toEqual(own.toSorted((a, b) => b - a));
          }
        },
      ),
    );
  });
});
