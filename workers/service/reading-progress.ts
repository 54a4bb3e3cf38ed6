import type { LoadProgress } from '../protocol/progress.ts';
import type { Bytes } from '../protocol/units.ts';

/** Time between two reports. */
const REPORT_MS = 100;

/**
 * Reports how much of a file has been read, at most ten times a second, if objects are not counted. Call the
 * returned function after each slice; it returns whether it reported, which is also the time to process messages.
 */
export function readingProgress(
  stage: LoadProgress['stage'],
  onProgress: (progress: LoadProgress) => void,
): (readBytes: Bytes, fileBytes: Bytes, textBytes: Bytes) => boolean {
  const start = performance.now();
  let last = start;
  return (readBytes, fileBytes, textBytes) => {
    const now = performance.now();
    if (now - last < REPORT_MS) return false;
    last = now;
    const elapsedMs = now - start;
    onProgress({
      stage,
      stageFraction: Math.min(1, readBytes / fileBytes),
      readBytes,
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
