/** The part that is read of the JSON report of Vitest. */
export interface VitestReport {
  numPassedTests: number;
  testResults: readonly {
    name: string;
    status: string;
    /** Why the file could not be run; empty if it was. */
    message: string;
    assertionResults: readonly {
      fullName: string;
      status: string;
      failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** The part that is read of the JSON report of Playwright. */
export interface PlaywrightReport {
  stats: { expected: number; flaky: number; unexpected: number };
  suites: readonly PlaywrightSuite[];
}

interface PlaywrightSuite {
  specs: readonly {
    title: string;
    file: string;
    line: number;
    ok: boolean;
    tests: readonly { results: readonly { error?: { message?: string } }[] }[];
  }[];
  suites?: readonly PlaywrightSuite[];
}

/** A description of each unit test that failed, and of each file that could not be run. */
export function vitestFailures({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter(test => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${name}\n${message}`];
    return failed.map(test => `${name}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n')}`);
  });
}

/** A description of each end-to-end test that failed. */
export function playwrightFailures({ suites }: { suites: readonly PlaywrightSuite[] }): string[] {
  return suites.flatMap(suite => [
    ...suite.specs
      .filter(spec => !spec.ok)
      .map(({ file, line, title, tests }) => {
        const messages = tests.flatMap(test => test.results.map(({ error }) => error?.message ?? ''));
        return `${file}:${line}: ${title}\n${messages.join('\n')}`;
      }),
    ...playwrightFailures({ suites: suite.suites ?? [] }),
  ]);
}
