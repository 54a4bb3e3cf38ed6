import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, profileIn } from '../../testing/profiles/read-text.ts';
import { inclusive, pathOf, treeTotal, weightOf } from '../model/call-tree.ts';
import type { Profile } from '../model/profile.ts';
import { gemOfPath, splitLocation } from './gem-of-path.ts';

const TOTALS = {
  allocatedBytes: 764844,
  allocatedObjects: 9594,
  retainedBytes: 70686,
  retainedObjects: 1399,
};

/** Totals of each child of the root, by name. */
function totalsBelowRoot({ trees }: Profile, tree: string, key: string): Record<string, number> {
  const shown = trees.find(each => each.id === tree)!;
  const totals = inclusive(shown, weightOf(shown, key)!.self);
  const below: Record<string, number> = {};
  for (const [node, parent] of shown.parent.entries()) {
    if (node > 0 && parent === 0 && totals[node]! > 0) below[pathOf(shown, node)[0]!] = totals[node]!;
  }
  return below;
}

describe('a report', () => {
  test('has the totals of its first lines, and all of its tables as trees', async () => {
    const profile = await profileIn(fixtureText('memory-profiler.txt'));
    expect(profile.totals).toEqual(TOTALS);
    expect(totalsBelowRoot(profile, 'location', 'allocatedBytes')).toEqual({
      json: 407254,
      'fw/app': 357590,
    });
    expect(totalsBelowRoot(profile, 'class', 'allocatedBytes')).toMatchObject({
      'JSON::Ext::Parser': 235200,
      String: 209260,
      Hash: 117184,
    });
    for (const tree of profile.trees.slice(0, 2)) {
      for (const weight of tree.weights)
        expect(treeTotal(weight)).toBe(TOTALS[weight.key as keyof typeof TOTALS]);
    }
    expect(profile.missing).toEqual([]);
  });

  test('has the same numbers as JSON', async () => {
    expect((await profileIn(fixtureText('memory-profiler.json'))).totals).toEqual(TOTALS);
  });

  test('may be coloured, quoted, or preceded by lines of derailed', async () => {
    const plain = fixtureText('memory-profiler.txt');
    const coloured = plain
      .replace(/^( *)(\d+)( {2})/gm, '$1\u001b[34m$2\u001b[0m$3')
      .replace(/^-+$/gm, '\u001b[36m$&\u001b[0m');
    const quoted = `Look:\n\n${plain.replace(/^/gm, '# ')}`;
    const derailed = `Booting: production\nEndpoint: "/"\nRunning 10 times\n${plain}`;
    const expected = (await profileIn(plain)).trees;
    for (const text of [coloured, quoted, derailed, plain.replaceAll('\n', '\r\n')]) {
      expect((await profileIn(text)).trees).toEqual(expected);
    }
  });

  test('adds up rows with the same label, which shortened paths may have', async () => {
    const text = `Total allocated: 30 bytes (3 objects)\nTotal retained:  0 bytes (0 objects)\n
allocated memory by location\n-----------------------------------\n        10  lib/a.rb:1\n        20  lib/a.rb:1\n`;
    const { trees } = await profileIn(text);
    expect(Object.values(selfByStack(trees[0]!, 'allocatedBytes'))).toEqual([30]);
  });

  test('with scaled sizes is rounded, and says so', async () => {
    const { totals, notes } = await profileIn(fixtureText('memory-profiler-scaled.txt'));
    expect(totals).toEqual({ ...TOTALS, allocatedBytes: 764840, retainedBytes: 70690 });
    expect(notes.join()).toContain('rounded to two decimals');
  });

  test('of heap-profiler also has bytes of strings', async () => {
    const { totals, trees } = await profileIn(fixtureText('heap-profiler-report.txt'));
    expect(totals).toEqual({
      allocatedBytes: 226900,
      allocatedObjects: 2891,
      retainedBytes: 21370,
      retainedObjects: 441,
    });
    const strings = trees.find(tree => tree.id === 'strings')!;
    expect(selfByStack(strings, 'allocatedBytes')['"n"']).toBe(2440);
  });

  test('that was limited to its largest rows says how much they leave out', async () => {
    const text = fixtureText('memory-profiler.txt').replace(/^ +44800 {2}\/usr.*:300\n/m, '');
    const { missing, trees } = await profileIn(text);
    expect(missing).toContainEqual({
      total: 'allocatedBytes',
      amount: 44800,
      why: expect.stringContaining('"by location"'),
    });
    // The total in the file includes it, but no line of a table does.
    expect(treeTotal(weightOf(trees[0]!, 'allocatedBytes')!)).toBe(TOTALS.allocatedBytes);
  });

  test('of the oldest versions counts objects', async () => {
    const { totals, trees } = await profileIn(
      'Total allocated 11379\nTotal retained 5\n\nallocated memory by gem\n-----------------------------------\nrack-1.5.2 x 6491\nhashie-2.1.1 x 4888\n',
    );
    expect(totals).toEqual({ allocatedObjects: 11379, retainedObjects: 5 });
    expect(selfByStack(trees[0]!, 'allocatedObjects')).toEqual({ 'rack-1.5.2': 6491, 'hashie-2.1.1': 4888 });
  });

  test('counts lines that are not valid rows', async () => {
    const text = fixtureText('memory-profiler.txt').replace('    407254  json', '    40x254 json');
    const { damage } = await profileIn(text);
    expect(damage.lines).toBe(1);
    expect(damage.first[0]).toMatchObject({ line: 6, text: '    40x254 json' });
  });
});

test('reads back random tables', async () => {
  const row = fc.record({
    gem: fc.constantFrom('rack-2.2.4', 'json', 'shop/app', 'other'),
    file: fc.integer({ min: 1, max: 3 }),
    line: fc.integer({ min: 1, max: 5 }),
    bytes: fc.integer({ min: 1, max: 1e6 }),
    objects: fc.integer({ min: 1, max: 1000 }),
  });
  const paths: Record<string, string> = {
    'rack-2.2.4': '/usr/lib/ruby/gems/3.1.0/gems/rack-2.2.4/lib/rack',
    json: '/usr/lib/ruby/3.1.0/json',
    'shop/app': '/srv/shop/app/models',
    other: '/tmp',
  };
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 15 }), async rows => {
      const section = (title: string, label: (each: (typeof rows)[0]) => string, of: 'bytes' | 'objects') => {
        const sums = new Map<string, number>();
        for (const each of rows) sums.set(label(each), (sums.get(label(each)) ?? 0) + each[of]);
        const lines = Array.from(sums, ([name, value]) => `${String(value).padStart(10)}  ${name}`);
        return `allocated ${title}\n${'-'.repeat(35)}\n${lines.join('\n')}\n\n`;
      };
      const fileOf = (each: (typeof rows)[0]) => `${paths[each.gem]}/file${each.file}.rb`;
      const [bytes, objects] = (['bytes', 'objects'] as const).map(key =>
        rows.reduce((sum, each) => sum + each[key], 0),
      );
      const text = [
        `Total allocated: ${bytes} bytes (${objects} objects)\nTotal retained:  0 bytes (0 objects)\n\n`,
        ...(['bytes', 'objects'] as const).flatMap(of => {
          const measure = of === 'bytes' ? 'memory' : 'objects';
          return [
            section(`${measure} by gem`, each => each.gem, of),
            section(`${measure} by file`, fileOf, of),
            section(`${measure} by location`, each => `${fileOf(each)}:${each.line}`, of),
          ];
        }),
      ].join('');
      const profile = await profileIn(text);
      const expected: Record<string, number> = {};
      for (const each of rows) {
        const path = `${each.gem} | ${fileOf(each)} | ${fileOf(each)}:${each.line}`;
        expected[path] = (expected[path] ?? 0) + each.bytes;
      }
      expect(selfByStack(profile.trees[0]!, 'allocatedBytes')).toEqual(expected);
      expect(profile.totals).toMatchObject({ allocatedBytes: bytes, allocatedObjects: objects });
      expect(profile.damage.lines).toBe(0);
    }),
  );
});

test('a path implies the same gem as in memory_profiler', () => {
  expect(gemOfPath('/usr/lib/ruby/gems/3.1.0/gems/rack-2.2.4/lib/rack/mock.rb')).toBe('rack-2.2.4');
  expect(gemOfPath('/app/vendor/bundle/ruby/3.1.0/bundler/gems/shop-0a1b2c/lib/shop.rb')).toBe('shop-0a1b2c');
  expect(gemOfPath('/usr/lib/ruby/3.1.0/json/common.rb')).toBe('json');
  expect(gemOfPath('ruby/lib/json/common.rb')).toBe('json');
  expect(gemOfPath('rack-2.2.4/lib/rack.rb')).toBe('rack-2.2.4');
  expect(gemOfPath('/srv/shop/app/models/order.rb')).toBe('shop/app');
  expect(gemOfPath('(eval)')).toBe('other');
  expect(splitLocation('<internal:prelude>:76')).toEqual({ file: '<internal:prelude>', line: 76 });
});
