import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How many tests passed and failed. */
export interface TestCounts {
  passed: number;
  failed: number;
}

/** Runs a program of the project in its folder, its output shown. True if it ended well. */
export function run(command: string, env: Record<string, string> = {}): boolean {
  process.stdout.write(`\n$ ${command}\n`);
  const { status } = spawnSync(command, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: true,
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** Types, lint, imports, unit tests, build and its size. A step that is no test counts only where it fails. */
export function check(): TestCounts {
  const steps = [
    'npm run --silent types',
    'npm run --silent lint',
    'npx tsx workers/build/check-imports.ts',
    'npx tsx workers/build/check-definitions.ts',
  ];
  const failures = steps.filter(step => !run(step));
  const unit = unitTests();
  const built =
    run('npm run --silent build -- --logLevel warn') && run('npx tsx workers/build/part-sizes.ts');
  return { passed: unit.passed, failed: unit.failed + failures.length + (built ? 0 : 1) };
}

function unitTests(): TestCounts {
  return withReport(report => {
    const ended = run(`npx vitest run --reporter=default --reporter=json --outputFile.json=${report}`);
    const { numPassedTests, numFailedTests, numFailedTestSuites } = readJson<{
      numPassedTests: number;
      numFailedTests: number;
      numFailedTestSuites: number;
    }>(report) ?? { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 0 };
    const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
    return { passed: numPassedTests, failed: ended ? failed : Math.max(failed, 1) };
  });
}

/** The end-to-end tests, on the page that is built. */
export function endToEndTests(chromium: string): TestCounts {
  return withReport(report => {
    const ended = run('npx playwright test --reporter=list,json', {
      CHROME_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    const { expected, flaky, unexpected } = readJson<{
      stats: { expected: number; flaky: number; unexpected: number };
    }>(report)?.stats ?? { expected: 0, flaky: 0, unexpected: 0 };
    return { passed: expected + flaky, failed: ended ? unexpected : Math.max(unexpected, 1) };
  });
}

function withReport<T>(use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'heapscape-'));
  try {
    return use(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null if the runner did not get as far as writing its report: that run counts as failed. */
function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    process.stdout.write(`no report: ${String(error)}\n`);
    return null;
  }
}
