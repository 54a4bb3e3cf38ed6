import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type PlaywrightReport,
  playwrightFailures,
  type VitestReport,
  vitestFailures,
} from './test-reports.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The result of a run of checks and tests. */
export interface TestOutcome {
  /** Number of tests that passed. */
  passed: number;
  /** A description of each test and each other check that failed. */
  failures: string[];
}

/** Runs a command in the project's folder and shows its output. True if it succeeded. */
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

/** Types, lint, imports, unit tests, the build and its size. Steps other than tests only count if they fail. */
export function check(): TestOutcome {
  const before = failedSteps([
    'npm run --silent types',
    'npm run --silent lint',
    'npx tsx workers/build/check-imports.ts',
    'npx tsx workers/build/check-definitions.ts',
  ]);
  const unit = unitTests();
  const build = failedSteps(['npm run --silent build -- --logLevel warn']);
  const size = build.length === 0 ? failedSteps(['npx tsx workers/build/part-sizes.ts']) : [];
  return { passed: unit.passed, failures: [...before, ...unit.failures, ...build, ...size] };
}

function failedSteps(commands: readonly string[]): string[] {
  return commands.filter(command => !run(command)).map(command => `$ ${command}`);
}

function unitTests(): TestOutcome {
  return withReport(file => {
    const command = 'npx vitest run --reporter=default --reporter=json';
    const ended = run(`${command} --outputFile.json=${file}`);
    const report = readJson<VitestReport>(file);
    return outcome(
      command,
      ended,
      report?.numPassedTests ?? 0,
      report === null ? [] : vitestFailures(report),
    );
  });
}

/** The end-to-end tests, run on the built page. */
export function endToEndTests(chromium: string): TestOutcome {
  return withReport(file => {
    const command = 'npx playwright test --reporter=list,json';
    const ended = run(command, { CHROME_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file });
    const report = readJson<PlaywrightReport>(file);
    const passed = report === null ? 0 : report.stats.expected + report.stats.flaky;
    return outcome(command, ended, passed, report === null ? [] : playwrightFailures(report));
  });
}

/** A runner can fail without a failed test: then it counts as the failure itself. */
function outcome(command: string, ended: boolean, passed: number, failures: string[]): TestOutcome {
  return { passed, failures: ended || failures.length > 0 ? failures : [`$ ${command}`] };
}

/**
 * Ends a run of checks: repeats what failed, as the output above it can be long, and prints the counts in the last
 * line. The exit code is 1 if anything failed.
 */
export function reportOutcomes(outcomes: readonly TestOutcome[]): void {
  const failures = outcomes.flatMap(({ failures }) => failures);
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  for (const failure of failures) process.stdout.write(`\nFailed: ${failure}\n`);
  process.stdout.write(`\n${passed} passed, ${failures.length} failed\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

function withReport<T>(use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'heapscape-'));
  try {
    return use(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null if the test runner did not get as far as writing its report: that run counts as failed. */
function readJson<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    process.stdout.write(`no report: ${String(error)}\n`);
    return null;
  }
}
