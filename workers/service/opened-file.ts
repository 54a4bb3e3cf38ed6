import { type OpenedDumpFile, openUnpacked } from '../files/open-source.ts';
import { pause, superseded } from '../model/cooperation.ts';
import type { DumpFile } from '../protocol/dump-file.ts';
import type { LoadProgress } from '../protocol/progress.ts';

/** Progress is told so often, and messages are let in. */
const REPORT_MS = 100;

/** What a load asks for. */
export interface FileWanted {
  file: DumpFile;
  name: string;
  loadId: number;
  signal?: AbortSignal;
}

/**
 * The file of the load under way. One that is packed with zstd is unpacked once, however often the load begins anew: as
 * a heap, as a heap for which room was made, as a profile.
 */
export class OpenedFile {
  #kept: { loadId: number; opened: OpenedDumpFile } | null = null;

  /** Opens it, or gives what was opened before. Throws a superseded error once aborted. */
  async open(
    wanted: FileWanted,
    onProgress: (progress: LoadProgress) => void = () => undefined,
  ): Promise<OpenedDumpFile> {
    const { loadId, file, name, signal } = wanted;
    if (this.#kept?.loadId === loadId) return this.#kept.opened;
    this.#kept = null;
    const fileBytes = file.size;
    const start = performance.now();
    let last = start;
    const opened = await openUnpacked(file, name, async (readBytes, textBytes) => {
      const now = performance.now();
      if (now - last < REPORT_MS) return;
      last = now;
      const elapsedMs = now - start;
      onProgress({
        stage: 'unpacking',
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
      await pause();
      if (signal?.aborted) throw superseded();
    });
    if (opened.file !== file) this.#kept = { loadId, opened };
    return opened;
  }

  /** Passes progress on, saying of that of a file that was unpacked that it was. */
  told(loadId: number, onProgress: (progress: LoadProgress) => void): (progress: LoadProgress) => void {
    return progress => onProgress(this.#kept?.loadId === loadId ? { ...progress, unpacked: true } : progress);
  }

  /** Forgets it: the load has ended. */
  forget(): void {
    this.#kept = null;
  }
}
