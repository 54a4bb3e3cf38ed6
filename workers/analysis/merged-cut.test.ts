import { describe, expect, test } from 'vitest';
import type { TreeNode } from '../protocol/tree-node.ts';
import { openHeap } from '../testing/open-heap.ts';

const DRAWING = `
  vm => Root tracer
  Root CLASS 100 -> Store::Order Store::Line Store::Line::Row list a1 a2 a3
  Store::Order CLASS 10 -> o1 o2
  Store::Line CLASS 20
  Store::Line::Row CLASS 30
  list ARRAY 40 -> l1
  l1 DATA 5 struct=link -> l2
  l2 DATA 5 struct=link -> l3
  l3 DATA 5 struct=link
  a1 STRING 7
  a2 STRING 8
  a3 STRING 9
  o1 STRING 50
  o2 STRING 60
  tracer DATA 5000 struct=ObjectTracing/allocation_info_tracer
  lost STRING 3
`;

async function cut(path: string[], more: { overhead?: boolean; maxNodes?: number; skip?: number } = {}) {
  const { session, info } = await openHeap(DRAWING, true);
  const nodes = await session.ask('mergedTree', {
    snapshot: info.id,
    set: { kind: 'all' },
    path,
    overhead: false,
    maxNodes: 100,
    minShare: 0,
    ...more,
  });
  return { session, info, nodes };
}

const summary = ({ kind, label, title, step, bytes, merged }: TreeNode) =>
  `${kind} ${step ?? label}${title === '' ? '' : ` "${title}"`}: ${bytes} B, ${merged}`;

describe('the merged tree, drawn', () => {
  test('merges siblings, has namespaces and own sizes, and leaves out the tracer', async () => {
    const { nodes } = await cut([]);
    expect(nodes.map(summary).sort()).toEqual(
      [
        'all Heap: 352 B, 1',
        'root root:vm: 349 B, 0',
        'object class:Root "Root": 349 B, 1',
        'self own shallow size: 100 B, 1',
        'namespace namespace:Store::: 170 B, 3',
        'object class:Store::Order "Store::Order": 120 B, 1',
        'merged objects:(internal) STRING: 110 B, 2',
        'self own shallow size: 10 B, 1',
        'object class:Store::Line "Store::Line": 20 B, 1',
        'object class:Store::Line::Row "Store::Line::Row": 30 B, 1',
        'object objects:(internal) ARRAY: 55 B, 1',
        'self own shallow size: 40 B, 1',
        'merged objects:(internal) link: 15 B, 3',
        'merged objects:(internal) STRING: 24 B, 3',
        'unreachable unreachable: 3 B, 1',
        'group (internal) STRING: 3 B, 1',
      ].sort(),
    );
    expect((await cut([], { overhead: true })).nodes[0]!.bytes).toBe(5352);
  });

  test('adds up below every node, however little may be drawn', async () => {
    for (const maxNodes of [2, 3, 5, 8, 100]) {
      const { nodes } = await cut([], { maxNodes });
      for (const [at, node] of nodes.entries()) {
        const children = nodes.filter(other => other.parent === at);
        if (children.length === 0) continue;
        expect(children.reduce((sum, child) => sum + child.bytes, 0)).toBe(node.bytes);
        expect(children.reduce((sum, child) => sum + child.objects, 0)).toBe(node.objects);
      }
    }
  });

  test('opens every branch by its path, with the same size, and as a set', async () => {
    const { session, info, nodes } = await cut([]);
    const pathOf = (at: number): string[] =>
      nodes[at]!.parent < 0 ? [] : [...pathOf(nodes[at]!.parent), nodes[at]!.step ?? '?'];
    for (const [at, node] of nodes.entries()) {
      if (node.step === null) continue;
      const opened = await cut(pathOf(at));
      expect(opened.nodes[0]).toMatchObject({ label: node.label, bytes: node.bytes, objects: node.objects });
      if (node.set?.kind !== 'branch') continue;
      const size = await session.ask('setSize', { snapshot: info.id, set: node.set });
      // The tracer is not drawn, but belongs to the root's branch.
      if (node.kind !== 'root') expect(size).toEqual({ objects: node.objects, shallowBytes: node.bytes });
    }
    expect((await cut(['root:vm', 'class:NoSuch'])).nodes).toEqual([]);
  });

  test('opens what is not drawn', async () => {
    const path = ['root:vm', 'class:Root'];
    const { nodes } = await cut(path, { maxNodes: 3 });
    const rest = nodes.find(node => node.kind === 'remainder')!;
    expect(rest).toMatchObject({ skip: 1, parent: 0 });
    const opened = await cut(path, { skip: rest.skip });
    expect(opened.nodes[0]).toMatchObject({ bytes: rest.bytes, objects: rest.objects });
  });

  test('distinguishes members of a narrower set from their holders, in both trees', async () => {
    const { session, info, nodes } = await cut([]);
    expect(nodes.some(node => node.isHolder)).toBe(false);
    const set = { kind: 'group', key: 'type', label: 'STRING' } as const;
    const asked = { snapshot: info.id, set, maxNodes: 100, minShare: 0 };
    const merged = await session.ask('mergedTree', { ...asked, path: [], overhead: false });
    const holders = merged.filter(node => node.isHolder);
    expect(holders.map(({ kind, step }) => `${kind} ${step}`)).toEqual([
      'root root:vm',
      'object class:Root',
      'namespace namespace:Store::',
      'object class:Store::Order',
    ]);
    const single = await session.ask('dominatorTree', { ...asked, root: { kind: 'all' } });
    for (const node of single) {
      const isMember = node.kind === 'object' && node.type === 'STRING';
      const isHolder = (node.kind === 'object' && !isMember) || node.kind === 'root';
      expect(node.isHolder ?? false).toBe(isHolder);
    }
  });
});
