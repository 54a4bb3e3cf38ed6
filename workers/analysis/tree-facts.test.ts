import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TreeFact } from '../protocol/questions/tree-questions.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import { openHeap } from '../testing/open-heap.ts';
import { randomHeaps } from '../testing/random-heaps.ts';

const CUT = { maxNodes: 1000, minShare: 0, overhead: true };

const DRAWING = `
  vm => Cache
  Cache CLASS 100 gen=9 at=app/cache.rb:1 -> list
  list ARRAY 40 gen=4 at=app/cache.rb:2 -> a b c
  a STRING 10 gen=2 at=/gems/rack-1.0/lib/rack.rb:1
  b STRING 30 gen=6 at=/gems/rack-1.0/lib/rack.rb:9
  c STRING 15 -> d
  d HASH 5
`;

describe('facts about nodes of the merged tree', () => {
  const factsOf = async (fact: TreeFact) => {
    const { session, info } = await openHeap(DRAWING, true);
    const about = { snapshot: info.id, set: { kind: 'all' } } as const;
    const nodes = await session.ask('mergedTree', { ...about, ...CUT, path: [], fact });
    const byStep = new Map(nodes.map(node => [node.step ?? node.kind, node]));
    return (step: string) => byStep.get(step)!;
  };

  test('is the gem and origin of more than half of their own bytes', async () => {
    const gem = await factsOf('gem');
    expect(gem('objects:(internal) STRING').library).toBe('rack-1.0');
    expect(gem('objects:(internal) HASH').library).toBeUndefined();
    const origin = await factsOf('origin');
    expect(origin('objects:(internal) STRING').library).toBe('gem');
    expect(origin('class:Cache').library).toBe('application');
  });

  test('is the mean generation of their own bytes', async () => {
    const generation = await factsOf('generation');
    // (10 × 2 + 30 × 6) / 40; the untraced string is the smaller part.
    expect(generation('objects:(internal) STRING').generation).toBe(5);
    expect(generation('objects:(internal) HASH').generation).toBeNull();
  });
});

test('areas of groups are the figures of the table of groups', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomHeaps,
      fc.constantFrom('class' as const, 'type' as const),
      async (drawing, key) => {
        const { session, info } = await openHeap(drawing, true);
        const about = { snapshot: info.id, set: { kind: 'all' } } as const;
        const window = { offset: 0, limit: 1000, sort: 'label', descending: false } as const;
        const { rows } = await session.ask('groups', { ...about, ...window, key });
        for (const area of ['bytes', 'objects', 'retained'] as const) {
          const nodes = await session.ask('groupTree', { ...about, ...CUT, keys: [key], area });
          const areas = new Map(nodes.filter(isGroup).map(({ label, bytes }) => [label, bytes]));
          for (const row of rows) {
            const wanted = { bytes: row.shallowBytes, objects: row.objects, retained: row.retainedBytes }[
              area
            ];
            if (wanted > 0) expect(areas.get(row.label ?? 'untraced')).toBe(wanted);
          }
        }
      },
    ),
    { numRuns: 15 },
  );
});

function isGroup({ kind, parent }: TreeNode): boolean {
  return kind === 'group' && parent === 0;
}
