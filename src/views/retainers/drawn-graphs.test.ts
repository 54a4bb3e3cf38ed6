import { expect, test } from 'vitest';
import type { PathNode } from '../../../workers/protocol/paths.ts';
import type { GroupRow } from '../../../workers/protocol/rows.ts';
import { MAX_BOXES } from '../../charts/object-graph/graph.ts';
import {
  exclusionOfEdge,
  foundClasses,
  neighbourhoodGraph,
  neighbourhoodOf,
  withNeighbours,
} from './neighbourhood.ts';
import { initiallyOpen, shownPaths } from './path-nodes.ts';
import { drawnPaths, withoutOwnName } from './paths-graph.ts';

function nodeOf(at: number, parent: number, objects: number): PathNode {
  return {
    parent,
    kind: at === 0 ? 'set' : 'merged',
    step: `step ${at}`,
    object: at,
    address: `0x${at}`,
    referrer: null,
    label: `Class${at}`,
    title: '',
    type: 'OBJECT',
    family: 'object',
    isNamed: false,
    holders: 2,
    isRun: false,
    members: 0,
    objects,
    shallowBytes: objects,
    retainedBytes: objects,
    more: false,
    isPoint: false,
  };
}

test('merged paths draw at most 200 boxes, and say how many more would be open', () => {
  // A node for all, 50 roots below it, 50 nodes below each root: all open, all requested.
  const nodes = [nodeOf(0, -1, 2500)];
  for (let root = 1; root <= 50; root++) nodes.push(nodeOf(root, 0, 50));
  for (let at = 51; at < 51 + 2500; at++) nodes.push(nodeOf(at, 1 + ((at - 51) % 50), 1));
  const paths = shownPaths(nodes);
  const wanted = new Map(paths.keys.map(key => [key, 100]));
  const { graph, omitted } = drawnPaths(paths, 'fromRoots', new Set(paths.keys), wanted, new Map());
  expect(graph.boxes.length).toBeLessThanOrEqual(MAX_BOXES);
  const real = graph.boxes.filter(({ kind }) => kind !== 'rest').length;
  expect(real).toBeGreaterThan(MAX_BOXES / 2);
  expect(omitted).toBeGreaterThan(0);
  // Every line ends at boxes.
  const ids = new Set(graph.boxes.map(({ id }) => id));
  expect(graph.lines.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
  expect(initiallyOpen(paths).size).toBeLessThanOrEqual(60);
});

test('a graph of neighbours stops at 200 boxes, and continues from there', () => {
  const group = (label: string): GroupRow => ({
    label,
    objects: 3,
    shallowBytes: 10,
    retainedBytes: 10,
    meanAge: null,
    origin: null,
    type: 'OBJECT',
    family: 'object',
  });
  const found = foundClasses(
    Array.from({ length: 300 }, (_, at) => ({ group: group(`C${at}`), references: at + 1 })),
  );
  const start = neighbourhoodOf({ kind: 'class', group: group('Start') });
  const grown = withNeighbours(start, 'class Start', 'references', { total: 300, offset: 0, found });
  const graph = neighbourhoodGraph(grown, 'class Start');
  expect(graph.boxes).toHaveLength(MAX_BOXES);
  expect(grown.boxes.get('class Start')?.references).toEqual({ total: 300, asked: MAX_BOXES - 1 });
  const [line] = graph.lines;
  expect(line).toMatchObject({ name: '1', description: 'Start × 3 have 1 reference to C0 × 3' });
  expect(exclusionOfEdge(grown, line!.id)).toEqual({
    kind: 'reference',
    from: { kind: 'class', label: 'Start' },
    to: { kind: 'class', label: 'C0' },
  });
});

test('a line to a class does not repeat its name', () => {
  expect(withoutOwnName('constant Order', 'Shop::Order')).toBe('constant');
  expect(withoutOwnName('superclass, constant Base', 'Base')).toBe('superclass, constant');
  expect(withoutOwnName('@items', '[3]')).toBe('@items');
  expect(withoutOwnName('[0]', '')).toBe('[0]');
});
