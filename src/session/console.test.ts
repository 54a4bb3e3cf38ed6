import { beforeEach, expect, test } from 'vitest';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { DEFAULT_PREFERENCES } from '../state/preferences.ts';
import { createAppStore } from '../state/store.ts';
import { createConsole, type HeapscapeConsole } from './console.ts';
import type { FileManager } from './file-manager.ts';
import { createIdleSignal } from './idle.ts';

let heapscape: Record<
  'open' | 'report' | 'object' | 'retainerPath',
  (argument?: unknown) => Promise<unknown>
>;
let openDump: () => void;
let asked: unknown[];

beforeEach(() => {
  const store = createAppStore(DEFAULT_PREFERENCES);
  const idle = createIdleSignal();
  const service: Partial<HeapService> = {
    ask: (...question) => {
      asked = question;
      return Promise.resolve(null as never);
    },
  };
  const console = createConsole(
    { service: service as HeapService, idle, fileManager: {} as FileManager },
    store,
  );
  heapscape = console as HeapscapeConsole as typeof heapscape;
  openDump = () => store.getState().snapshotOpened({ id: 1, name: 'heap.json' } as never);
});

test.each(['report', 'object', 'retainerPath'] as const)(
  '%s without a dump rejects with what to do',
  async name => {
    await expect(heapscape[name](name === 'report' ? undefined : '0x10')).rejects.toThrow(
      'No dump is open: await heapscape.open(fileOrUrl) first.',
    );
  },
);

test.each([null, undefined, 5, {}, ['a'], Symbol('s')])(
  'open of %s rejects with a sentence',
  async source => {
    await expect(heapscape.open(source)).rejects.toThrow(
      /needs a File, a Blob or a URL of this site, and got/,
    );
  },
);

test.each([5, null, undefined, {}])('an address that is %s rejects with a sentence', async address => {
  openDump();
  await expect(heapscape.object(address)).rejects.toThrow(/heapscape.object needs an address as text/);
  await expect(heapscape.retainerPath(address)).rejects.toThrow(/heapscape.retainerPath needs an address/);
});

test('an address of no object is rejected with a message', async () => {
  openDump();
  await expect(heapscape.object('0x10')).rejects.toThrow('There is no object at 0x10 in this dump.');
});

test.each([
  [null, /needs options such as \{ top: 10 \}, and got null/],
  [5, /needs options such as \{ top: 10 \}, and got 5/],
  ['all', /needs options such as/],
  [{ top: '5' }, /needs a count, such as \{ top: 10 \}, and got top: "5"/],
  [{ top: -1 }, /needs a count/],
  [{ top: 0.5 }, /needs a count/],
  [{ top: null }, /needs a count/],
  [{ filter: 5 }, /needs a filter as text, such as \{ filter: 'class:User' \}, and got filter: 5/],
  [{ group: 'gem' }, /needs a list of keys/],
  [{ group: ['gem', 'colour'] }, /keys are class, .*, and got group: \[gem, colour\]/],
  [{ limit: 5 }, /has no option "limit"\. It has top, filter, group\./],
])('report of %j rejects with a sentence', async (options, sentence) => {
  openDump();
  await expect(heapscape.report(options)).rejects.toThrow(sentence);
});

test.each([undefined, {}, { top: 5 }, { top: 0 }, { filter: 'class:A', group: ['gem', 'class'], top: 3 }])(
  'report of %j is asked as it is',
  async options => {
    openDump();
    await heapscape.report(options);
    expect(asked).toEqual(['report', { snapshot: 1, ...options }]);
  },
);
