import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, profileIn } from '../../testing/profiles/read-text.ts';
import { inclusive, pathOf, weightOf } from '../model/call-tree.ts';

const MEBIBYTE = 2 ** 20;

describe('bundle:mem', () => {
  test('is a tree of requires, with the growth of the process for each file', async () => {
    const { totals, trees, damage } = await profileIn(fixtureText('derailed-bundle-mem.txt'));
    expect(totals).toEqual({ rssBytes: Math.round(41.9766 * MEBIBYTE), files: 83 });
    expect(damage.lines).toBe(0);
    const tree = trees[0]!;
    const total = inclusive(tree, weightOf(tree, 'rssBytes')!.self);
    const rails = [...total.keys()].find(node => pathOf(tree, node).join(' › ') === 'rails/all › rails')!;
    // Each number has four decimals of a MiB, so the sum of many is off by some bytes.
    expect(total[rails]! / MEBIBYTE).toBeCloseTo(15.1719, 3);
    expect(tree.remarks.get(rails)).toBe(
      'also required by active_record/railtie, active_model/railtie, and 9 others',
    );
  });

  test('may follow a preamble, and have warnings between its lines', async () => {
    const text = fixtureText('derailed-perf-mem.txt').replace('TOP:', 'DEPRECATION WARNING: old\nTOP:');
    const { totals } = await profileIn(
      text.replace('\n  active_record/type', '\nwarning: again\n  active_record/type'),
    );
    expect(totals).toEqual({ rssBytes: Math.round(20.7383 * MEBIBYTE), files: 23 });
  });

  test('counts lines of the tree that lost their sizes', async () => {
    const { damage } = await profileIn('TOP: 2 MiB\n  rails: 1.5 MiB\n    yaml: 1.2\n');
    expect(damage.first).toEqual([{ line: 3, text: '    yaml: 1.2', why: 'no size in MiB' }]);
  });

  test('reads back random trees', async () => {
    const file = fc.record({ depth: fc.integer({ min: 1, max: 5 }), own: fc.integer({ min: 1, max: 100 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 20 }), async random => {
        // Sizes in sixteenths of a MiB, which four decimals represent exactly.
        const files = random.map(({ depth, own }, at) => ({ name: `lib/f${at}`, depth, own, whole: 0 }));
        for (const [at, each] of files.entries())
          each.depth = at === 0 ? 1 : Math.min(each.depth, files[at - 1]!.depth + 1);
        const expected: Record<string, number> = {};
        for (const [at, each] of files.entries()) {
          const path: string[] = [];
          let depth = each.depth;
          for (let before = at; before >= 0 && depth > 0; before--) {
            if (files[before]!.depth !== depth) continue;
            path.unshift(files[before]!.name);
            files[before]!.whole += each.own;
            depth--;
          }
          expected[path.join(' | ')] = (each.own * MEBIBYTE) / 16;
        }
        const size = (sixteenths: number) => `${Number((sixteenths / 16).toFixed(4))} MiB`;
        const all = files.reduce((sum, each) => sum + each.own, 0);
        const lines = files.map(each => `${'  '.repeat(each.depth)}${each.name}: ${size(each.whole)}`);
        const { trees } = await profileIn(`TOP: ${size(all)}\n${lines.join('\n')}\n`);
        expect(selfByStack(trees[0]!, 'rssBytes')).toEqual(expected);
      }),
    );
  });
});
