import { expect, it } from 'vitest';
import { SharedSteps } from './shared-steps.ts';
import { runToEnd, type Steps } from './steps.ts';

it('runs each step once, whichever caller continues, and keeps the result', () => {
  const done: number[] = [];
  function* work(): Steps<string> {
    for (let i = 0; i < 5; i++) {
      done.push(i);
      yield i / 5;
    }
    return 'made';
  }
  const shared = new SharedSteps(work());
  const one = shared.steps();
  const abandoned = shared.steps();
  one.next();
  abandoned.next();
  one.next();
  expect(done).toEqual([0, 1, 2]);
  expect(runToEnd(shared.steps())).toBe('made');
  expect(runToEnd(one)).toBe('made');
  expect(done).toEqual([0, 1, 2, 3, 4]);
});
