import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesOf, openSeries } from '../testing/open-series.ts';
import {
  oracleByAddress,
  oracleRetained,
  oracleSets,
  readOracleSeries,
} from '../testing/oracle-comparison.ts';
import { randomSeries } from '../testing/random-series.ts';

const CLASSES = ['Order', 'User', 'Line', 'Cache', 'Session']
  .map((name, at) => record(0x100 + at, `"type":"CLASS", "name":"${name}"`))
  .join('');
const ORDER = `"class":"${address(0x100)}"`;
const USER = `"class":"${address(0x101)}"`;

function address(slot: number): string {
  return `0x${(0x7f0000000000 + slot * 40).toString(16)}`;
}

function record(slot: number, fields: string): string {
  return `{"address":"${address(slot)}", ${fields}, "memsize":40}\n`;
}

/** A dump of these records, and of five classes that all dumps have. */
function dump(...records: string[]): string {
  return `{"type":"ROOT", "root":"vm", "references":[]}\n${CLASSES}${records.join('')}`;
}

describe('the same object', () => {
  it('is found in random heaps with frees and reused addresses as by comparing each pair', async () => {
    await fc.assert(
      fc.asyncProperty(randomSeries, async texts => {
        const { session, ids, comparison } = await openSeries(texts);
        const [a, b, c] = readOracleSeries(texts) as [ReturnType<typeof readOracleSeries>[0], never, never];
        const [first, second] = [oracleSets(a, b), oracleSets(b, c)];
        expect(comparison.identity).toBe('same process');
        expect(comparison.matched).toBe(first.survived.size);
        expect(comparison.byAddressOnly).toBe(first.byAddressOnly.size);
        expect(comparison.new!.objects).toBe(first.new.size);
        expect(comparison.freed!.objects).toBe(first.freed.size);
        expect(comparison.retained!.objects).toBe(oracleRetained(a, b, c).size);
        expect(await addressesOf(session, ids[0]!, 'is:freed')).toEqual(first.freed);
        expect(await addressesOf(session, ids[1]!, 'is:new')).toEqual(first.new);
        expect(await addressesOf(session, ids[1]!, 'is:survived')).toEqual(first.survived);
        expect(await addressesOf(session, ids[1]!, 'is:matched-by-address')).toEqual(first.byAddressOnly);
        expect(await addressesOf(session, ids[0]!, 'is:matched-by-address')).toEqual(first.byAddressOnly);
        expect(await addressesOf(session, ids[2]!, 'is:new')).toEqual(second.new);
        const retained = oracleRetained(a, b, c);
        expect(await addressesOf(session, ids[2]!, 'is:retained')).toEqual(retained);
        // A comparison by address alone reports other objects, too; they are not among these, and are counted.
        const byAddress = oracleByAddress(a, b, c);
        const wrong = [...byAddress].filter(each => !retained.has(each));
        const { addressOnly } = comparison;
        expect(addressOnly!.retained.objects).toBe(byAddress.size);
        expect(addressOnly!.different.reduce((sum, { objects }) => sum + objects, 0)).toBe(wrong.length);
        expect(addressOnly!.missed).toBe([...retained].filter(each => !byAddress.has(each)).length);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['type', `"type":"OBJECT", ${ORDER}`, `"type":"DATA", ${ORDER}`],
    ['class', `"type":"OBJECT", ${ORDER}`, `"type":"OBJECT", ${USER}`],
    [
      'file',
      '"type":"STRING", "file":"a.rb", "line":1, "generation":3',
      '"type":"STRING", "file":"b.rb", "line":1, "generation":3',
    ],
    [
      'line',
      '"type":"STRING", "file":"a.rb", "line":1, "generation":3',
      '"type":"STRING", "file":"a.rb", "line":2, "generation":3',
    ],
    [
      'generation',
      '"type":"STRING", "file":"a.rb", "line":1, "generation":3',
      '"type":"STRING", "file":"a.rb", "line":1, "generation":9',
    ],
    ['trace', '"type":"OBJECT"', '"type":"OBJECT", "file":"a.rb", "line":1, "generation":9'],
    ['content of an untraced string', '"type":"STRING", "value":"a"', '"type":"STRING", "value":"b"'],
  ])('is another one where the slot was given to one that differs by its %s', async (_, before, after) => {
    const { comparison } = await openSeries([dump(record(1, before)), dump(record(1, after))]);
    expect(comparison).toMatchObject({ matched: 5, new: { objects: 1 }, freed: { objects: 1 } });
  });

  it('stays the same if only sizes, flags and contents of traced objects change', async () => {
    const { comparison } = await openSeries([
      dump(record(1, '"type":"STRING", "value":"a", "file":"a.rb", "line":1, "generation":3')),
      dump(record(1, '"type":"STRING", "value":"b", "frozen":true, "file":"a.rb", "line":1, "generation":3')),
    ]);
    expect(comparison).toMatchObject({ matched: 6, byAddressOnly: 5, new: { objects: 0 } });
  });
});

it('is marked if only its address matches, in the dumps on either side', async () => {
  const traced = '"type":"OBJECT", "file":"a.rb", "line":1, "generation":3';
  const text = (value: string) => `"type":"STRING", "value":"${value}"`;
  const { session, ids } = await openSeries([
    dump(record(1, traced), record(2, text('a'))),
    dump(record(1, traced), record(2, text('a')), record(3, text('b'))),
    dump(record(1, traced), record(2, text('changed'))),
  ]);
  const found = async (slot: number) =>
    (await session.ask('find', { snapshot: ids[1]!, text: address(slot) }))!.object;
  const objects = [await found(1), await found(2), await found(3)];
  expect(await session.ask('matches', { snapshot: ids[1]!, objects })).toEqual([
    { before: 'traced', after: 'traced' },
    { before: 'address only', after: 'none' },
    { before: 'none', after: 'none' },
  ]);
  expect(await session.ask('matches', { snapshot: ids[0]!, objects: [0] })).toEqual([
    { before: null, after: 'address only' },
  ]);
  await session.setSeries([ids[1]!], 'given');
  expect(await session.ask('matches', { snapshot: ids[1]!, objects })).toBeNull();
});

/** `count` objects of a class from a slot on, allocated at one line in one generation. */
function objects(slot: number, count: number, site: string, generation: number): string {
  return Array.from({ length: count }, (_, at) =>
    record(slot + at, `"type":"OBJECT", ${ORDER}, "file":"${site}", "line":1, "generation":${generation}`),
  ).join('');
}

describe('the verdict on growth', () => {
  it('distinguishes a leak, a full cache, a cache whose entries change, and constant groups', async () => {
    const { comparison } = await openSeries([
      dump(
        objects(0x1000, 20, 'leak.rb', 1),
        objects(0x3000, 50, 'lru.rb', 1),
        objects(0x4000, 50, 'boot.rb', 1),
      ),
      dump(
        objects(0x1000, 20, 'leak.rb', 1),
        objects(0x1100, 20, 'leak.rb', 5),
        objects(0x2000, 60, 'cache.rb', 5),
        objects(0x3000, 50, 'lru.rb', 5),
        objects(0x4000, 50, 'boot.rb', 1),
      ),
      dump(
        objects(0x1000, 20, 'leak.rb', 1),
        objects(0x1100, 20, 'leak.rb', 5),
        objects(0x1200, 30, 'leak.rb', 9),
        objects(0x2000, 60, 'cache.rb', 5),
        objects(0x3000, 50, 'lru.rb', 9),
        objects(0x4000, 50, 'boot.rb', 1),
      ),
    ]);
    const verdicts = comparison.growthBySite.map(row => [row.label, row.counts, row.monotone, row.verdict]);
    expect(verdicts).toEqual([
      ['leak.rb:1', [20, 40, 70], true, 'leak'],
      ['cache.rb:1', [0, 60, 60], false, 'cache'],
      ['lru.rb:1', [50, 50, 50], false, 'bounded'],
      ['boot.rb:1', [50, 50, 50], false, 'flat'],
      [null, [5, 5, 5], false, 'flat'],
    ]);
    expect(comparison.growthBySite[0]!.slopePerDump).toBe(1000);
    expect(comparison.retainedBySite).toEqual([
      { site: 'cache.rb:1', objects: 60, shallowBytes: 2400 },
      { site: 'leak.rb:1', objects: 20, shallowBytes: 800 },
    ]);
    expect(comparison.retainedByClass).toEqual([{ label: 'Order', objects: 80, shallowBytes: 3200 }]);
  });

  it('leaves the allocation tracer out, which would be the worst leak', async () => {
    const tracer = (bytes: number) =>
      `{"address":"${address(1)}", "type":"DATA", "struct":"ObjectTracing/allocation_info_tracer", "memsize":${bytes}}\n`;
    const { comparison } = await openSeries([1, 2, 4].map(size => dump(tracer(size * 1_000_000))));
    expect(comparison.growth.map(row => row.label)).toEqual(['Class']);
  });
});

it('also works for keys that are looked up for each object', async () => {
  const frozen = (slot: number) => record(slot, '"type":"STRING", "frozen":true, "slot_size":40');
  const plain = (slot: number) => record(slot, '"type":"STRING", "slot_size":40');
  const { session, ids } = await openSeries([
    dump(frozen(1), plain(2)),
    dump(frozen(1), plain(2), frozen(3), frozen(4)),
  ]);
  const rowsBy = async (key: 'flags' | 'slot') =>
    (await session.ask('growth', { snapshot: ids[1]!, key, offset: 0, limit: 100 })).rows;
  expect((await rowsBy('flags')).map(({ label, counts, new: made }) => [label, counts, made])).toEqual([
    ['young, frozen', [1, 3], { objects: 2, shallowBytes: 80 }],
    ['young', [6, 6], { objects: 0, shallowBytes: 0 }],
  ]);
  // All are on one page, and its slots have one size.
  expect((await rowsBy('slot')).map(({ label, counts }) => [label, counts])).toEqual([['40', [7, 9]]]);
});

describe('whether a fix worked', () => {
  const leak = (count: number) =>
    dump(objects(0x1000, count, 'leak.rb', 1), objects(0x4000, 50, 'boot.rb', 1));
  const check = async (texts: string[], split: number) => {
    const { session, ids } = await openSeries(texts);
    const sides = { before: ids.slice(0, split), after: ids.slice(split) };
    return (await session.ask('fixCheck', { snapshot: ids[0]!, key: 'site', ...sides, top: 10 }))!;
  };

  it('says so if what grew before stays the same', async () => {
    const found = await check([leak(20), leak(60), leak(100), leak(20), leak(20), leak(20)], 3);
    expect(found).toMatchObject({
      before: ['1.json', '2.json', '3.json'],
      after: ['4.json', '5.json', '6.json'],
      verdict: 'fixed',
      sentence: '1 of 1 group that grew before the fix has stopped.',
      slopeBefore: 1600,
      slopeAfter: 0,
      bytesBefore: [3000, 4600, 6200],
      bytesAfter: [3000, 3000, 3000],
      rows: [
        {
          label: 'leak.rb:1',
          before: { verdict: 'leak', shallowBytes: [800, 2400, 4000] },
          after: { verdict: 'flat', shallowBytes: [800, 800, 800] },
          outcome: 'stopped',
        },
      ],
    });
  });

  it.each([
    [[20, 60, 100, 20, 60, 100], 'not fixed', 'still grows'],
    [[20, 60, 100, 20, 35, 50], 'better', 'grows slower'],
    [[20, 60, 100, 20, 220, 420], 'worse', 'still grows'],
    [[20, 20, 20, 20, 60, 100], 'worse', 'grows since'],
  ])('says of %j: %s', async (counts, verdict, outcome) => {
    expect(await check(counts.map(leak), 3)).toMatchObject({ verdict, rows: [{ outcome }] });
  });

  it('says so if nothing grew, and if there are too few dumps', async () => {
    expect(await check([20, 20, 20, 20].map(leak), 2)).toMatchObject({ verdict: 'nothing grew', rows: [] });
    expect(await check([20, 60, 100].map(leak), 2)).toMatchObject({ verdict: 'too few', rows: [] });
  });
});

describe('holders of growth', () => {
  /** A registry below the class Order that refers to these slots, and a cache below User. */
  const held = (leaked: number[], cached: number[]) => {
    const references = (slots: number[]) =>
      `"references":[${slots.map(slot => `"${address(slot)}"`).join(', ')}]`;
    const classOf = (slot: number, name: string, target: number) =>
      record(slot, `"type":"CLASS", "name":"${name}", ${references([target])}`);
    const strings = [...leaked, ...cached].map(slot =>
      record(slot, `"type":"STRING", "file":"a.rb", "line":1, "generation":${slot}`),
    );
    const traced = '"file":"b.rb", "line":1, "generation":1';
    return [
      `{"type":"ROOT", "root":"vm", "references":["${address(1)}", "${address(2)}"]}\n`,
      CLASSES,
      classOf(1, 'Registry', 3),
      classOf(2, 'Lru', 4),
      record(3, `"type":"ARRAY", "length":${leaked.length}, ${traced}, ${references(leaked)}`),
      record(4, `"type":"HASH", "size":${cached.length}, ${traced}, ${references(cached)}`),
      ...strings,
    ].join('');
  };
  const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

  it('names the array that holds a leak rather than its class, and recognizes a bounded cache', async () => {
    const { comparison } = await openSeries([
      held(range(0x1000, 20), range(0x2000, 30)),
      held(range(0x1000, 40), range(0x2100, 30)),
      held(range(0x1000, 70), range(0x2200, 30)),
    ]);
    expect(
      comparison.growthByHolder.map(row => [
        row.label,
        row.heldBy,
        row.counts,
        row.shallowBytes,
        row.verdict,
      ]),
    ).toEqual([
      ['(internal) ARRAY [70]', 'Class Registry', [21, 41, 71], [840, 1640, 2840], 'leak'],
      ['(internal) HASH {30}', 'Class Lru', [31, 31, 31], [1240, 1240, 1240], 'bounded'],
    ]);
    expect(comparison.growthByHolder[0]!.address).toBe(address(3));
  });
});

describe('a comparison by address alone', () => {
  it('is reported with the objects that it wrongly takes as retained, the reasons, and those that it misses', async () => {
    const traced = (line: number, generation: number) =>
      `"type":"STRING", "file":"a.rb", "line":${line}, "generation":${generation}`;
    const { comparison } = await openSeries([
      dump(record(1, traced(1, 1))),
      dump(
        record(1, traced(1, 5)),
        record(2, traced(1, 5)),
        record(3, traced(1, 5)),
        record(4, traced(1, 5)),
        record(5, traced(1, 5)),
        record(6, '"type":"STRING", "value":"a"'),
      ),
      dump(
        record(1, traced(1, 5)),
        record(2, traced(1, 5)),
        record(3, `"type":"ARRAY"`),
        record(4, traced(2, 5)),
        record(5, traced(1, 9)),
        record(6, '"type":"STRING", "value":"b"'),
        record(7, traced(1, 9)),
      ),
    ]);
    expect(comparison.retained).toEqual({ objects: 2, shallowBytes: 80 });
    expect(comparison.addressOnly).toEqual({
      retained: { objects: 5, shallowBytes: 200 },
      different: [
        { by: 'type or class', objects: 1 },
        { by: 'allocation site', objects: 1 },
        { by: 'generation', objects: 1 },
        { by: 'content', objects: 1 },
      ],
      missed: 1,
    });
  });
});

describe('incomplete dumps, and dumps of several processes', () => {
  const whole = dump(objects(0x1000, 20, 'a.rb', 1));

  it('compares by group if classes are at other addresses', async () => {
    const other = dump(objects(0x1000, 40, 'a.rb', 1)).replaceAll('0x7f', '0x6f');
    const { comparison, session, ids } = await openSeries([whole, other]);
    expect(comparison).toMatchObject({ identity: 'by group', matched: null, new: null, steps: [] });
    expect(comparison.reason).toMatch(/Only 0 of 5 named classes and modules have the same address/);
    expect(comparison.growthBySite[0]).toMatchObject({ label: 'a.rb:1', counts: [20, 40], verdict: 'grew' });
    await expect(addressesOf(session, ids[1]!, 'is:new')).rejects.toThrow(/can be compared by group only/);
  });

  it('says if two dumps are from different versions of Ruby', async () => {
    const newer = whole.replaceAll('"memsize"', '"slot_size":160, "memsize"');
    const { comparison } = await openSeries([whole, newer]);
    expect(comparison.identity).toBe('by group');
    expect(comparison.reason).toMatch(/different Rubies: 2\.2 – 3\.1 and /);
  });

  it('excludes a truncated dump from growth, and says so', async () => {
    const cut = dump(objects(0x1000, 20, 'a.rb', 1), objects(0x1100, 1, 'a.rb', 3)).slice(0, -30);
    const later = dump(objects(0x1000, 20, 'a.rb', 1), objects(0x1100, 30, 'a.rb', 3));
    const { comparison } = await openSeries([whole, cut, later]);
    expect(comparison.identity).toBe('same process');
    expect(comparison.dumps.map(each => each.leftOut !== null)).toEqual([false, true, false]);
    expect(comparison.notes[0]).toMatch(/^2\.json is incomplete: it is left out of growth/);
    expect(comparison.growthBySite[0]).toMatchObject({
      counts: [20, 20, 50],
      verdict: 'grew',
      slopePerDump: 1200,
    });
  });

  it('compares a partial dump with a complete one by group, and says so', async () => {
    const since = objects(0x1100, 30, 'a.rb', 3);
    const { comparison } = await openSeries([whole, since]);
    expect(comparison.identity).toBe('by group');
    expect(comparison.reason).toMatch(/^2\.json holds only what was allocated since a generation/);
  });

  it('says that growth may come from records missing in a dump if fewer than two dumps are complete', async () => {
    const since = objects(0x1100, 30, 'a.rb', 3);
    const { comparison } = await openSeries([whole, since]);
    expect(comparison.notes[0]).toMatch(
      /^2\.json is incomplete: fewer than two dumps are complete, so growth/,
    );
  });

  it('says that a dump was opened twice, and gives the two different names', async () => {
    const { comparison } = await openSeries([whole, whole], { names: ['a.json', 'a.json'] });
    expect(comparison).toMatchObject({ new: { objects: 0 }, freed: { objects: 0 }, matched: 25 });
    expect(comparison.dumps.map(({ name }) => name)).toEqual(['a.json', 'a.json (2)']);
    expect(comparison.notes[0]).toBe(
      'a.json and a.json (2) hold the same objects: they may be the same dump, opened twice.',
    );
  });

  it('has no relations for a dump that is in no series, or at its end', async () => {
    const { session, ids } = await openSeries([whole, whole]);
    await expect(addressesOf(session, ids[0]!, 'class:Order is:new')).rejects.toThrow(
      /^At character 13 of the filter: is:new cannot be determined: this is the first dump/,
    );
    await expect(addressesOf(session, ids[1]!, 'is:retained')).rejects.toThrow(/takes three dumps/);
    await session.close(ids[0]!);
    expect(await session.ask('comparison', { snapshot: ids[1]!, top: 1 })).toBeNull();
    await expect(addressesOf(session, ids[1]!, 'is:new')).rejects.toThrow(/not compared with another/);
  });
});

it('keeps the dumps of each process together, and numbers the processes', async () => {
  const text = (generation: number) => dump(objects(0x1000, 1, 'a.rb', generation));
  const other = (generation: number) => text(generation).replaceAll('0x7f', '0x6f');
  const { comparison } = await openSeries([other(7), text(9), other(5), text(3)], {
    names: ['fixed-2.json', 'a-2.json', 'fixed-1.json', 'a-1.json'],
    order: 'taken',
  });
  expect(comparison.dumps.map(({ name, process }) => [name, process])).toEqual([
    ['a-1.json', 0],
    ['a-2.json', 0],
    ['fixed-1.json', 1],
    ['fixed-2.json', 1],
  ]);
  expect(comparison.identity).toBe('by group');
});

it('puts dumps in the order in which they were taken', async () => {
  const texts = [9, 3, 5].map(generation => dump(objects(0x1000, 1, 'a.rb', generation)));
  const names = ['after.json', 'before.json', 'between.json'];
  const { comparison } = await openSeries(texts, { names, order: 'taken' });
  expect(comparison.dumps.map(({ name, generation }) => [name, generation])).toEqual([
    ['before.json', 3],
    ['between.json', 5],
    ['after.json', 9],
  ]);
});
