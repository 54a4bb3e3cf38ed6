import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { browserVersion } from './bench-tab.ts';
import type { MachineFacts } from './results.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export async function machineFacts(): Promise<MachineFacts> {
  return {
    date: new Date().toISOString(),
    commit: commit(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cpus: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    browser: await browserVersion(),
    node: process.version,
  };
}

/** The measured commit, marked if files differ from it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' and changes'}`;
  } catch {
    return 'unknown'; // An unpacked archive, or git is not installed.
  }
}
