import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProfileParamsOf, WHOLE_FILE } from '../protocol/profile-questions.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import { bytesSource } from '../testing/bytes-source.ts';
import { randomStacks, type Stack, sumOf } from '../testing/profiles/random-stacks.ts';
import { fixture } from '../testing/profiles/read-text.ts';
import { HeapSession } from './heap-session.ts';
import { OpenProfile } from './open-profile.ts';

/** Random stacks contain allocators. */
const EVERYTHING = { ...WHOLE_FILE, allocators: true };
const WHOLE = { tree: 0, weight: 0, scope: EVERYTHING, by: [], fold: false };
const ALL: ProfileParamsOf<'callTree'> = {
  ...WHOLE,
  direction: 'callees',
  focus: null,
  path: [],
  maxNodes: 10_000,
  minShare: 0,
};
const FUNCTIONS: ProfileParamsOf<'functions'> = {
  ...WHOLE,
  sort: 'name',
  descending: false,
  search: '',
  offset: 0,
  limit: 1000,
};
const NAME = 'main';

/** Opens some files that can be compared with each other; their ids start at 0. */
async function opened(...files: Uint8Array[]): Promise<OpenProfile[]> {
  const all: OpenProfile[] = [];
  for (const [id, bytes] of files.entries()) {
    const hooks = { onProgress: () => undefined };
    all.push(await OpenProfile.read(id, bytesSource(bytes), hooks, other => all[other] ?? null));
  }
  return all;
}

/** A file of stacks. The first line, a stack of two frames, identifies the format. */
function file(stacks: readonly Stack[]): Uint8Array {
  return new TextEncoder().encode(
    stacks.map(({ frames, values }) => `${frames.join(';')} ${values[0]}\n`).join(''),
  );
}

const stacks = randomStacks(1).map(some => [{ frames: ['root', 'first'], values: [7] }, ...some]);

/** What each path of a drawn tree weighs, the outermost name first. Own weights of nodes are left out. */
function byPath(nodes: readonly TreeNode[], of: (node: TreeNode) => number): Record<string, number> {
  const paths: string[] = [];
  const found: Record<string, number> = {};
  for (const [at, node] of nodes.entries()) {
    const above = node.parent < 0 ? null : paths[node.parent]!;
    paths[at] = above === null ? '' : above === '' ? node.label : `${above} | ${node.label}`;
    if (node.kind === 'group' && node.parent >= 0) found[paths[at]!] = of(node);
  }
  return found;
}

const bytes = (node: TreeNode) => node.bytes;

/** The oracle: the total of each path, from the outermost name inwards. */
function totals(paths: readonly { frames: string[]; value: number }[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { frames, value } of paths) {
    for (let length = 1; length <= frames.length; length++) {
      const path = frames.slice(0, length).join(' | ');
      found[path] = (found[path] ?? 0) + value;
    }
  }
  return found;
}

const plain = (some: readonly Stack[]) => some.map(({ frames, values }) => ({ frames, value: values[0]! }));

describe('the tree of a profile', () => {
  test('is followed from callers to callees, and from each function to its callers', () =>
    fc.assert(
      fc.asyncProperty(stacks, async drawn => {
        const [profile] = await opened(file(drawn));
        const all = plain(drawn);
        const down = profile!.ask('callTree', ALL);
        expect(down[0]!.bytes).toBe(sumOf(drawn, 0));
        expect(byPath(down, bytes)).toEqual(totals(all));
        const up = profile!.ask('callTree', { ...ALL, direction: 'callers' });
        expect(byPath(up, bytes)).toEqual(
          totals(all.map(({ frames, value }) => ({ frames: frames.toReversed(), value }))),
        );
      }),
    ));

  test('shows callers and callees of a function, only for the outermost call if it calls itself', () =>
    fc.assert(
      fc.asyncProperty(stacks, async drawn => {
        const [profile] = await opened(file(drawn));
        const ones = plain(drawn).filter(({ frames }) => frames.includes(NAME));
        const sum = ones.reduce((all, { value }) => all + value, 0);
        const down = profile!.ask('callTree', { ...ALL, focus: NAME });
        expect(down[0]).toMatchObject({ label: NAME, bytes: sum });
        expect(byPath(down, bytes)).toEqual(
          totals(
            ones.map(({ frames, value }) => ({ frames: frames.slice(frames.indexOf(NAME) + 1), value })),
          ),
        );
        const up = profile!.ask('callTree', { ...ALL, focus: NAME, direction: 'callers' });
        expect(up[0]).toMatchObject({ label: NAME, bytes: sum });
        expect(byPath(up, bytes)).toEqual(
          totals(
            ones.map(({ frames, value }) => ({
              frames: frames.slice(0, frames.indexOf(NAME)).toReversed(),
              value,
            })),
          ),
        );
      }),
    ));

  test('folds recursion: inner calls of a function count as its outermost call', () =>
    fc.assert(
      fc.asyncProperty(stacks, async drawn => {
        const [profile] = await opened(file(drawn));
        const folded = plain(drawn).map(({ frames, value }) => {
          const short: string[] = [];
          for (const name of frames) {
            const at = short.indexOf(name);
            if (at < 0) short.push(name);
            else short.length = at + 1;
          }
          return { frames: short, value };
        });
        const nodes = profile!.ask('callTree', { ...ALL, fold: true });
        expect(byPath(nodes, bytes)).toEqual(totals(folded));
      }),
    ));

  test('keeps the stacks that a filter finds', () =>
    fc.assert(
      fc.asyncProperty(stacks, async drawn => {
        const [profile] = await opened(file(drawn));
        const scope = { ...EVERYTHING, filter: 'method:main -/^run/ or λ' };
        const kept = plain(drawn).filter(
          ({ frames }) =>
            (frames.includes(NAME) && !frames.some(name => name.startsWith('run'))) ||
            frames.some(name => name.includes('λ')),
        );
        const nodes = profile!.ask('callTree', { ...ALL, scope });
        expect(byPath(nodes, bytes)).toEqual(totals(kept));
      }),
    ));

  test('says which terms a profile cannot answer', async () => {
    const [profile] = await opened(file([{ frames: ['a', 'b'], values: [1] }]));
    const ask = (filter: string) => () =>
      profile!.ask('callTree', { ...ALL, scope: { ...EVERYTHING, filter } });
    expect(ask('gen:4')).toThrow('A profile has no objects to tell by gen.');
    expect(ask('0x7f00')).toThrow('A profile has no objects to tell by address.');
    expect(ask('(a')).toThrow('At character');
  });
});

describe('a comparison of two profiles', () => {
  test('has the earlier and later weight of every path, and the larger of both as area, stack by stack', () =>
    fc.assert(
      fc.asyncProperty(stacks, stacks, async (before, after) => {
        const [, profile] = await opened(file(before), file(after));
        const nodes = profile!.ask('callTree', { ...ALL, scope: { ...EVERYTHING, against: 0 } });
        const notZero = (all: Record<string, number>) =>
          Object.fromEntries(Object.entries(all).filter(([, value]) => value !== 0));
        expect(notZero(byPath(nodes, node => node.compared!.before))).toEqual(totals(plain(before)));
        expect(notZero(byPath(nodes, node => node.compared!.after))).toEqual(totals(plain(after)));
        const larger = new Map<string, number>();
        for (const { frames, values } of [...before, ...after]) {
          const stack = frames.join('\n');
          larger.set(stack, Math.max(larger.get(stack) ?? 0, values[0]!));
        }
        expect(nodes[0]!.bytes).toBe([...larger.values()].reduce((sum, value) => sum + value, 0));
      }),
    ));

  test('says in the table how much each function changed', async () => {
    const [, profile] = await opened(
      file([
        { frames: ['main', 'kept'], values: [10] },
        { frames: ['main', 'gone'], values: [5] },
      ]),
      file([
        { frames: ['main', 'kept'], values: [12] },
        { frames: ['main', 'new'], values: [1] },
      ]),
    );
    const { rows } = profile!.ask('functions', {
      ...FUNCTIONS,
      scope: { ...EVERYTHING, against: 0 },
      sort: 'totalChange',
    });
    expect(rows).toEqual([
      { name: 'gone', self: 0, total: 0, selfChange: -5, totalChange: -5 },
      { name: 'main', self: 0, total: 13, selfChange: 0, totalChange: -2 },
      { name: 'new', self: 1, total: 1, selfChange: 1, totalChange: 1 },
      { name: 'kept', self: 12, total: 12, selfChange: 2, totalChange: 2 },
    ]);
  });

  test('says so if the other profile is closed, or lacks the numbers', async () => {
    const [massif, profile] = await opened(
      fixture('massif.out'),
      file([{ frames: ['a', 'b'], values: [1] }]),
    );
    const against = (id: number) => ({ ...ALL, scope: { ...EVERYTHING, against: id } });
    expect(() => profile!.ask('callTree', against(9))).toThrow('The profile to compare with is closed.');
    expect(() => massif!.ask('callTree', against(1))).toThrow('The other profile has no bytes at the peak');
  });
});

describe('a profile over time', () => {
  test('is shown at the moments in the file, and as the change between two', async () => {
    const [profile] = await opened(fixture('massif.out'));
    const { moments, totals: all } = profile!.info();
    expect(moments!.x).toHaveLength(moments!.rows.length);
    const at = (from: number, to: number) =>
      profile!.ask('callTree', { ...ALL, scope: { ...EVERYTHING, rows: { from, to } } })[0]!;
    const { x, columns } = profile!.ask('seriesPoints', { columns: ['heap'], maxPoints: 1000 });
    for (const [moment, row] of moments!.rows.entries()) {
      expect(x[row]).toBe(moments!.x[moment]);
      expect(at(row, row)).toMatchObject({ bytes: columns[0]![row] });
    }
    const peak = columns[0]!.indexOf(all.peakBytes!);
    const first = moments!.rows[0]!;
    expect(at(first, peak)).toMatchObject({
      compared: { before: columns[0]![first], after: all.peakBytes },
    });
  });
});

test('the weight of functions that only allocate counts as their caller’s, unless they are requested', async () => {
  const [profile] = await opened(
    file([
      { frames: ['main', 'make', 'ruby_xmalloc', 'malloc'], values: [5] },
      { frames: ['main', 'make', 'operator new(unsigned long)'], values: [4] },
      { frames: ['main', 'malloc', 'hook'], values: [3] },
      { frames: ['malloc'], values: [2] },
    ]),
  );
  expect(profile!.info().trees[0]!.hasAllocators).toBe(true);
  const own = (allocators: boolean) => {
    const scope = { ...WHOLE_FILE, allocators };
    const { rows } = profile!.ask('functions', { ...FUNCTIONS, scope, sort: 'self', descending: true });
    return rows.filter(({ self }) => self > 0).map(({ name, self }) => [name, self]);
  };
  expect(own(false)).toEqual([
    ['make', 9],
    ['hook', 3],
    ['malloc', 2],
  ]);
  expect(own(true)).toEqual([
    ['malloc', 7],
    ['operator new(unsigned long)', 4],
    ['hook', 3],
  ]);
  expect(profile!.ask('callTree', ALL)[0]!.bytes).toBe(14);
});

describe('the groups of a profile', () => {
  test('are those in the file by file and line, whatever the stacks', async () => {
    const [profile] = await opened(fixture('massif.out'));
    const { trees, totals: all } = profile!.info();
    expect(trees[0]!.groupKeys).toEqual(['file', 'line', 'function']);
    const nodes = profile!.ask('callTree', { ...ALL, by: ['file', 'line'] });
    expect(nodes[0]!.bytes).toBe(all.peakBytes);
    expect(byPath(nodes, bytes)).toMatchObject({
      'leaky.c': all.peakBytes,
      'leaky.c | leaky.c:14': 6800,
    });
    const { rows } = profile!.ask('functions', { ...FUNCTIONS, by: ['file'] });
    expect(rows).toEqual([{ name: 'leaky.c', self: all.peakBytes, total: all.peakBytes }]);
  });

  test('say what is unknown', async () => {
    const [profile] = await opened(file([{ frames: ['a', 'b'], values: [3] }]));
    const { rows } = profile!.ask('functions', { ...FUNCTIONS, by: ['library', 'function'] });
    expect(rows.map(({ name, total }) => [name, total])).toEqual([
      ['(no library)', 3],
      ['b', 3],
    ]);
  });
});

test('what is shown is exported as collapsed stacks, which can be read again, and for speedscope', () =>
  fc.assert(
    fc.asyncProperty(stacks, async drawn => {
      const [profile] = await opened(file(drawn));
      const scope = { ...EVERYTHING, filter: '-λ' };
      const text = await profile!.ask('profileFile', { ...WHOLE, scope, as: 'collapsed' }).text();
      const kept = drawn.filter(({ frames }) => !frames.some(name => name.includes('λ')));
      const lines = kept.map(({ frames, values }) => `${frames.join(';')} ${values[0]}`);
      expect(text.trimEnd().split('\n').sort()).toEqual(lines.sort());
      const speedscope = await profile!.ask('profileFile', { ...WHOLE, scope, as: 'speedscope' }).text();
      expect(JSON.parse(speedscope).profiles[0].endValue).toBe(sumOf(kept, 0));
    }),
    { numRuns: 50 },
  ));

test('an open profile reduces the memory available for heaps, until it is closed', async () => {
  // Far more than the tables of the smallest heap.
  const file = new Blob(Array.from({ length: 10_000 }, (_, at) => `main;work_${at} ${at}\n`));
  const heap = new Blob([
    '{"type":"ROOT", "root":"vm", "references":["0x28"]}\n{"address":"0x28", "type":"OBJECT"}\n',
  ]);
  const first = await new HeapSession().openProfile(file, { loadId: 1, name: 'a' }, () => undefined);
  if (!first.ok) throw new Error(first.problem.message);
  const { memoryBytes } = first.value;
  expect(memoryBytes).toBeGreaterThan(first.value.trees[0]!.nodes * 8);
  const session = new HeapSession(null, memoryBytes);
  const profile = await session.openProfile(file, { loadId: 1, name: 'a' }, () => undefined);
  const refused = await session.open(heap, { loadId: 2, name: 'b' }, () => undefined);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'too-large', availableBytes: 0 } });
  if (profile.ok) await session.close(profile.value.id);
  expect(await session.open(heap, { loadId: 3, name: 'b' }, () => undefined)).toMatchObject({ ok: true });
});

test('a large log of events is not searched for a heap dump; a log of numbers is, since it may contain one', async () => {
  const session = new HeapSession();
  const repeated = (line: string) => new Blob([line.repeat(Math.ceil((9 << 20) / line.length))]);
  const events = repeated(
    `ALLOC 0x600000000010-0x60000000001f [size=16]: thread_1 |start | ${'main | '.repeat(200)}malloc\n`,
  );
  const heap = await session.open(events, { loadId: 1, name: 'events.txt' }, () => undefined);
  expect(heap).toMatchObject({
    ok: false,
    problem: { code: 'not-a-dump', message: 'This is a file of macOS malloc_history -allEvents.' },
  });
  const profile = await session.openProfile(events, { loadId: 1, name: 'events.txt' }, () => undefined);
  expect(profile).toMatchObject({ ok: true, value: { totals: { liveBlocks: 1 } } });
  const dump = '{"type":"ROOT", "root":"vm", "references":["0x28"]}\n{"address":"0x28", "type":"OBJECT"}\n';
  const log = new Blob([repeated(`rss=123456 ${'.'.repeat(500)}\n`), dump]);
  expect(await session.open(log, { loadId: 2, name: 'log' }, () => undefined)).toMatchObject({ ok: true });
});
