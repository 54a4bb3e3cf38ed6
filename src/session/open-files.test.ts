import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, Problem } from '../../workers/protocol/errors.ts';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { type ProfileInfo, WHOLE_FILE } from '../../workers/protocol/profile-questions.ts';
import type { SnapshotInfo } from '../../workers/protocol/snapshot-info.ts';
import type { AppStore } from '../state/app-state.ts';
import { defaultView } from '../state/navigation.ts';
import { DEFAULT_PREFERENCES } from '../state/preferences.ts';
import { createAppStore } from '../state/store.ts';
import type { FileManager } from './file-manager.ts';
import { createIdleSignal } from './idle.ts';
import { createFileManager } from './open-files.ts';

const problem: Problem = { code: 'not-a-dump', file: 'a.txt', message: 'No dump.', advice: 'Drop a dump.' };
const file = (name: string) => new File(['{}'], name);

describe('the file manager', () => {
  let store: AppStore;
  let fileManager: FileManager;
  let opened: string[];
  let compared: number[][];
  let reduced: number[];
  /** Result of opening a heap dump; by default each file becomes a snapshot. */
  let answer: (name: string) => Promise<Outcome<SnapshotInfo>>;
  /** Result of opening a profile; by default a file is not a profile. */
  let profileAnswer: (name: string) => Outcome<ProfileInfo>;

  beforeEach(() => {
    opened = [];
    compared = [];
    reduced = [];
    answer = name => Promise.resolve({ ok: true, value: { id: opened.length, name } as SnapshotInfo });
    profileAnswer = name => ({ ok: false, problem: { ...problem, file: name } });
    store = createAppStore(DEFAULT_PREFERENCES, { linkedAddress: '0x2a' });
    const service: Partial<HeapService> = {
      open: (_, { name }) => {
        opened.push(name);
        return answer(name);
      },
      openProfile: (_, { name }) => Promise.resolve(profileAnswer(name)),
      ask: (name, query) => {
        if (name === 'comparison') return Promise.resolve({ retained: { objects: 3 } } as never);
        const isWanted = 'text' in query && query.text === '0x2a';
        return Promise.resolve((isWanted ? { object: 42, address: '0x2a' } : null) as never);
      },
      setSeries: (ids, order) => {
        compared.push([...ids]);
        return Promise.resolve(order === 'taken' ? [...ids].reverse() : [...ids]);
      },
      reduce: id => {
        reduced.push(id);
        return Promise.resolve();
      },
      reducedDumps: () => Promise.resolve(reduced),
      cancelOpen: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    fileManager = createFileManager(service as HeapService, createIdleSignal(), store);
  });

  it('opens several files sorted by the numbers in their names', async () => {
    await fileManager.openAll(['heap-10.json', 'heap-2.json', 'heap-1.json'].map(file));
    expect(opened).toEqual(['heap-1.json', 'heap-2.json', 'heap-10.json']);
    expect(store.getState()).toMatchObject({ loads: [], problems: [] });
    expect(store.getState().recentFiles[0]).toMatchObject({ name: 'heap-10.json', fileBytes: 2 });
  });

  it('shows the comparison of two profiles that a link asks for, in whatever order they open', async () => {
    for (const names of [
      ['before.out', 'after.out.gz'],
      ['after.out.gz', 'other.out', 'before.out'],
    ]) {
      store.setState({ profiles: [], active: null, problems: [] });
      answer = name => Promise.resolve({ ok: false, problem: { ...problem, file: name } });
      profileAnswer = name => {
        const info = { id: names.indexOf(name) + 1, name, kind: 'profile', format: 'x', trees: [] };
        return { ok: true, value: info as unknown as ProfileInfo };
      };
      const view = defaultView('calls');
      const scope = { ...WHOLE_FILE, filter: 'gem:json' };
      const linkedComparison = { dump: 'after.out', against: 'before.out', view, scope };
      store.setState({ linkedDump: 'after.out', linkedComparison, view, scope });
      for (const name of names) await fileManager.open(file(name));
      const [active, against] = [names.indexOf('after.out.gz') + 1, names.indexOf('before.out') + 1];
      expect(store.getState()).toMatchObject({ active, view, scope: { ...scope, against }, problems: [] });
      expect(store.getState().linkedComparison).toBeNull();
    }
  });

  it('says that a link was made for another dump, by its name or its totals', async () => {
    answer = name =>
      Promise.resolve({ ok: true, value: { id: 1, name, objects: 7, shallowBytes: 280 } as SnapshotInfo });
    const opened = async (name: string, linkedTotals: string | null) => {
      store.setState({ linkedDump: 'a.json', linkedTotals, problems: [] });
      await fileManager.open(file(name));
      return store.getState().problems.map(({ message }) => message);
    };
    expect(await opened('a.json.gz', '7-280')).toEqual([]);
    expect(await opened('a.json', null)).toEqual([]);
    expect(await opened('a.json', '5000-280')).toEqual([
      'This link was made for another dump named a.json: that one has 5,000 objects, this one has 7 objects.',
    ]);
    expect(await opened('b.json', '7-280')).toEqual([
      'This link was made for a.json, but b.json was opened.',
    ]);
  });

  it('joins the parts of a split dump, and names a missing part', async () => {
    const part = (name: string, text: string) => new File([text], name);
    const parts = [
      part('heap.json.ab', '0x28"}'),
      part('heap.json.aa', '{"type":"ROOT"'),
      part('b.json', '{}'),
    ];
    await fileManager.openAll(parts);
    expect(opened).toEqual(['b.json', 'heap.json (2 parts)']);
    expect(store.getState().recentFiles[0]).toMatchObject({ fileBytes: 20 });

    await fileManager.openAll([...parts.slice(1, 2), part('heap.json.ac', '}')]);
    expect(opened).toHaveLength(2);
    expect(store.getState().problems).toMatchObject([{ message: 'Part ab of the split dump is missing.' }]);
  });

  it('compares dumps that are opened together, and shows what the last of them retained', async () => {
    await fileManager.openAll(['a.json', 'b.json', 'c.json'].map(file));
    expect(compared).toEqual([[1, 2, 3]]);
    expect(store.getState()).toMatchObject({
      series: [3, 2, 1],
      active: 1,
      view: { kind: 'compare' },
      chips: [{ label: 'is:retained' }],
    });
  });

  it('lists all files of a drop from the beginning, and continues when some are cancelled', async () => {
    let answered: (outcome: Outcome<SnapshotInfo>) => void = () => undefined;
    answer = name =>
      name === 'a.json'
        ? new Promise(resolve => {
            answered = resolve;
          })
        : Promise.resolve({ ok: true, value: { id: opened.length, name } as SnapshotInfo });
    const all = fileManager.openAll(['a.json', 'b.json', 'c.json', 'd.json'].map(file));
    const names = () => store.getState().loads.map(({ name, isDone }) => `${name} ${isDone}`);
    await expect.poll(() => opened).toEqual(['a.json']);
    expect(names()).toEqual(['a.json false', 'b.json false', 'c.json false', 'd.json false']);
    const [first, second] = store.getState().loads;
    fileManager.cancel(second!.loadId);
    expect(names()).toEqual(['a.json false', 'c.json false', 'd.json false']);
    fileManager.cancel(first!.loadId);
    answered({ ok: false, problem: { ...problem, code: 'cancelled' } });
    await all;
    expect(opened).toEqual(['a.json', 'c.json', 'd.json']);
    expect(store.getState()).toMatchObject({ loads: [], problems: [], series: [3, 2] });
  });

  it('compares dumps of two drops, the second made while the first is being read', async () => {
    const ids = new Map(['a', 'b', 'c', 'd'].map((name, at) => [`${name}.json`, at + 1]));
    answer = name => Promise.resolve({ ok: true, value: { id: ids.get(name), name } as SnapshotInfo });
    await Promise.all([
      fileManager.openAll(['a.json', 'b.json'].map(file)),
      fileManager.openAll(['c.json', 'd.json'].map(file)),
    ]);
    expect(opened).toHaveLength(4);
    expect(store.getState()).toMatchObject({ loads: [], problems: [], view: { kind: 'compare' } });
    expect([...store.getState().series].sort()).toEqual([1, 2, 3, 4]);
  });

  it('compares the remaining dumps if one is closed while others are being read', async () => {
    answer = async name => {
      if (name === 'c.json') await fileManager.close(1);
      return { ok: true, value: { id: opened.length, name } as SnapshotInfo };
    };
    await fileManager.openAll(['a.json', 'b.json', 'c.json'].map(file));
    expect([...store.getState().series].sort()).toEqual([2, 3]);
    expect(store.getState().problems).toEqual([]);
  });

  it('shows another dump when the active one is reduced, and reads it again in its place', async () => {
    await fileManager.openAll(['a.json', 'b.json', 'c.json'].map(file));
    // The service in this test sorts dumps with the most recently opened first.
    expect(store.getState()).toMatchObject({ series: [3, 2, 1], active: 1 });
    await fileManager.reduce(1);
    expect(store.getState()).toMatchObject({ active: 2, reduced: [1], view: { kind: 'compare' } });
    expect(store.getState().notice).toMatch(/^To save memory, a\.json was reduced/);
    await fileManager.readAgain(1);
    expect(opened).toEqual(['a.json', 'b.json', 'c.json', 'a.json']);
    expect(store.getState()).toMatchObject({ series: [3, 2, 4], active: 2, view: { kind: 'compare' } });
  });

  it('cancels all at once', async () => {
    let answered: (outcome: Outcome<SnapshotInfo>) => void = () => undefined;
    answer = () =>
      new Promise(resolve => {
        answered = resolve;
      });
    const all = fileManager.openAll(['a.json', 'b.json'].map(file));
    await expect.poll(() => opened).toEqual(['a.json']);
    fileManager.cancelAll();
    answered({ ok: false, problem: { ...problem, code: 'cancelled' } });
    await all;
    expect(opened).toEqual(['a.json']);
    expect(store.getState()).toMatchObject({ loads: [], snapshots: [] });
  });

  it('adds a dump to the open one, and to the series, without leaving the view', async () => {
    await fileManager.open(file('a.json'));
    expect(compared).toEqual([]);
    await fileManager.open(file('b.json'));
    await fileManager.open(file('c.json'));
    expect(compared).toEqual([
      [1, 2],
      [2, 1, 3],
    ]);
    expect(store.getState()).toMatchObject({ active: 3, view: { kind: 'overview' }, chips: [] });
  });

  it('adds no dump to others that were opened separately', async () => {
    await fileManager.openAll(['a.json', 'b.json'].map(file));
    await fileManager.compare([1], 'given');
    await fileManager.open(file('c.json'));
    expect(store.getState().series).toEqual([]);
  });

  it('reports all files of a folder that are not dumps together', async () => {
    answer = async name =>
      name === 'a.json'
        ? { ok: true, value: { id: 1, name } as SnapshotInfo }
        : { ok: false, problem: { ...problem, file: name, looksLike: 'plain text' } };
    const folder = { name: 'dumps', isCut: false };
    await fileManager.openDropped(Promise.resolve({ files: ['b.txt', 'a.json', 'c.txt'].map(file), folder }));
    expect(store.getState().problems.map(({ message }) => message)).toEqual([
      '3 files were found, 1 of them to open. No heap dumps: b.txt (plain text), c.txt (plain text).',
    ]);
    await fileManager.openDropped(Promise.resolve({ files: [file('a.json')], folder }));
    expect(store.getState().problems).toHaveLength(0);
    await fileManager.openDropped(Promise.resolve({ files: [], folder }));
    expect(store.getState().problems.at(-1)).toMatchObject({
      file: 'dumps',
      message: 'It contains no files.',
    });
  });

  it('opens the folder of heap-profiler filtered to what was allocated since its generation', async () => {
    const info = new File(['47'], 'generation.info');
    const files = [file('allocated.heap'), info, file('retained.heap')];
    await fileManager.openDropped(Promise.resolve({ files, folder: { name: 'report', isCut: false } }));
    expect(opened).toEqual(['retained.heap', 'allocated.heap']);
    expect(store.getState()).toMatchObject({
      active: 2,
      problems: [],
      chips: [{ spec: { kind: 'filter', text: 'gen:47..' } }],
    });

    store.getState().setChips([]);
    await fileManager.openAll([file('allocated.heap'), new File(['0'], 'generation.info')]);
    expect(store.getState()).toMatchObject({ active: 3, chips: [] });
    answer = name => Promise.resolve({ ok: false, problem: { ...problem, file: name } });
    await fileManager.openAll([info]);
    expect(store.getState().problems).toMatchObject([{ file: 'generation.info' }]);
  });

  it('selects the object that the link names, once', async () => {
    await fileManager.open(file('a.json'));
    expect(store.getState()).toMatchObject({
      selection: { object: 42, address: '0x2a' },
      linkedAddress: null,
    });
  });

  it('opens as a profile what is not a heap dump, and says what a text resembles', async () => {
    answer = name => Promise.resolve({ ok: false, problem: { ...problem, file: name } });
    const info = { id: 7, name: 'massif.out', kind: 'profile' } as ProfileInfo;
    profileAnswer = () => ({ ok: true, value: info });
    expect(await fileManager.open(file('massif.out'))).toEqual({ kind: 'profile', info });
    expect(store.getState()).toMatchObject({ active: 7, profiles: [info], snapshots: [], problems: [] });
    expect(store.getState().view.kind).toBe('functions');

    const resembling: Problem = { ...problem, looksLike: 'a log of Puma' };
    profileAnswer = () => ({ ok: false, problem: resembling });
    expect(await fileManager.open(file('puma.log'))).toBe(null);
    expect(store.getState()).toMatchObject({ active: 7, problems: [resembling] });
  });

  it('keeps open files when another fails, and the failed file for another try', async () => {
    await fileManager.open(file('a.json'));
    answer = () => Promise.resolve({ ok: false, problem });
    const refused = file('a.txt');
    expect(await fileManager.open(refused)).toBe(null);
    const advice = expect.stringMatching(
      /^Drop a dump\. Reports of other tools open, too, such as memory_profiler/,
    );
    expect(store.getState()).toMatchObject({ active: 1, loads: [], problems: [{ ...problem, advice }] });
    expect(fileManager.fileOf(store.getState().problems[0]!)).toBe(refused);
  });

  it('reports a failure of the service, and nothing after a cancellation', async () => {
    answer = () => Promise.reject(new Error('boom'));
    await fileManager.open(file('a.json'));
    expect(store.getState().problems).toMatchObject([{ code: 'internal', file: 'a.json' }]);
    answer = () => Promise.resolve({ ok: false, problem: { ...problem, code: 'cancelled' } });
    await fileManager.open(file('b.json'));
    expect(store.getState().problems).toHaveLength(1);
  });
});
