import { expect, it } from 'vitest';
import { lineId, sliceGraph } from './slice-graph.ts';

it('draws a box for each class and a line for each edge, wider for more references added', () => {
  const graph = sliceGraph({
    label: 'Session',
    classes: [
      { label: 'Session', counts: [10, 31, 73], shallowBytes: [1600, 4960, 11_680] },
      { label: 'Array', counts: [1, 1, 1], shallowBytes: [120, 288, 624] },
    ],
    edges: [
      { level: 1, from: 'Array', to: 'Session', counts: [10, 31, 73], monotone: true },
      { level: 2, from: 'Class', to: 'Array', counts: [1, 1, 1], monotone: false },
      { level: 2, from: 'Array', to: 'Array', counts: [0, 0, 7], monotone: false },
    ],
  });
  expect(graph.boxes.map(({ id, count, isPoint }) => [id, count, isPoint])).toEqual([
    ['Session', ' +63', true],
    ['Array', ' 0', false],
    ['Class', ' 0', false],
  ]);
  expect(graph.boxes[0]!.share).toBe(1);
  expect(graph.lines.map(({ from, to, name, share }) => [from, to, name, share])).toEqual([
    ['Array', 'Session', '+63', 1],
    ['Class', 'Array', '0', 0],
    ['Array', 'Array', '+7', 7 / 63],
  ]);
  expect(graph.lines[0]!.id).toBe(lineId({ from: 'Array', to: 'Session' }));
});
