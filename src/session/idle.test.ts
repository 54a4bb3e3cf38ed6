import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdleSignal } from './idle.ts';

describe('the idle signal', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is idle only when all work has ended, and stayed ended for a while', () => {
    const signal = createIdleSignal();
    const changes: boolean[] = [];
    signal.subscribe(idle => changes.push(idle));
    const endFirst = signal.begin();
    const endSecond = signal.begin();
    endFirst();
    endFirst();
    vi.runAllTimers();
    expect(signal.isIdle()).toBe(false);
    endSecond();
    expect(signal.isIdle()).toBe(false);
    vi.runAllTimers();
    expect(signal.isIdle()).toBe(true);
    expect(changes).toEqual([false, true]);
  });

  it('stays busy over a short gap', async () => {
    const signal = createIdleSignal();
    signal.begin()();
    const end = signal.begin();
    vi.runAllTimers();
    expect(signal.isIdle()).toBe(false);
    const waiting = signal.whenIdle();
    end();
    vi.runAllTimers();
    await waiting;
    await signal.whenIdle();
  });
});
