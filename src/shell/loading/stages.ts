import type { LoadProgress, LoadStage } from '../../../workers/protocol/progress.ts';
import { formatBytes, formatBytesPerSecond } from '../../format/bytes.ts';
import { formatCountOf } from '../../format/counts.ts';
import { formatRemaining } from '../../format/durations.ts';
import type { Load } from '../../state/app-state.ts';

/** The stages of every load in order, each with its name and its usual share of the whole load. */
export const STAGES: readonly { stage: LoadStage; name: string; weight: number }[] = [
  { stage: 'reading', name: 'Reading records', weight: 0.72 },
  { stage: 'linking', name: 'Linking references', weight: 0.12 },
  { stage: 'dominators', name: 'Finding what keeps what', weight: 0.12 },
  { stage: 'retained', name: 'Summing retained sizes', weight: 0.04 },
];

/** The share of the whole load that decompressing a zstd file takes. */
const UNPACKING = 0.4;

/** How much of the whole load is done, 0 … 1: the completed stages, and part of the current one. */
export function overallFraction(progress: LoadProgress | null): number {
  if (progress === null) return 0;
  if (progress.stage === 'unpacking') return UNPACKING * progress.stageFraction;
  const before = progress.unpacked ? UNPACKING : 0;
  return before + (1 - before) * readFraction(progress);
}

/** The same, without decompression. */
function readFraction(progress: LoadProgress): number {
  let done = 0;
  for (const { stage, weight } of STAGES) {
    if (stage === progress.stage) return Math.min(1, done + weight * progress.stageFraction);
    done += weight;
  }
  return 1;
}

export function stageName(progress: LoadProgress | null): string {
  if (progress?.stage === 'unpacking') return 'Unpacking';
  return STAGES.find(({ stage }) => stage === progress?.stage)?.name ?? 'Opening';
}

/** How much of several loads is done, 0 … 1: by bytes if the sizes of all files are known, else by number of files. */
export function fractionOfLoads(loads: readonly Load[]): number {
  const sizes = loads.map(({ fileBytes, progress }) => progress?.fileBytes ?? fileBytes);
  const isSized = sizes.every(bytes => bytes > 0);
  let all = 0;
  let done = 0;
  for (const [at, { isDone, progress }] of loads.entries()) {
    const share = isSized ? sizes[at]! : 1;
    all += share;
    done += share * (isDone ? 1 : overallFraction(progress));
  }
  return all === 0 ? 0 : done / all;
}

/** The figures beside the bar that are known so far. */
export function loadFigures(progress: LoadProgress | null): string[] {
  if (progress === null) return [];
  const figures = [`${formatBytes(progress.readBytes)} of ${formatBytes(progress.fileBytes)}`];
  if (progress.objects > 0) figures.push(formatCountOf(progress.objects, 'object'));
  if (/^(unpacking|reading)$/.test(progress.stage) && progress.bytesPerSecond > 0) {
    figures.push(formatBytesPerSecond(progress.bytesPerSecond));
  }
  if (progress.estimatedMemoryBytes !== null) {
    figures.push(`needs about ${formatBytes(progress.estimatedMemoryBytes)} of memory`);
  }
  if (progress.remainingMs !== null) figures.push(formatRemaining(progress.remainingMs));
  return figures;
}
