import type { ByteSource } from '../files/byte-source.ts';
import type { LoadProgress } from '../protocol/progress.ts';
import type { Bytes } from '../protocol/units.ts';

/** Progress is told so often, and messages are let in. */
const REPORT_MS = 100;

/**
 * Tells how far the reading of a profile is, at most ten times a second: the function returned is called after each
 * slice, and returns whether it was time to.
 */
export function profileProgress(
  source: ByteSource,
  onProgress: (progress: LoadProgress) => void,
): (textBytes: Bytes) => boolean {
  const start = performance.now();
  let last = start;
  return textBytes => {
    const now = performance.now();
    if (now - last < REPORT_MS) return false;
    last = now;
    const { position, fileBytes } = source;
    const elapsedMs = now - start;
    onProgress({
      stage: 'reading',
      stageFraction: Math.min(1, position / fileBytes),
      readBytes: position,
      fileBytes,
      textBytes,
      objects: 0,
      elapsedMs,
      bytesPerSecond: (textBytes / elapsedMs) * 1000,
      remainingMs: null,
      estimatedMemoryBytes: null,
      preview: null,
    });
    return true;
  };
}
