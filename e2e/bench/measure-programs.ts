import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProgramFigures } from './results.ts';
import { undisturbed } from './undisturbed.ts';

const TSX = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
const HEAPSCAPE = fileURLToPath(new URL('../../workers/heapscape.ts', import.meta.url));
const BASELINE = fileURLToPath(new URL('./node-baseline.ts', import.meta.url));

export function nodeReportCommand(file: string): string {
  return `'${TSX}' '${HEAPSCAPE}' report '${file}'`;
}

export function nodeBaselineCommand(file: string): string {
  return `'${TSX}' '${BASELINE}' '${file}'`;
}

/** Runs a command of a shell to its end and adds its wall time. One that fails is not run again. */
export async function measureProgram(
  figures: ProgramFigures,
  command: string,
  log: (text: string) => void,
): Promise<void> {
  if (figures.failure !== null) return;
  log(`  ${figures.name}`);
  const { ms, failure } = await undisturbed(() => runToItsEnd(command), log);
  if (failure === null) figures.ms.push(ms);
  else figures.failure = failure;
}

function runToItsEnd(command: string): Promise<{ ms: number; failure: string | null }> {
  const start = performance.now();
  const program = spawn(command, { shell: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-200);
  });
  return new Promise(resolve => {
    program.once('error', error => resolve({ ms: 0, failure: error.message }));
    program.once('close', (status, signal) => {
      const failure = status === 0 ? null : `${signal ?? `exit status ${status}`}: ${said.trim()}`;
      resolve({ ms: performance.now() - start, failure });
    });
  });
}
