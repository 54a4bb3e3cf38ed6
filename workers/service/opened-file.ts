import { type OpenedDumpFile, openUnpacked } from '../files/open-source.ts';
import { pause, superseded } from '../model/cooperation.ts';
import type { DumpFile } from '../protocol/dump-file.ts';
import type { LoadProgress } from '../protocol/progress.ts';
import { readingProgress } from './reading-progress.ts';

/** The file that a load wants to open. */
export interface RequestedFile {
  file: DumpFile;
  name: string;
  loadId: number;
  signal?: AbortSignal;
}

/**
 * The file of the current load. A file compressed with zstd is decompressed only once, even if loading starts again:
 * after other dumps were reduced to make room, or as a profile because it is not a heap dump.
 */
export class OpenedFile {
  #kept: { loadId: number; opened: OpenedDumpFile } | null = null;

  /** Opens the file, or returns it if this load opened it already. Throws a superseded error once aborted. */
  async open(
    wanted: RequestedFile,
    onProgress: (progress: LoadProgress) => void = () => undefined,
  ): Promise<OpenedDumpFile> {
    const { loadId, file, name, signal } = wanted;
    if (this.#kept?.loadId === loadId) return this.#kept.opened;
    this.#kept = null;
    const report = readingProgress('unpacking', onProgress);
    const opened = await openUnpacked(file, name, async (readBytes, textBytes) => {
      if (!report(readBytes, file.size, textBytes)) return;
      await pause();
      if (signal?.aborted) throw superseded();
    });
    if (opened.file !== file) this.#kept = { loadId, opened };
    return opened;
  }

  /** Passes progress on, marked as `unpacked` if the file was. */
  told(loadId: number, onProgress: (progress: LoadProgress) => void): (progress: LoadProgress) => void {
    return progress => onProgress(this.#kept?.loadId === loadId ? { ...progress, unpacked: true } : progress);
  }

  /** Forgets the file, because the load has ended. */
  forget(): void {
    this.#kept = null;
  }
}
