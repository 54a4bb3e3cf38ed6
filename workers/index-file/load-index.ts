import type { ByteSource } from '../files/byte-source.ts';
import type { Importer } from '../importers/importer.ts';
import type { LoadedSnapshot } from '../loading/load.ts';
import { type Cancellation, pause, superseded } from '../model/cooperation.ts';
import type { DumpFile } from '../protocol/dump-file.ts';
import type { LoadProgress } from '../protocol/progress.ts';
import type { Fraction } from '../protocol/units.ts';
import type { SecondPart } from './index-thread.ts';
import { readIndex } from './read-index.ts';

const REPORT_MS = 250;

/** Opens an index file like {@link readIndex}. Can be cancelled, and reports progress. */
export async function loadIndex(
  source: ByteSource,
  importers: readonly Importer[],
  cancellation: Cancellation,
  onProgress: (progress: LoadProgress) => void,
  file?: DumpFile,
  secondPart?: SecondPart,
): Promise<LoadedSnapshot> {
  const startMs = performance.now();
  let reportedMs = startMs;
  const advance = async (fraction: Fraction) => {
    await pause();
    if (cancellation.cancelled) throw superseded();
    const now = performance.now();
    if (now - reportedMs < REPORT_MS) return;
    reportedMs = now;
    const elapsedMs = now - startMs;
    const readBytes = fraction * source.fileBytes;
    onProgress({
      stage: 'reading',
      stageFraction: fraction,
      readBytes,
      fileBytes: source.fileBytes,
      textBytes: 0,
      objects: 0,
      elapsedMs,
      bytesPerSecond: (readBytes / elapsedMs) * 1000,
      remainingMs: (elapsedMs / fraction) * (1 - fraction),
      estimatedMemoryBytes: null,
      preview: null,
    });
  };
  return readIndex(source, importers, advance, file, secondPart);
}
