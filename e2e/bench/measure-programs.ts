import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { COMMAND } from './bench-tab.ts';
import { repeatIfSuspended } from './repeat-if-suspended.ts';
import type { ProgramFigures, SeriesFigures } from './results.ts';

const TSX = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
const BASELINE = fileURLToPath(new URL('./node-baseline.ts', import.meta.url));
const SERIES = fileURLToPath(new URL('./node-series.ts', import.meta.url));
const MOST_PRINTED = 10_000;

export function nodeReportCommand(file: string): string {
  return `'${process.execPath}' '${COMMAND}' report '${file}'`;
}

export function nodeBaselineCommand(file: string): string {
  return `'${TSX}' '${BASELINE}' '${file}'`;
}

/** Runs a shell command to its end and adds its wall time. A command that fails is not run again. */
export async function measureProgram(
  figures: ProgramFigures,
  command: string,
  log: (text: string) => void,
): Promise<void> {
  if (figures.failure !== null) return;
  log(`  ${figures.name}`);
  const { ms, failure } = await repeatIfSuspended(() => runToExit(command), log);
  if (failure === null) figures.ms.push(ms);
  else figures.failure = failure;
}

/** Measures the file as a series of two dumps, in a separate process. */
export async function measureSeries(file: string, log: (text: string) => void): Promise<SeriesFigures[]> {
  log('  a series of two under Node');
  const { failure, printed } = await repeatIfSuspended(
    () => runToExit(`'${TSX}' '${SERIES}' '${file}'`),
    log,
  );
  if (failure === null) return [JSON.parse(printed) as SeriesFigures];
  log(`  it failed: ${failure}`);
  return [];
}

function runToExit(command: string): Promise<{ ms: number; failure: string | null; printed: string }> {
  const start = performance.now();
  const program = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let printed = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => {
    // Reports are long and not needed; results that are read are short.
    if (printed.length < MOST_PRINTED) printed += text;
  });
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-200);
  });
  return new Promise(resolve => {
    program.once('error', error => resolve({ ms: 0, failure: error.message, printed }));
    program.once('close', (status, signal) => {
      const failure = status === 0 ? null : `${signal ?? `exit status ${status}`}: ${said.trim()}`;
      resolve({ ms: performance.now() - start, failure, printed });
    });
  });
}
