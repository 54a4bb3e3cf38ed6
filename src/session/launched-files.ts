import { fileOf } from './pick-files.ts';
import type { NoteHandle } from './recent-handles.ts';

/** The Chromium API for files opened with an installed page; the type definitions lack it. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Opens files that the user opens with the installed page from a file manager, in browsers that support it. */
export function openLaunchedFiles(
  openAll: (files: File[]) => Promise<void>,
  noting: () => NoteHandle | null,
): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void Promise.all(files.map(handle => fileOf(handle, noting()))).then(openAll);
  });
}
