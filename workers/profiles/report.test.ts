import { expect, test } from 'vitest';
import { fixture, fixtureText, open } from '../testing/profiles/read-text.ts';
import { profileReport } from './report.ts';

test('a profile lists the functions with the largest self values, and their totals', async () => {
  const report = profileReport(await open('main;a;b 5\nmain;a 2\nmain;a;b;a 1\nmain 3\n'), 2);
  expect(report).toMatchObject({ format: 'collapsed stacks', kind: 'profile', totals: { samples: 11 } });
  // `a` is recursive: only its outermost call counts.
  expect(report.top).toEqual([
    { name: 'b', self: { samples: 5 }, total: { samples: 6 } },
    { name: 'main', self: { samples: 3 }, total: { samples: 11 } },
  ]);
  expect(report.series).toBeUndefined();
});

test('a profile over time summarises its timeline', async () => {
  const { series, totals } = profileReport(await open(fixture('massif.out')), 1);
  expect(series).toMatchObject({ points: totals.snapshots, x: { name: 'time', unit: 'instructions' } });
  expect(series!.columns[0]).toMatchObject({ name: 'heap', unit: 'bytes', first: 0 });
});

test('a series summarises its columns, with the verdict', async () => {
  const { kind, series, top } = profileReport(await open(fixtureText('derailed-mem-over-time.txt')), 5);
  expect(kind).toBe('series');
  expect(top).toEqual([]);
  expect(series).toMatchObject({ points: 14, verdict: { kind: 'leak', column: 'rss', points: 14 } });
  expect(series!.columns[0]).toMatchObject({
    first: 90157056,
    last: 552112128,
    lowest: 90157056,
    highest: 552112128,
  });
});

test('a report is plain JSON', async () => {
  const report = profileReport(await open(fixtureText('gc-profiler.txt')), 5);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});
