import { expect, it } from 'vitest';
import { openSeries } from '../../testing/open-series.ts';

const address = (at: number) => `0x${(0x10000 + at * 40).toString(16)}`;
const list = (items: readonly number[]) => items.map(at => `"${address(at)}"`).join(', ');

/** A class with a list that has `kept` items, and one with a list whose `size` items are always the newest. */
function dump(kept: number, size: number): string {
  const all = Array.from({ length: kept }, (_, item) => 100 + item);
  const newest = Array.from({ length: size }, (_, item) => 5000 + kept * size + item);
  const items = [...all, ...newest].map(
    at =>
      `{"address":"${address(at)}", "type":"STRING", "class":"${address(3)}", "bytesize":900, "file":"app.rb", "line":${at < 5000 ? 1 : 2}, "generation":${at < 5000 ? at - 90 : kept}, "memsize":940}`,
  );
  return [
    `{"type":"ROOT", "root":"vm", "references":["${address(1)}", "${address(2)}", "${address(3)}"]}`,
    `{"address":"${address(1)}", "type":"CLASS", "name":"Events", "references":["${address(4)}"], "memsize":500}`,
    `{"address":"${address(2)}", "type":"CLASS", "name":"Recent", "references":["${address(5)}"], "memsize":500}`,
    `{"address":"${address(3)}", "type":"CLASS", "name":"String", "memsize":500}`,
    `{"address":"${address(4)}", "type":"ARRAY", "class":"${address(3)}", "length":${kept}, "references":[${list(all)}], "memsize":40}`,
    `{"address":"${address(5)}", "type":"ARRAY", "class":"${address(3)}", "length":${size}, "references":[${list(newest)}], "memsize":40}`,
    ...items,
    '',
  ].join('\n');
}

const leaksOf = async (dumps: readonly string[], at: number) => {
  const { session, ids } = await openSeries(dumps);
  const { findings } = await session.ask('findings', { snapshot: ids[at]! });
  return findings.filter(({ group }) => group === 'leak');
};

it('a holder that grew in each dump is the first finding of the last one, with its generations, and is found once', async () => {
  const leaks = await leaksOf([dump(30, 30), dump(60, 30), dump(90, 30)], 2);
  expect(leaks).toMatchObject([
    {
      kind: 'growing-between-dumps',
      title: 'Events keeps growing',
      objectsShown: [address(4)],
      bytes: 90 * 940 + 40,
      figures: {
        dumps: 3,
        growth: 60 * 940,
        slopePerDump: 30 * 940,
        effectiveGenerations: expect.closeTo(90),
        elements: 90,
      },
      set: { kind: 'dominatedBy' },
    },
  ]);
  expect(leaks[0]!.byGeneration?.generations).toHaveLength(90);
});

it('a holder that did not grow between dumps is not reported as growing, whatever the last dump looks like', async () => {
  const leaks = await leaksOf([dump(90, 30), dump(90, 30), dump(90, 30)], 2);
  expect(leaks.filter(({ kind }) => kind === 'growing-between-dumps')).toEqual([]);
});

it('an earlier dump, or a single one, is judged by generations', async () => {
  const series = await leaksOf([dump(60, 30), dump(90, 30), dump(120, 30)], 1);
  expect(series).toMatchObject([{ kind: 'growing-container', title: 'Events keeps growing' }]);
});
