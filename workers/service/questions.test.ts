import { describe, expect, it } from 'vitest';
import { pause } from '../model/cooperation.ts';
import type { Steps } from '../model/steps.ts';
import { CANCELLED, SUPERSEDED } from '../protocol/errors.ts';
import { Questions } from './questions.ts';

/** Runs until it is told to end, and reports its progress. */
function* endless(at: { fraction: number; ended: boolean }): Steps<string> {
  while (!at.ended) yield at.fraction;
  return 'answer';
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause();
}

const nameOf = (reason: unknown) => (reason as Error).name;

describe('Questions', () => {
  it('reports the progress of a long one, and answers it', async () => {
    const questions = new Questions();
    const at = { fraction: 0.25, ended: false };
    const answer = questions.run(endless(at), { cancelled: false });
    expect(questions.progress()).toBe(null);
    await until(() => questions.progress() === 0.25);
    at.fraction = 0.5;
    await until(() => questions.progress() === 0.5);
    at.ended = true;
    expect(await answer).toBe('answer');
    expect(questions.progress()).toBe(null);
  });

  it('ends all running questions when the user cancels, and none that are asked later', async () => {
    const questions = new Questions();
    const at = { fraction: 0, ended: false };
    const running = [1, 2].map(() => questions.run(endless(at), { cancelled: false }).catch(nameOf));
    questions.cancel();
    const later = questions.run(endless(at), { cancelled: false });
    expect(await Promise.all(running)).toEqual([CANCELLED, CANCELLED]);
    at.ended = true;
    expect(await later).toBe('answer');
  });

  it('ends a question whose heap is closed, and one whose lane has a newer one', async () => {
    const questions = new Questions();
    const at = { fraction: 0, ended: false };
    const heap = { cancelled: false };
    const closed = questions.run(endless(at), heap, 'a').catch(nameOf);
    const older = questions.run(endless(at), { cancelled: false }, 'b').catch(nameOf);
    const other = questions.run(endless(at), { cancelled: false }, 'c');
    const newer = questions.run(endless(at), { cancelled: false }, 'b');
    heap.cancelled = true;
    expect(await Promise.all([closed, older])).toEqual([SUPERSEDED, SUPERSEDED]);
    at.ended = true;
    expect(await Promise.all([other, newer])).toEqual(['answer', 'answer']);
  });
});
