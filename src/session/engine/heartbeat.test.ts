import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat, PING_MS, UNANSWERED_PINGS } from './heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a thread that answers is never lost, and one that stops is lost once', () => {
  let answers = true;
  const onSilence = vi.fn();
  const heartbeat: Heartbeat = new Heartbeat(() => {
    if (answers) heartbeat.answered();
  }, onSilence);
  heartbeat.start();
  vi.advanceTimersByTime(100 * PING_MS);
  expect(onSilence).not.toHaveBeenCalled();
  answers = false;
  vi.advanceTimersByTime(UNANSWERED_PINGS * PING_MS);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(100 * PING_MS);
  expect(onSilence).toHaveBeenCalledOnce();
});

test('a late answer counts', () => {
  const onSilence = vi.fn();
  const heartbeat = new Heartbeat(() => undefined, onSilence);
  heartbeat.start();
  for (let round = 0; round < 5; round++) {
    vi.advanceTimersByTime((UNANSWERED_PINGS - 1) * PING_MS);
    heartbeat.answered();
  }
  expect(onSilence).not.toHaveBeenCalled();
});
