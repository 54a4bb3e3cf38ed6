import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squarify } from '../../../workers/protocol/squarify.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { treeNode } from '../../../workers/testing/tree-node.ts';
import { tileAt } from './hit-test.ts';
import { contentRect, layoutTreemap, type TreemapLayout, tileRect } from './layout.ts';
import { firstInside, tileInDirection } from './move-focus.ts';
import { zoomBetween } from './same-tile.ts';
import { childrenOf, subtree, summariseTree } from './summarise.ts';

const node = (parent: number, bytes: number, more: Partial<TreeNode> = {}): TreeNode =>
  treeNode({ parent, kind: 'object', label: 'String', type: 'STRING', bytes, ...more });

/** Random trees in the order of the protocol, whose children's bytes add up. */
const trees = fc
  .array(fc.record({ above: fc.nat(), bytes: fc.integer({ min: 1, max: 1_000_000 }) }), {
    minLength: 1,
    maxLength: 120,
  })
  .map(drawn => {
    const nodes = [node(-1, 0, { kind: 'all', object: null })];
    for (const { above, bytes } of drawn) {
      nodes.push(node(above % nodes.length, bytes, { object: nodes.length }));
    }
    for (let i = nodes.length - 1; i > 0; i--) {
      const own = nodes.filter(other => other.parent === i);
      if (own.length > 0) nodes[i]!.bytes = own.reduce((sum, child) => sum + child.bytes, 0);
    }
    nodes[0]!.bytes = nodes.filter(other => other.parent === 0).reduce((sum, child) => sum + child.bytes, 0);
    return nodes;
  });

const sizes = fc.record({
  widthPx: fc.integer({ min: 1, max: 1600 }),
  heightPx: fc.integer({ min: 1, max: 1200 }),
});

const tolerance = 1e-6;

describe('squarify', () => {
  it('reproduces the example of the squarified treemap paper', () => {
    const placed: number[][] = [];
    squarify([6, 6, 4, 3, 2, 2, 1], { leftPx: 0, topPx: 0, widthPx: 6, heightPx: 4 }, (_, ...rect) =>
      placed.push(rect.map(value => Math.round(value * 100) / 100)),
    );
    expect(placed.slice(0, 4)).toEqual([
      [0, 0, 3, 2],
      [0, 2, 3, 2],
      [3, 0, 1.71, 2.33],
      [4.71, 0, 1.29, 2.33],
    ]);
  });

  it('places tiles of extreme sizes', () => {
    const areas: number[] = [];
    squarify([1e15, 1, 1], { leftPx: 0, topPx: 0, widthPx: 100, heightPx: 10 }, (_i, _x, _y, w, h) =>
      areas.push(w * h),
    );
    expect(areas.reduce((a, b) => a + b)).toBeCloseTo(1000);
  });
});

describe('layoutTreemap', () => {
  it('divides every tile among its children without overlap, in proportion, and without remainder', () => {
    fc.assert(
      fc.property(trees, sizes, (nodes, size) => {
        const layout = layoutTreemap(summariseTree(nodes), size);
        for (const position of layout.placed) {
          if (layout.divided[position]) checkChildren(layout, position);
        }
      }),
    );
  });

  it('keeps the order of equal children, and puts the rest last', () => {
    const tree = summariseTree([
      node(-1, 100, { kind: 'all' }),
      node(0, 70, { kind: 'remainder' }),
      node(0, 10, { label: 'first' }),
      node(0, 10, { label: 'second' }),
      node(0, 10, { kind: 'self' }),
    ]);
    expect([...childrenOf(tree, 0)]).toEqual([2, 3, 4, 1]);
  });

  it('lays out a tree that is as deep as it has nodes', () => {
    const nodes = [node(-1, 100, { kind: 'all' })];
    for (let i = 0; i < 100_000; i++) nodes.push(node(i, 100));
    const layout = layoutTreemap(summariseTree(nodes), { widthPx: 800, heightPx: 600 });
    expect(layout.placed.length).toBeGreaterThan(10);
  });

  it('has no tiles without room', () => {
    const layout = layoutTreemap(summariseTree([node(-1, 1)]), { widthPx: 0, heightPx: 0 });
    expect(layout.placed.length).toBe(0);
  });
});

describe('tileAt', () => {
  it('finds the innermost tile under any point of it', () => {
    fc.assert(
      fc.property(trees, sizes, (nodes, size) => {
        const layout = layoutTreemap(summariseTree(nodes), size);
        for (const position of layout.placed) {
          const { leftPx, topPx, widthPx, heightPx } = tileRect(layout, position);
          if (position === 0 || layout.divided[position] || widthPx * heightPx < 1e-3) continue;
          expect(tileAt(layout, { xPx: leftPx + widthPx / 2, yPx: topPx + heightPx / 2 })).toBe(position);
        }
      }),
    );
  });

  it('finds nothing outside the frame', () => {
    const layout = layoutTreemap(summariseTree([node(-1, 1, { kind: 'all' }), node(0, 1)]), {
      widthPx: 10,
      heightPx: 10,
    });
    expect(tileAt(layout, { xPx: 5, yPx: 5 })).toBe(1);
    expect(tileAt(layout, { xPx: 10, yPx: 5 })).toBe(-1);
    expect(tileAt(layout, { xPx: 5, yPx: -1 })).toBe(-1);
  });
});

describe('moving the focus', () => {
  const quarters = layoutTreemap(
    summariseTree([node(-1, 4, { kind: 'all' }), ...[1, 2, 3, 4].map(object => node(0, 1, { object }))]),
    { widthPx: 100, heightPx: 100 },
  );

  it('goes to the neighbour in the direction, and stays at the edge', () => {
    // Two columns of two: 1 over 2, 3 and 4 beside them.
    expect(tileInDirection(quarters, 1, 'down')).toBe(2);
    expect(tileInDirection(quarters, 2, 'up')).toBe(1);
    expect(tileInDirection(quarters, 1, 'left')).toBe(1);
    const right = tileInDirection(quarters, 1, 'right');
    expect([3, 4]).toContain(right);
    expect(tileInDirection(quarters, right, 'left')).toBe(1);
  });

  it('starts at the largest tile', () => {
    expect(tileInDirection(quarters, -1, 'right')).toBe(1);
    expect(firstInside(quarters, 0)).toBe(1);
    expect(firstInside(quarters, 1)).toBeNull();
  });
});

describe('zoomBetween', () => {
  const nodes = [
    node(-1, 10, { kind: 'all' }),
    node(0, 6, { object: 7 }),
    node(0, 4, { object: 8 }),
    node(1, 6, { object: 9 }),
  ];
  const size = { widthPx: 100, heightPx: 100 };
  const whole = layoutTreemap(summariseTree(nodes), size);
  const inner = layoutTreemap(summariseTree(subtree(nodes, 1)), size);

  it('zooms into the tile that became the root, and out of it again', () => {
    expect(zoomBetween(whole, inner)).toEqual({ direction: 'in', tile: tileRect(whole, 1) });
    expect(zoomBetween(inner, whole)).toEqual({ direction: 'out', tile: tileRect(whole, 1) });
  });

  it('does not zoom where only detail was added', () => {
    expect(zoomBetween(whole, layoutTreemap(summariseTree(nodes.slice(0, 3)), size))).toBeNull();
  });
});

function checkChildren(layout: TreemapLayout, position: number): void {
  const { tree } = layout;
  const inside = contentRect(layout, position);
  const children = [...childrenOf(tree, position)];
  const insideArea = inside.widthPx * inside.heightPx;
  const total = children.reduce((sum, child) => sum + tree.nodes[child]!.bytes, 0);
  let areas = 0;
  for (const child of children) {
    const rect = tileRect(layout, child);
    expect(rect.leftPx).toBeGreaterThanOrEqual(inside.leftPx - tolerance);
    expect(rect.topPx).toBeGreaterThanOrEqual(inside.topPx - tolerance);
    expect(rect.leftPx + rect.widthPx).toBeLessThanOrEqual(inside.leftPx + inside.widthPx + tolerance);
    expect(rect.topPx + rect.heightPx).toBeLessThanOrEqual(inside.topPx + inside.heightPx + tolerance);
    const area = rect.widthPx * rect.heightPx;
    areas += area;
    expect(Math.abs(area - (tree.nodes[child]!.bytes / total) * insideArea)).toBeLessThan(
      tolerance * insideArea,
    );
  }
  expect(Math.abs(areas - insideArea)).toBeLessThan(tolerance * insideArea);
  for (const [index, child] of children.entries()) {
    for (const other of children.slice(index + 1))
      expect(overlap(layout, child, other)).toBeLessThan(tolerance * insideArea);
  }
}

function overlap(layout: TreemapLayout, one: number, other: number): number {
  const a = tileRect(layout, one);
  const b = tileRect(layout, other);
  const width = Math.min(a.leftPx + a.widthPx, b.leftPx + b.widthPx) - Math.max(a.leftPx, b.leftPx);
  const height = Math.min(a.topPx + a.heightPx, b.topPx + b.heightPx) - Math.max(a.topPx, b.topPx);
  return Math.max(0, width) * Math.max(0, height);
}
