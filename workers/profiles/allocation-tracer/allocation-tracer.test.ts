import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selfByStack } from '../../testing/profiles/random-stacks.ts';
import { fixtureText, profileIn } from '../../testing/profiles/read-text.ts';

describe('a result', () => {
  test('has the same rows pretty-printed and as JSON, whose keys are printed arrays', async () => {
    const printed = await profileIn(fixtureText('allocation-tracer-pp.txt'));
    const json = await profileIn(fixtureText('allocation-tracer.json'));
    expect(printed.totals).toEqual({
      allocatedObjects: 19211,
      oldObjects: 2830,
      freedBytes: 1393291,
      rows: 34,
    });
    expect(json.totals).toEqual(printed.totals);
    expect(json.trees).toEqual(printed.trees);
    const byClass = selfByStack(printed.trees[0]!, 'allocatedObjects');
    expect(byClass['T_STRING | String | /srv/ap/app_work.rb | /srv/ap/app_work.rb:9']).toBe(4800);
  });

  test('never reports bytes of freed objects as allocated', async () => {
    const { trees, notes } = await profileIn(fixtureText('allocation-tracer-pp.txt'));
    expect(trees[0]!.weights.map(weight => weight.key)).not.toContain('allocatedBytes');
    expect(notes.join()).toContain('freed while tracing');
  });

  test('reads back random rows in each of the common notations', async () => {
    const row = fc.record({
      path: fc.constantFrom('/srv/app.rb', '(eval)', '/srv/a b/c.rb'),
      line: fc.integer({ min: 1, max: 9 }),
      type: fc.constantFrom('T_STRING', 'T_IMEMO'),
      className: fc.constantFrom('String', 'JSON::Ext::Parser', 'nil'),
      numbers: fc.array(fc.nat(100_000), { minLength: 6, maxLength: 6 }),
    });
    const key = (each: { path: string; line: number; type: string; className: string }) =>
      `${each.path} ${each.line} ${each.type} ${each.className}`;
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 12, selector: key });
    const header = [
      'path',
      'line',
      'type',
      'class',
      'count',
      'old_count',
      'total_age',
      'min_age',
      'max_age',
      'total_memsize',
    ];
    await fc.assert(
      fc.asyncProperty(rows, fc.nat(4), async (all, style) => {
        const printed = (each: (typeof all)[0]) =>
          `["${each.path}", ${each.line}, :${each.type}, ${each.className}]`;
        const text = [
          () => `{${all.map(each => `${printed(each)}=>[${each.numbers.join(', ')}]`).join(', ')}}\n`,
          () =>
            `{${all.map(each => `${printed(each)}=>\n  [${each.numbers.join(',\n   ')}]`).join(',\n ')}}\n`,
          () => JSON.stringify(Object.fromEntries(all.map(each => [printed(each), each.numbers])), null, 2),
          () =>
            JSON.stringify({
              header,
              rows: all.map(each => [
                each.path,
                each.line,
                each.type,
                each.className === 'nil' ? null : each.className,
                ...each.numbers,
              ]),
            }),
          () =>
            `${[header, ...all.map(each => [each.path, each.line, each.type, each.className, ...each.numbers])].map(line => line.join('\t')).join('\n')}\n`,
        ][style]!();
        const { totals, trees, damage } = await profileIn(text);
        expect(damage).toEqual({ lines: 0, first: [] });
        const sum = (at: number) => all.reduce((total, each) => total + each.numbers[at]!, 0);
        expect(totals).toEqual({
          allocatedObjects: sum(0),
          oldObjects: sum(1),
          freedBytes: sum(5),
          rows: all.length,
        });
        const expected = all
          .filter(each => each.numbers[0] !== 0)
          .map(each => {
            const name = each.className === 'nil' ? '(no class)' : each.className;
            return [`${each.path} | ${each.path}:${each.line} | ${each.type} | ${name}`, each.numbers[0]];
          });
        expect(selfByStack(trees[1]!, 'allocatedObjects')).toEqual(Object.fromEntries(expected));
      }),
    );
  });

  test('says where a cut-off hash began, and keeps the rows before it', async () => {
    const text = fixtureText('allocation-tracer-pp.txt');
    const { totals, damage } = await profileIn(text.slice(0, 600));
    expect(totals.rows).toBeGreaterThan(3);
    expect(damage.first[0]).toMatchObject({ line: 1, why: expect.stringContaining('cut off') });
  });
});

test('the lifetime table has an age histogram for each type', async () => {
  const { totals, histograms } = await profileIn(fixtureText('allocation-tracer-lifetime.txt'));
  expect(totals).toEqual({ objects: 96005 });
  expect([...histograms[0]!.count]).toEqual([728, 3981, 160, 181, 214, 249, 291, 196]);
});

test('the count tables have allocated and freed objects', async () => {
  const { totals } = await profileIn(fixtureText('allocation-tracer-counts.txt'));
  expect(totals).toEqual({ allocatedObjects: 139250, freedObjects: 108686 });
});
