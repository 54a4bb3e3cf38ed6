import { expect, test } from 'vitest';
import { SUPERSEDED } from '../protocol/errors.ts';
import { LoadQueue } from './load-queue.ts';

/** A load that ends when `end` is called. */
function loads() {
  const events: string[] = [];
  const ends = new Map<string, () => void>();
  const load = (name: string) => (signal: AbortSignal) => {
    events.push(`${name} begins`);
    return new Promise<string>((resolve, reject) => {
      ends.set(name, () => resolve(name));
      signal.addEventListener('abort', () => reject(new Error(`${name} stops`)));
    });
  };
  return { events, load, end: (name: string) => ends.get(name)?.() };
}

test('loads run one after the other, whether earlier ones succeed or fail', async () => {
  const { events, load, end } = loads();
  const queue = new LoadQueue();
  const first = queue.run(1, load('a'));
  const second = queue.run(2, load('b'));
  const third = queue.run(3, load('c'));
  await Promise.resolve();
  expect(events).toEqual(['a begins']);
  queue.cancel(1);
  await expect(first).rejects.toThrow('a stops');
  await Promise.resolve();
  expect(events).toEqual(['a begins', 'b begins']);
  end('b');
  expect(await second).toBe('b');
  await new Promise(resolve => setImmediate(resolve));
  end('c');
  expect(await third).toBe('c');
});

test('a waiting load is cancelled at once, and never begins', async () => {
  const { events, load, end } = loads();
  const queue = new LoadQueue();
  const first = queue.run(1, load('a'));
  const second = queue.run(2, load('b'));
  const third = queue.run(3, load('c'));
  queue.cancel(2);
  await expect(second).rejects.toMatchObject({ name: SUPERSEDED });
  end('a');
  expect(await first).toBe('a');
  await new Promise(resolve => setImmediate(resolve));
  expect(events).toEqual(['a begins', 'c begins']);
  end('c');
  await third;
});
