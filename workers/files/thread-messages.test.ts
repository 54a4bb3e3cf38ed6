import { expect, it } from 'vitest';
import { superseded } from '../model/cooperation.ts';
import { ProblemError } from '../protocol/errors.ts';
import { errorOf, failureOf } from './thread-messages.ts';

const problem = new ProblemError({ code: 'empty-file', file: 'a.json', message: 'It is empty.', advice: '' });

it.each([problem, superseded(), new RangeError('Array buffer allocation failed'), new Error('broken')])(
  '%s is the same error on the other side of the channel',
  error => {
    const sent = errorOf(structuredClone(failureOf(error)));
    expect([sent.name, sent.message]).toEqual([error.name, error.message]);
    if (error === problem) expect(sent).toMatchObject({ problem: problem.problem });
  },
);

it('a thrown value that is not an error arrives as its text', () => {
  expect(errorOf(failureOf('gone')).message).toBe('gone');
});
