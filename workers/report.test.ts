import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Report } from './protocol/report.ts';

const ROOT = new URL('..', import.meta.url);
const DUMP = fileURLToPath(new URL('e2e/fixtures/ruby-2.7.json.gz', ROOT));

/** Runs the program under Node, without the output of npm. */
function run(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  const program = fileURLToPath(new URL('workers/heapscape.ts', ROOT));
  const tsx = fileURLToPath(new URL('node_modules/tsx/dist/cli.mjs', ROOT));
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [tsx, program, 'report', ...args],
      { maxBuffer: 1 << 24 },
      (error, out, stderr) =>
        resolve({ status: error === null ? 0 : Number(error.code), out, error: stderr }),
    );
  });
}

it('narrows every figure with a filter, even one that begins with a minus', async () => {
  const { status, out } = await run(DUMP, '--top', '3', '--filter', '-type:string size>1KB');
  expect(status).toBe(0);
  const report = JSON.parse(out) as Report;
  expect(report.filter).toBe('-type:string size>1KB');
  expect(report.types.map(row => row.type)).not.toContain('STRING');
  expect(report.topRetained).toHaveLength(3);
  const counts = [report.types, report.generations, [report.reachable, report.unreachable]].map(rows =>
    rows.reduce((sum, row) => sum + row.objects, 0),
  );
  expect(counts).toEqual([report.objects, report.objects, report.objects]);
});

it.each([
  [['gen:abc'], /^At character 1 of the filter: gen: expects a number, .* abc is not a number\.\n$/],
  [
    ['a class:User+'],
    /At character 3 of the filter: class:User\+ needs the superclasses, which this dump does not/,
  ],
  [[], /^usage: /],
  [
    ['a', '--group', 'class,colour'],
    /^There is no key colour to group by\. There are class, class-object, superclass, /,
  ],
])('ends with status 2 and one line for --filter %s', async (filter, line) => {
  const { status, out, error } = await run(DUMP, '--filter', ...filter);
  expect({ status, out, lines: error.split('\n').length }).toEqual({ status: 2, out: '', lines: 2 });
  expect(error).toMatch(line);
});

/** A dump with classes, `leaked` objects that stay at their addresses, and one object that is new in each dump. */
function seriesDump(leaked: number, generation: number): string {
  const address = (slot: number) => `0x${(0x7f0000000000 + slot * 40).toString(16)}`;
  const traced = { memsize: 40, file: 'leak.rb', line: 7 };
  const records = [
    { type: 'ROOT', root: 'vm', references: [] },
    ...['A', 'B', 'C', 'D', 'Leak'].map((name, at) => ({
      address: address(at),
      type: 'CLASS',
      name,
      memsize: 500,
    })),
    { address: address(50), type: 'STRING', ...traced, file: 'other.rb', generation },
    ...Array.from({ length: leaked }, (_, at) => {
      const born = at < 10 ? 1 : at < 30 ? 5 : 9;
      return { address: address(100 + at), type: 'OBJECT', class: address(4), ...traced, generation: born };
    }),
  ];
  return records.map(record => `${JSON.stringify(record)}\n`).join('');
}

it('compares several dumps, in the order in which they were taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heapscape-'));
  try {
    const path = (name: string) => join(folder, `${name}.json`);
    await writeFile(path('before'), seriesDump(10, 1));
    await writeFile(path('after'), seriesDump(30, 5));
    await writeFile(path('later'), seriesDump(60, 9));
    const { status, out, error } = await run(path('after'), path('before'), path('later'));
    expect({ status, error }).toEqual({
      status: 0,
      error: 'Compared in this order: before.json, after.json, later.json.\n',
    });
    const report = JSON.parse(out) as Report;
    expect(report).toMatchObject({ version: 1, kind: 'heap', objects: 66 });
    expect(report.comparison).toMatchObject({
      identity: 'same process',
      matched: 15,
      byAddressOnly: 5,
      new: { objects: 21, shallowBytes: 840 },
      freed: { objects: 1, shallowBytes: 40 },
      retained: { objects: 20, shallowBytes: 800 },
      retainedByClass: [{ label: 'Leak', objects: 20, shallowBytes: 800 }],
      retainedBySite: [{ site: 'leak.rb:7', objects: 20, shallowBytes: 800 }],
    });
    expect(report.comparison!.growth[0]).toMatchObject({
      label: 'Leak',
      counts: [10, 30, 60],
      shallowBytes: [400, 1200, 2400],
      slopePerDump: 1000,
      monotone: true,
      verdict: 'leak',
    });
    const narrowed = await run(path('before'), path('after'), path('later'), '--filter', 'is:retained');
    expect(JSON.parse(narrowed.out)).toMatchObject({ objects: 20, filter: 'is:retained' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

const profile = (name: string) => fileURLToPath(new URL(`e2e/fixtures/formats/${name}`, ROOT));

it('prints the numbers of a profile and of a series', async () => {
  const massif = await run(profile('massif.out'), '--top', '2');
  expect(massif.status).toBe(0);
  expect(JSON.parse(massif.out)).toMatchObject({
    version: 1,
    format: 'Valgrind massif',
    kind: 'profile',
    top: [{}, {}],
  });
  const series = await run(profile('gc-stat.jsonl'));
  expect(JSON.parse(series.out)).toMatchObject({ version: 1, kind: 'series', totals: { samples: 24 } });
});

it('prints the call stacks of a profile for other programs', async () => {
  const { out } = await run(profile('massif.out'), '--as', 'collapsed');
  expect(out).toMatch(/^main;keep;make_node;copy_name \d+$/m);
  const speedscope = await run(profile('go-heap.pb.gz'), '--as', 'speedscope');
  expect(JSON.parse(speedscope.out)).toMatchObject({
    exporter: 'Heapscape',
    shared: { frames: expect.any(Array) },
  });
});

it.each([
  [[profile('massif.out'), '--as', 'svg'], /^usage: /],
  [[profile('massif.out'), '--group', 'class'], /^--filter and --group are for heap dumps\./],
  [[profile('gc-stat.jsonl'), '--as', 'collapsed'], /A series has no call stacks/],
  [[DUMP, '--as', 'collapsed'], /--as is for profiles/],
  [[fileURLToPath(import.meta.url)], /This isn't a Ruby heap dump\. It looks like /],
])('ends with status 2 and one line for %s', async (args, line) => {
  const { status, out, error } = await run(...args);
  expect({ status, out, lines: error.split('\n').length }).toEqual({ status: 2, out: '', lines: 2 });
  expect(error).toMatch(line);
});
