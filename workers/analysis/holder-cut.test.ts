import { expect, test } from 'vitest';
import type { TreeNode } from '../protocol/tree-node.ts';
import { openHeap } from '../testing/open-heap.ts';

const DRAWING = `
  vm => Cache shared
  global_tbl => shared
  Cache CLASS 100 -> list
  list ARRAY 40 -> h1 h2
  h1 HASH 20 -> s1 s2
  h2 HASH 20 -> s3
  s1 STRING 5
  s2 STRING 6
  s3 STRING 7
  shared ARRAY 30 -> s4
  s4 STRING 8
  lost STRING 9
`;

async function holders(path: string[], set: 'all' | 'strings' = 'all') {
  const { session, info } = await openHeap(DRAWING, true);
  return session.ask('holderTree', {
    snapshot: info.id,
    set: set === 'all' ? { kind: 'all' } : { kind: 'group', key: 'class', label: '(internal) STRING' },
    path,
    maxNodes: 100,
    minShare: 0,
  });
}

function linesOf(nodes: readonly TreeNode[]): string[] {
  const depth = (at: number): number => (nodes[at]!.parent < 0 ? 0 : depth(nodes[at]!.parent) + 1);
  return nodes.map(
    ({ step, label, bytes, objects, merged }, at) =>
      `${depth(at)} ${step ?? label}: ${bytes} B, ${objects} objects, ${merged}`,
  );
}

test('classes are divided by what holds them, up to the roots', async () => {
  expect(linesOf(await holders(['objects:(internal) STRING']))).toEqual([
    '0 objects:(internal) STRING: 26 B, 4 objects, 4',
    '1 objects:(internal) HASH: 18 B, 3 objects, 2',
    '2 objects:(internal) ARRAY: 18 B, 3 objects, 1',
    '3 class:Cache: 18 B, 3 objects, 1',
    '4 root:vm: 18 B, 3 objects, 1',
    '1 objects:(internal) ARRAY: 8 B, 1 objects, 1',
    '2 root:: 8 B, 1 objects, 1',
  ]);
});

test('adds up to the heap, garbage included, and to the set', async () => {
  const all = await holders([]);
  expect(all[0]).toMatchObject({ bytes: 245, objects: 10 });
  for (const [at, node] of all.entries()) {
    const children = all.filter(other => other.parent === at);
    if (children.length > 0) expect(children.reduce((sum, child) => sum + child.bytes, 0)).toBe(node.bytes);
  }
  const strings = await holders([], 'strings');
  expect(strings[0]).toMatchObject({ bytes: 35, objects: 5 });
  expect(await holders(['objects:NoSuch'])).toEqual([]);
});
