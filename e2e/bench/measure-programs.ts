import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProgramFigures } from './results.ts';

const TSX = fileURLToPath(new URL('../../node_modules/.bin/tsx', import.meta.url));
const REPORT = fileURLToPath(new URL('../../workers/report.ts', import.meta.url));
const BASELINE = fileURLToPath(new URL('./node-baseline.ts', import.meta.url));

export function nodeReportCommand(file: string): string {
  return `'${TSX}' '${REPORT}' '${file}'`;
}

export function nodeBaselineCommand(file: string): string {
  return `'${TSX}' '${BASELINE}' '${file}'`;
}

/** Runs a command of a shell to its end and adds its wall time. One that fails is not run again. */
export function measureProgram(figures: ProgramFigures, command: string): void {
  if (figures.failure !== null) return;
  const start = performance.now();
  const { status, signal, error, stderr } = spawnSync(command, {
    shell: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const ms = performance.now() - start;
  if (status === 0) figures.ms.push(ms);
  else
    figures.failure =
      `${error?.message ?? signal ?? `exit status ${status}`} ${stderr.trim().slice(-200)}`.trim();
}
