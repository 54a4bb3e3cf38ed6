import { describe, expect, it } from 'vitest';
import type { TreeNode } from '../../../workers/protocol/rows.ts';
import { drawnOwners, firstOpen, ownerTree, pathOfKey } from './owners-graph.ts';

function node(
  parent: number,
  label: string,
  bytes: number,
  step: string | null = `objects:${label}`,
): TreeNode {
  return { parent, label, bytes, step, kind: 'merged', objects: 2, merged: 2, family: 'object' } as TreeNode;
}

const TREE = [
  node(-1, 'Heap', 1000, null),
  node(0, 'Audit', 600),
  node(0, 'Shop', 300),
  node(1, 'Event', 500),
  node(1, 'rest', 100, null),
  node(3, 'String', 400),
];

describe('the graph of owners', () => {
  it('draws owners from the largest on, each below what owns it', () => {
    const tree = ownerTree(TREE);
    const { graph, nodeOf } = drawnOwners(tree, firstOpen(tree), 12);
    expect(graph.boxes.map(({ name }) => name)).toEqual(['Audit', 'Shop', 'Event', 'String']);
    const named = (id: string) => TREE[nodeOf.get(id)!]!.label;
    expect(graph.lines.map(({ from, to }) => [named(from), named(to)])).toEqual([
      ['Audit', 'Event'],
      ['Event', 'String'],
    ]);
    expect(pathOfKey(graph.boxes[3]!.id)).toEqual(['objects:Audit', 'objects:Event', 'objects:String']);
  });

  it('folds an owner with all below it, and says what is left out', () => {
    const tree = ownerTree(TREE);
    const open = firstOpen(tree);
    open.delete(JSON.stringify(['objects:Audit']));
    expect(drawnOwners(tree, open, 12).graph.boxes.map(({ name }) => name)).toEqual(['Audit', 'Shop']);
    expect(drawnOwners(tree, open, 1)).toMatchObject({ omitted: 1 });
  });

  it('draws few boxes at first, and never more than two hundred', () => {
    const many = [
      node(-1, 'Heap', 100_000, null),
      ...Array.from({ length: 500 }, (_, at) => node(0, `C${at}`, 100)),
    ];
    const tree = ownerTree([...many, node(1, 'Deep', 90)]);
    expect(firstOpen(tree).size).toBe(1);
    expect(drawnOwners(tree, firstOpen(tree), 500).graph.boxes).toHaveLength(200);
  });
});
