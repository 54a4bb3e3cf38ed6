import { describe, expect, it } from 'vitest';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { drawnOwners, firstOpen, ownerTree, pathOfKey } from './owners-graph.ts';

function node(
  parent: number,
  label: string,
  bytes: number,
  step: string | null = `objects:${label}`,
): TreeNode {
  return {
    parent,
    label,
    bytes,
    step,
    title: '',
    kind: 'merged',
    objects: 2,
    merged: 2,
    family: 'object',
  } as TreeNode;
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
  it('draws owners from the largest on, each below its owner', () => {
    const tree = ownerTree(TREE);
    const { graph, nodeOf } = drawnOwners(tree, firstOpen(tree));
    expect(graph.boxes.map(({ name }) => name)).toEqual(['Audit', 'Shop', 'Event', 'String']);
    const named = (id: string) => TREE[nodeOf.get(id)!]!.label;
    expect(graph.lines.map(({ from, to }) => [named(from), named(to)])).toEqual([
      ['Audit', 'Event'],
      ['Event', 'String'],
    ]);
    expect(pathOfKey(graph.boxes[3]!.id)).toEqual(['objects:Audit', 'objects:Event', 'objects:String']);
  });

  it('collapses an owner with everything below it, and says what is left out', () => {
    const tree = ownerTree(TREE);
    const open = firstOpen(tree);
    open.delete(JSON.stringify(['objects:Audit']));
    expect(drawnOwners(tree, open).graph.boxes.map(({ name }) => name)).toEqual(['Audit', 'Shop']);
  });

  it('leaves out small parts of an owner, and says how much', () => {
    const tree = ownerTree([...TREE, node(0, 'Small', 10)]);
    expect(drawnOwners(tree, firstOpen(tree))).toMatchObject({ omitted: 1 });
  });

  it('draws few boxes at first, and never more than two hundred', () => {
    const many = [node(-1, 'Heap', 4000, null)];
    for (let at = 0; at < 40; at++) many.push(node(0, `C${at}`, 100));
    for (let at = 1; at <= 40; at++)
      for (let below = 0; below < 40; below++) many.push(node(at, `D${below}`, 2.5));
    const tree = ownerTree(many);
    expect(firstOpen(tree).size).toBe(1);
    expect(drawnOwners(tree, new Set(tree.keys)).graph.boxes).toHaveLength(200);
  });
});
