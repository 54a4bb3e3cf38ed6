import { readFileSync, writeFileSync } from 'node:fs';

/** Memory of processes as Linux tells it; on other systems nothing is measured. */
export interface ProcessMemory {
  /** Resident bytes now. */
  now(): number;
  /** The most that was resident since {@link resetPeak}. */
  peak(): number;
  resetPeak(): void;
}

/** Null if the system does not tell. Several processes are added up. */
export function processMemory(pids: readonly number[]): ProcessMemory | null {
  if (process.platform !== 'linux') return null;
  return {
    now: () => sum(pids, 'VmRSS'),
    peak: () => sum(pids, 'VmHWM'),
    // 5 sets the high-water mark back to what is resident: proc_pid_clear_refs(5).
    resetPeak: () => pids.forEach(pid => void writeFileSync(`/proc/${pid}/clear_refs`, '5')),
  };
}

function sum(pids: readonly number[], field: 'VmRSS' | 'VmHWM'): number {
  return pids.reduce((total, pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return total + Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
  }, 0);
}
