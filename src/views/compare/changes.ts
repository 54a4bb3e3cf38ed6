import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';

/** A difference of bytes with its sign: `+1.20 KiB`, `−40 B`, `0 B`. */
export function formatBytesChange(bytes: number): string {
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

/** A difference of counts with its sign: `+200`, `−3`, `0`. */
export function formatCountChange(count: number): string {
  return count > 0 ? `+${formatCount(count)}` : count < 0 ? `\u2212${formatCount(-count)}` : '0';
}

/** The last value minus the first; 0 for an empty list. */
export function changeOf(values: readonly number[]): number {
  return (values.at(-1) ?? 0) - (values[0] ?? 0);
}

/**
 * How many objects one repetition of an action leaves behind, if the number of objects added from each dump to the next
 * is a multiple of the repetitions; null if not, or if none were added.
 */
export function objectsPerRepetition(counts: readonly number[], repetitions: number): number | null {
  const steps = counts.slice(1).map((count, at) => count - counts[at]!);
  const isMultiple = steps.every(step => step > 0 && step % repetitions === 0);
  return steps.length > 0 && isMultiple ? steps.at(-1)! / repetitions : null;
}
