import { expect, test } from 'vitest';
import { treeNode } from '../../../workers/testing/tree-node.ts';
import { searchTree } from './search.ts';
import { summariseTree } from './summarise.ts';

const TREE = summariseTree([
  treeNode({ parent: -1, kind: 'all', label: 'Heap', bytes: 100 }),
  treeNode({ parent: 0, label: 'Order', bytes: 60 }),
  treeNode({ parent: 1, label: 'OrderLine', bytes: 40 }),
  treeNode({ parent: 1, label: 'String', bytes: 20 }),
  treeNode({ parent: 0, label: 'Hash', bytes: 40 }),
  treeNode({ parent: 4, label: 'Preorder', bytes: 15 }),
  treeNode({ parent: 4, kind: 'remainder', label: 'order', bytes: 25 }),
]);

test('a search matches parts of names and everything inside a match, and counts nothing twice', () => {
  const found = searchTree(TREE, ' ORDER ')!;
  expect(found.nodes).toBe(3);
  expect(found.size).toBe(75);
  expect([...found.matched]).toEqual([0, 1, 1, 1, 0, 1, 0]);
});

test('empty text is no search, and nodes without a name match nothing', () => {
  expect(searchTree(TREE, '  ')).toBeNull();
  expect(searchTree(TREE, 'heap')).toMatchObject({ nodes: 0, size: 0 });
});
