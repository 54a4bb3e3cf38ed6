import { readFileSync, writeFileSync } from 'node:fs';

/** Memory of processes as reported by Linux; on other systems nothing is measured. */
export interface ProcessMemory {
  /** Current resident bytes. */
  now(): number;
  /** Maximum resident bytes since {@link resetPeak}. */
  peak(): number;
  resetPeak(): void;
}

/** Sums over several processes. Null if the system does not report memory. */
export function processMemory(pids: readonly number[]): ProcessMemory | null {
  if (process.platform !== 'linux') return null;
  return {
    now: () => sum(pids, 'VmRSS'),
    peak: () => sum(pids, 'VmHWM'),
    // Writing 5 resets the high-water mark to the current resident size: proc_pid_clear_refs(5).
    resetPeak: () => pids.forEach(pid => void writeFileSync(`/proc/${pid}/clear_refs`, '5')),
  };
}

function sum(pids: readonly number[], field: 'VmRSS' | 'VmHWM'): number {
  return pids.reduce((total, pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return total + Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
  }, 0);
}
