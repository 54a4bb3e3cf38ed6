import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GraphBox, ObjectGraph } from './graph.ts';
import {
  BOX_HEIGHT_PX,
  BOX_WIDTH_PX,
  boundsOf,
  LINE_OVERHANG_PX,
  lineCurve,
  loadLayout,
  type Place,
  type Places,
  placesAfter,
  pointAt,
} from './layout.ts';
import { boxInDirection } from './walk.ts';

function boxOf(id: string): GraphBox {
  return {
    id,
    kind: 'objects',
    name: id,
    count: '',
    figures: '',
    description: id,
    family: null,
    share: null,
    isPoint: false,
    isMember: false,
    handle: null,
  };
}

/** A tree with a box for each entry: each is attached to an earlier box. */
function treeOf(parents: readonly number[]): ObjectGraph {
  const boxes = ['0', ...parents.map((_, at) => String(at + 1))].map(boxOf);
  const lines = parents.map((parent, at) => {
    const [from, to] = [String(parent % (at + 1)), String(at + 1)];
    return { id: `${from} ${to}`, from, to, share: 1 / (at + 1), name: '', description: '' };
  });
  return { boxes, lines };
}

const overlap = (a: Place, b: Place) =>
  Math.abs(a.x - b.x) < BOX_WIDTH_PX && Math.abs(a.y - b.y) < BOX_HEIGHT_PX;

test('a graph that grows and shrinks: drawn boxes do not move, and no boxes overlap', async () => {
  const layOut = await loadLayout();
  const parents = fc.array(fc.nat(30), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(parents, fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), (tree, cuts) => {
      let drawn: Places = new Map();
      const known = new Map<string, Place>();
      for (const cut of [...cuts, tree.length]) {
        const graph = treeOf(tree.slice(0, cut));
        const before = drawn;
        drawn = placesAfter(before, known, graph, layOut(graph));
        for (const [id, place] of drawn) known.set(id, place);
        const places = graph.boxes.map(({ id }) => drawn.get(id)!);
        for (const { id } of graph.boxes) {
          if (before.has(id)) expect(drawn.get(id)).toEqual(before.get(id));
        }
        for (const [at, place] of places.entries()) {
          expect(places.slice(at + 1).some(other => overlap(place, other))).toBe(false);
        }
        // Only boxes that are still there count as drawn the next time.
        drawn = new Map(graph.boxes.map(({ id }) => [id, drawn.get(id)!]));
      }
    }),
    { numRuns: 12 },
  );
});

test('boxes without a common start are in the order of the graph, each beside what it leads to', async () => {
  const layOut = await loadLayout();
  const { boxes, lines } = treeOf([0, 1, 2]);
  const starts = ['a', 'b', 'c'].map(boxOf);
  const late = { id: 'late', from: 'c', to: '3', share: 0, name: '', description: '' };
  for (const all of [lines, [...lines, late]]) {
    const places = layOut({ boxes: [...boxes, ...starts], lines: all });
    const height = (id: string) => places.get(id)!.y;
    expect(height('0')).toBeLessThan(height('a'));
    expect(height('a')).toBeLessThan(height('b'));
    expect(places.get('a')!.x).toBe(places.get('0')!.x);
    expect(places.get('c')!.x).toBe(places.get(all.includes(late) ? '2' : '0')!.x);
  }
});

test('the boxes below a box of a tree are in the order of the graph, and no lines cross', async () => {
  const layOut = await loadLayout();
  fc.assert(
    fc.property(fc.array(fc.nat(30), { minLength: 2, maxLength: 40 }), parents => {
      const { boxes, lines } = treeOf(parents);
      const places = layOut({ boxes, lines });
      const order = lines.map(({ from, to }) => ({ from: places.get(from)!, to: places.get(to)! }));
      for (const [at, one] of order.entries()) {
        for (const other of order.slice(at + 1)) {
          if (one.from === other.from) expect(one.to.y).toBeLessThan(other.to.y);
          else if (one.from.x === other.from.x)
            expect(Math.sign(one.from.y - other.from.y)).toBe(Math.sign(one.to.y - other.to.y));
        }
      }
    }),
    { numRuns: 10 },
  );
});

test('arrow keys lead along the widest line, and within a layer', async () => {
  const graph = treeOf([0, 0, 1]);
  const places = (await loadLayout())(graph);
  expect(boxInDirection(graph, places, '0', 'out')).toBe('1');
  expect(boxInDirection(graph, places, '1', 'out')).toBe('3');
  expect(boxInDirection(graph, places, '3', 'out')).toBe('3');
  expect(boxInDirection(graph, places, '2', 'in')).toBe('0');
  const below = boxInDirection(graph, places, '1', 'down');
  const above = boxInDirection(graph, places, '1', 'up');
  expect(new Set([below, above])).toEqual(new Set(['1', '2']));
});

test('lines stay near the rectangle around all boxes, even those that lead back', () => {
  const place = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -600, max: 600 }) });
  fc.assert(
    fc.property(place, place, (from, to) => {
      const bounds = boundsOf(
        new Map([
          ['from', from],
          ['to', to],
        ]),
      );
      for (let step = 0; step <= 50; step++) {
        const { x, y } = pointAt(lineCurve(from, to), step / 50);
        expect(x).toBeGreaterThanOrEqual(bounds.x - LINE_OVERHANG_PX);
        expect(x).toBeLessThanOrEqual(bounds.x + bounds.width + LINE_OVERHANG_PX);
        expect(y).toBeGreaterThanOrEqual(bounds.y - LINE_OVERHANG_PX);
        expect(y).toBeLessThanOrEqual(bounds.y + bounds.height + LINE_OVERHANG_PX);
      }
    }),
  );
});
