import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, Problem } from '../../workers/protocol/errors.ts';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import type { SnapshotInfo } from '../../workers/protocol/rows.ts';
import { DEFAULT_PREFERENCES } from '../state/preferences.ts';
import { type AppStore, createAppStore } from '../state/store.ts';
import { createIdleSignal } from './idle.ts';
import { createDumpDesk, type DumpDesk } from './open-files.ts';

const problem: Problem = { code: 'not-a-dump', file: 'a.txt', message: 'No dump.', advice: 'Drop a dump.' };
const file = (name: string) => new File(['{}'], name);

describe('the desk', () => {
  let store: AppStore;
  let desk: DumpDesk;
  let opened: string[];
  /** Answers the next open; by default each file becomes a snapshot. */
  let answer: (name: string) => Promise<Outcome<SnapshotInfo>>;

  beforeEach(() => {
    opened = [];
    answer = name => Promise.resolve({ ok: true, value: { id: opened.length, name } as SnapshotInfo });
    store = createAppStore(DEFAULT_PREFERENCES, { wantedAddress: '0x2a' });
    const service: Partial<HeapService> = {
      open: (_, { name }) => {
        opened.push(name);
        return answer(name);
      },
      ask: (_, query) =>
        Promise.resolve(
          ('text' in query && query.text === '0x2a' ? { object: 42, address: '0x2a' } : null) as never,
        ),
      cancelOpen: () => Promise.resolve(),
      close: () => Promise.resolve(),
    };
    desk = createDumpDesk(service as HeapService, createIdleSignal(), store);
  });

  it('opens several files in the order of their numbers, the last in front', async () => {
    await desk.openAll(['heap-10.json', 'heap-2.json', 'heap-1.json'].map(file));
    expect(opened).toEqual(['heap-1.json', 'heap-2.json', 'heap-10.json']);
    expect(store.getState()).toMatchObject({ active: 3, loads: [], problems: [] });
    expect(store.getState().recentFiles[0]).toMatchObject({ name: 'heap-10.json', fileBytes: 2 });
  });

  it('selects what the link spoke of, once', async () => {
    await desk.open(file('a.json'));
    expect(store.getState()).toMatchObject({
      selection: { object: 42, address: '0x2a' },
      wantedAddress: null,
    });
  });

  it('keeps what is open when a file fails, and the file to try again', async () => {
    await desk.open(file('a.json'));
    answer = () => Promise.resolve({ ok: false, problem });
    const refused = file('a.txt');
    expect(await desk.open(refused)).toBe(null);
    expect(store.getState()).toMatchObject({ active: 1, loads: [], problems: [problem] });
    expect(desk.fileOf(problem)).toBe(refused);
  });

  it('says so when the service itself fails, and nothing when the user cancelled', async () => {
    answer = () => Promise.reject(new Error('boom'));
    await desk.open(file('a.json'));
    expect(store.getState().problems).toMatchObject([{ code: 'internal', file: 'a.json' }]);
    answer = () => Promise.resolve({ ok: false, problem: { ...problem, code: 'cancelled' } });
    await desk.open(file('b.json'));
    expect(store.getState().problems).toHaveLength(1);
  });
});
