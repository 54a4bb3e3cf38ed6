import { beforeEach, expect, test } from 'vitest';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { DEFAULT_PREFERENCES } from '../state/preferences.ts';
import { createAppStore } from '../state/store.ts';
import { createConsole, type HeapscapeConsole } from './console.ts';
import type { DumpDesk } from './dump-desk.ts';
import { createIdleSignal } from './idle.ts';

let heapscape: Record<
  'open' | 'report' | 'object' | 'retainerPath',
  (argument?: unknown) => Promise<unknown>
>;
let openDump: () => void;

beforeEach(() => {
  const store = createAppStore(DEFAULT_PREFERENCES);
  const idle = createIdleSignal();
  const service: Partial<HeapService> = { ask: () => Promise.resolve(null as never) };
  const console = createConsole({ service: service as HeapService, idle, desk: {} as DumpDesk }, store);
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

test('an address that is in no record rejects with a sentence', async () => {
  openDump();
  await expect(heapscape.object('0x10')).rejects.toThrow('There is no object at 0x10 in this dump.');
});

test.each([null, 5, 'all', { top: '5' }, { top: -1 }, { top: 0.5 }, { top: null }])(
  'report of %j rejects with a sentence',
  async options => {
    openDump();
    await expect(heapscape.report(options)).rejects.toThrow(/needs options such as \{ top: 10 \}, and got/);
  },
);

test.each([undefined, {}, { top: 5 }, { top: 0 }])('report of %j is asked', async options => {
  openDump();
  await expect(heapscape.report(options)).resolves.toBeNull();
});
