import { expect, test } from 'vitest';
import { SUPERSEDED } from '../../protocol/errors.ts';
import type { Scanned, ScanProgress } from '../scan.ts';
import { ScanClient, type ScanWorker } from './client.ts';
import type { ScanMessage } from './messages.ts';

/** A thread that says what the test says. */
function scriptedWorker() {
  const worker: ScanWorker = { onmessage: null, onerror: null, postMessage: () => undefined };
  const say = (data: ScanMessage) => worker.onmessage?.(new MessageEvent('message', { data }));
  return { worker, say };
}

const blob = new Blob(['{}']);
const scanned = { importerId: 'ruby' } as Scanned;
const progress = {} as ScanProgress;

test('a scan that another one supersedes ends so, and takes nothing from it', async () => {
  const { worker, say } = scriptedWorker();
  const client = new ScanClient(worker);
  let failLate: (error: Error) => void = () => undefined;
  const first = client.scan(blob, 'first', () => new Promise((_, reject) => (failLate = reject)));
  const ended = first.catch((error: Error) => error.name);
  say({ kind: 'progress', id: 1, progress });
  await Promise.resolve();

  const second = client.scan(blob, 'second', () => undefined);
  expect(await ended).toBe(SUPERSEDED);
  failLate(new Error('cancelled'));
  await new Promise(resolve => setTimeout(resolve));
  say({ kind: 'end', id: 1, scanned });
  say({ kind: 'end', id: 2, scanned });
  expect(await second).toBe(scanned);
  expect(worker.onmessage).toBeNull();
});

test('what the thread fails of is told to the scan that goes on, and to those after it', async () => {
  const { worker } = scriptedWorker();
  const client = new ScanClient(worker);
  const running = client.scan(blob, 'running', () => undefined);
  worker.onerror?.({ message: 'no SIMD' } as ErrorEvent);
  await expect(running).rejects.toThrow('The thread that reads files failed.');
  await expect(client.scan(blob, 'next', () => undefined)).rejects.toThrow(
    'The thread that reads files failed.',
  );
});
