import { expect, it } from 'vitest';
import { playwrightFailures, vitestFailures } from './test-reports.ts';

it('failed unit tests are described, and files that could not be run', () => {
  const assertionResults = [
    { fullName: 'adds up', status: 'passed', failureMessages: [] },
    { fullName: 'subtracts', status: 'failed', failureMessages: ['expected 1 to be 2'] },
  ];
  const testResults = [
    { name: 'sums.test.ts', status: 'failed', message: '', assertionResults },
    { name: 'broken.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
    { name: 'empty.test.ts', status: 'passed', message: '', assertionResults: [] },
  ];
  expect(vitestFailures({ numPassedTests: 1, testResults })).toEqual([
    'sums.test.ts: subtracts\nexpected 1 to be 2',
    'broken.test.ts\nCannot find module',
  ]);
});

it('failed end-to-end tests are described, also those in groups', () => {
  const spec = (title: string, ok: boolean) => ({
    title,
    file: 'page.spec.ts',
    line: 3,
    ok,
    tests: [{ results: [ok ? {} : { error: { message: 'Timed out' } }] }],
  });
  const suites = [{ specs: [spec('opens', true)], suites: [{ specs: [spec('in the dark', false)] }] }];
  expect(playwrightFailures({ suites })).toEqual(['page.spec.ts:3: in the dark\nTimed out']);
});
