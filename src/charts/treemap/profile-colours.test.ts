import { expect, test } from 'vitest';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { changeColouring } from './change-colours.ts';
import { libraryColouring, sharedColouring } from './library-colours.ts';
import { summariseTree } from './summarise.ts';

function tree(...nodes: (Pick<TreeNode, 'parent' | 'bytes'> & Partial<TreeNode>)[]) {
  return summariseTree(nodes.map(node => ({ kind: 'group', label: '', ...node }) as TreeNode));
}

test('the libraries with the largest self sizes have colours of their own', () => {
  const { libraries, libraryOf } = libraryColouring(
    tree(
      { parent: -1, bytes: 10, kind: 'all' },
      { parent: 0, bytes: 10, library: 'outer' },
      { parent: 1, bytes: 9, library: 'inner' },
      { parent: 1, bytes: 1, kind: 'self' },
    ),
  );
  expect(libraries).toEqual(['inner', 'outer']);
  expect([...libraryOf]).toEqual([-1, 1, 0, -1]);
});

test('without libraries, colours follow the outermost ancestor', () => {
  const { libraries } = libraryColouring(
    tree(
      { parent: -1, bytes: 3, kind: 'all' },
      { parent: 0, bytes: 1, label: 'a' },
      { parent: 0, bytes: 2, label: 'b' },
    ),
  );
  expect(libraries).toEqual(['b', 'a']);
});

test('a library has one colour in two trees', () => {
  const [first, second] = sharedColouring(
    tree({ parent: -1, bytes: 2, library: 'a' }, { parent: 0, bytes: 1, library: 'b' }),
    tree({ parent: -1, bytes: 9, library: 'c' }, { parent: 0, bytes: 8, library: 'b' }),
  );
  expect(second.libraries).toEqual(first.libraries);
  expect(first.libraryOf[1]).toBe(second.libraryOf[1]);
});

test('changes are shares of the larger of the old and new size', () => {
  const { changeOf } = changeColouring(
    tree(
      { parent: -1, bytes: 8, compared: { before: 8, after: 6 } },
      { parent: 0, bytes: 4, compared: { before: 0, after: 4 } },
      { parent: 0, bytes: 4, compared: { before: 4, after: 0 } },
      { parent: 0, bytes: 0 },
    ),
  );
  expect([...changeOf]).toEqual([-0.25, 1, -1, 0]);
});
