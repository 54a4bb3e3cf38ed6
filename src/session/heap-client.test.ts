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

test('what a lost thread was asked is rejected with a sentence, and the next one is asked', async () => {
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
  // Closed it is, and nothing runs.
  await expect(closed).resolves.toBeUndefined();
  await expect(progress).resolves.toBeNull();
  await expect(service.ask('rows', query)).resolves.toBe('answer');
  await idle.whenIdle();
});

test('where the thread was never started, everything is rejected from then on', async () => {
  const { service, lost } = createHeapClient({ service: silent }, createIdleSignal());
  lost({ cause: 'not-started', details: 'no modules' });
  await expect(service.ask('rows', query)).rejects.toThrow('could not be started: no modules');
});
