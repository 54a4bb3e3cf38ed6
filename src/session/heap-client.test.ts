import { expect, test } from 'vitest';
import type { HeapService } from '../../workers/protocol/heap-service.ts';
import { createHeapClient, HeapLostError } from './heap-client.ts';
import { createIdleSignal } from './idle.ts';

/** A thread that never answers, and one that does. */
const silent = {
  ask: () => new Promise(() => undefined),
  close: () => new Promise(() => undefined),
  questionProgress: () => new Promise(() => undefined),
} as unknown as HeapService;
const answering = { ask: () => Promise.resolve('answer') } as unknown as HeapService;
const query = { snapshot: 1, objects: [] };

test('requests to a lost thread are rejected with a message, and its successor gets the next one', async () => {
  const engine = { service: silent };
  const idle = createIdleSignal();
  const { service, lost } = createHeapClient(engine, idle);
  const asked = service.ask('rows', query);
  const closed = service.close(1);
  const progress = service.questionProgress();
  engine.service = answering;
  lost({ cause: 'silence', details: '' });
  await expect(asked).rejects.toThrow('stopped, or did not respond for ten seconds');
  await expect(asked).rejects.toBeInstanceOf(HeapLostError);
  // Closing and progress still resolve: the dump is gone, and nothing is running.
  await expect(closed).resolves.toBeUndefined();
  await expect(progress).resolves.toBeNull();
  await expect(service.ask('rows', query)).resolves.toBe('answer');
  await idle.whenIdle();
});

test('if the thread never started, all later requests are rejected', async () => {
  const { service, lost } = createHeapClient({ service: silent }, createIdleSignal());
  lost({ cause: 'not-started', details: 'no modules' });
  await expect(service.ask('rows', query)).rejects.toThrow('could not be started: no modules');
});
