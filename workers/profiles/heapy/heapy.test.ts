import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, open, profileIn } from '../../testing/profiles/read-text.ts';

describe('diff', () => {
  test('has the total that each line repeats', async () => {
    const { totals, trees, missing } = await profileIn(fixtureText('heapy-diff.txt'));
    expect(totals).toEqual({ retainedBytes: 10133, retainedObjects: 212 });
    expect(missing).toEqual([]);
    expect(selfByStack(trees[0]!, 'retainedBytes')['STRING | /srv/ap/app_work.rb:9']).toBe(2400);
    expect(
      selfByStack(trees[1]!, 'retainedBytes')['/srv/ap/app_work.rb | /srv/ap/app_work.rb:9 | STRING'],
    ).toBe(2400);
  });

  test("is also what derailed's perf:heap_diff prints, with the names of its dumps", async () => {
    const { totals, details } = await profileIn(fixtureText('derailed-perf-heap-diff.txt'));
    expect(totals.retainedBytes).toBe(161067);
    expect(details.map(each => each.value)).toEqual(
      [0, 1, 2].map(at => `tmp/2026-11-27T11:42:31+00:00-heap-${at}.ndjson`),
    );
  });

  test('that was cut off says how much is missing, and does not guess how many objects', async () => {
    const lines = fixtureText('heapy-diff.txt').split('\n').slice(0, 3).join('\n');
    const { totals, missing } = await profileIn(lines);
    expect(totals).toEqual({ retainedBytes: 10133 });
    expect(missing).toEqual([
      { total: 'retainedBytes', amount: 10133 - 2400 - 2400 - 853, why: expect.any(String) },
    ]);
  });

  test('reads back random rows', async () => {
    const row = fc.record({
      type: fc.constantFrom('STRING', 'HASH', 'IMEMO'),
      line: fc.integer({ min: 1, max: 4 }),
      objects: fc.integer({ min: 1, max: 999 }),
      bytes: fc.integer({ min: 1, max: 99_999 }),
    });
    const rows = fc.uniqueArray(row, { minLength: 1, selector: each => `${each.type} ${each.line}` });
    await fc.assert(
      fc.asyncProperty(rows, async all => {
        const total = all.reduce((sum, each) => sum + each.bytes, 0);
        const text = all.map(
          ({ type, line, objects, bytes }) =>
            `Allocated ${type} ${objects} objects of size ${bytes}/${total} (in bytes) at: /srv/a b/c:d.rb:${line}`,
        );
        const { totals, trees } = await profileIn(text.join('\n'));
        expect(totals).toEqual({
          allocatedBytes: total,
          allocatedObjects: all.reduce((sum, each) => sum + each.objects, 0),
        });
        const expected = all.map(({ type, line, bytes }) => [`${type} | /srv/a b/c:d.rb:${line}`, bytes]);
        expect(selfByStack(trees[0]!, 'allocatedBytes')).toEqual(Object.fromEntries(expected));
      }),
    );
  });
});

describe('read', () => {
  test('of a whole dump has its generations, and only bytes of objects with a generation', async () => {
    const { totals, trees } = await profileIn(fixtureText('heapy-read.txt'));
    expect(totals).toEqual({ liveObjects: 205315, tracedBytes: Math.round(301.8 * 1024), generations: 3 });
    expect(selfByStack(trees[0]!, 'liveObjects')).toEqual({
      'no generation': 202074,
      'generation 43': 3162,
      'generation 44': 79,
    });
  });

  test('of all generations has its tables, and the amounts that they leave out', async () => {
    const { totals, trees, missing } = await profileIn(fixtureText('heapy-read-all.txt'));
    expect(totals.liveBytes).toBe(309084);
    expect(trees.map(tree => tree.id)).toEqual(['memory']);
    expect(missing[0]).toMatchObject({ total: 'liveBytes' });
  });

  test('without any table is refused', async () => {
    await expect(open('Analyzing Heap (Generation: all)\n-------------------------------\n')).rejects.toThrow(
      'neither',
    );
  });
});
