import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SUPERSEDED } from '../../protocol/errors.ts';
import type { Scanned, ScanProgress } from '../scan.ts';
import { ScanClient, type ScanWorker } from './client.ts';
import type { ScanMessage, ScanRequest } from './messages.ts';

/** A thread that sends what the test says, and records the requests it receives. */
function scriptedThread() {
  const sent: string[] = [];
  const thread: ScanWorker = {
    onmessage: null,
    postMessage: (message: ScanRequest) => sent.push(`${message.kind} ${message.id}`),
  };
  const say = (data: ScanMessage) => thread.onmessage?.(new MessageEvent('message', { data }));
  return { thread, say, sent };
}

const blob = new Blob(['{}']);
const scanned = { importerId: 'ruby' } as Scanned;
const progress = {} as ScanProgress;
const nameOf = (error: Error) => error.name;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function connected() {
  const onStuck = vi.fn();
  const client = new ScanClient(onStuck);
  const first = scriptedThread();
  client.connect(first.thread);
  return { client, onStuck, ...first };
}

test('a superseded scan rejects at once and does not affect the scan that replaced it', async () => {
  const { client, say, sent } = connected();
  let failLate: (error: Error) => void = () => undefined;
  const first = client.scan(blob, 'first', () => new Promise((_, reject) => (failLate = reject)));
  const ended = first.catch(nameOf);
  say({ kind: 'started', id: 1 });
  say({ kind: 'progress', id: 1, progress });
  await Promise.resolve();

  const second = client.scan(blob, 'second', () => undefined);
  expect(await ended).toBe(SUPERSEDED);
  failLate(new Error('cancelled'));
  await vi.advanceTimersByTimeAsync(0);
  say({ kind: 'end', id: 1, scanned });
  say({ kind: 'end', id: 2, scanned });
  expect(await second).toBe(scanned);
  expect(sent).toEqual(['start 1', 'stop 1', 'start 2']);
});

test('a cancelled scan rejects at once, and its thread is kept if it stops in time', async () => {
  const { client, say, sent, onStuck } = connected();
  const abort = new AbortController();
  const ended = client.scan(blob, 'a', () => undefined, abort.signal).catch(nameOf);
  abort.abort();
  expect(await ended).toBe(SUPERSEDED);
  expect(sent).toEqual(['start 1', 'stop 1']);
  say({ kind: 'failed', id: 1, failure: { kind: 'stopped' } });
  await vi.runAllTimersAsync();
  expect(onStuck).not.toHaveBeenCalled();
});

test('a thread that does not stop is reported as stuck, and the next scan starts in its replacement', async () => {
  const { client, onStuck } = connected();
  const abort = new AbortController();
  const ended = client.scan(blob, 'a', () => undefined, abort.signal).catch(nameOf);
  abort.abort();
  await ended;
  const next = client.scan(blob, 'b', () => undefined);
  await vi.runAllTimersAsync();
  expect(onStuck).toHaveBeenCalledOnce();

  const other = scriptedThread();
  client.connect(other.thread);
  expect(other.sent).toEqual(['start 2']);
  other.say({ kind: 'end', id: 2, scanned });
  expect(await next).toBe(scanned);
  expect(onStuck).toHaveBeenCalledOnce();
});

test('a scan that a lost thread had started fails with advice, and the next scan works', async () => {
  const { client, say } = connected();
  const running = client.scan(blob, 'heap.json', () => undefined).catch(error => error.problem);
  say({ kind: 'started', id: 1 });
  const other = scriptedThread();
  client.connect(other.thread);
  expect(await running).toMatchObject({ code: 'thread-lost', file: 'heap.json' });

  const next = client.scan(blob, 'heap.json', () => undefined);
  // Messages from the lost thread are ignored.
  say({ kind: 'end', id: 2, scanned: { importerId: 'other' } as Scanned });
  other.say({ kind: 'end', id: 2, scanned });
  expect(await next).toBe(scanned);
});

test('without a thread every scan fails', async () => {
  const client = new ScanClient(() => undefined);
  const running = client.scan(blob, 'running', () => undefined).catch(nameOf);
  client.fail('no SIMD');
  expect(await running).toBe('ProblemError');
  await expect(client.scan(blob, 'next', () => undefined)).rejects.toThrow('could not be started');
});

test('a task ends with its result or its error, beside a scan', async () => {
  const { client, say, sent } = connected();
  const first = client.task('a');
  const second = client.task('b').catch(nameOf);
  say({ kind: 'task-failed', id: 2, failure: { kind: 'error', name: 'RangeError', message: 'too long' } });
  say({ kind: 'task-end', id: 1, result: 'A' });
  expect(await first).toBe('A');
  expect(await second).toBe('RangeError');
  expect(sent).toEqual(['task 1', 'task 2']);
});

test('tasks fail where there is no thread, and when it is lost', async () => {
  await expect(new ScanClient(() => undefined).task('a')).rejects.toThrow('no scanning thread');
  const { client } = connected();
  const lost = client.task('a');
  client.connect(scriptedThread().thread);
  await expect(lost).rejects.toThrow('lost');
});
