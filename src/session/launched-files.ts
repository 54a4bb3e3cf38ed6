import { fileOf } from './pick-files.ts';
import type { NoteHandle } from './recent-handles.ts';

/** What Chromium gives an installed page that a file is opened with; the types do not know it. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { files?: readonly FileSystemFileHandle[] }) => void): void;
}

/** Opens files that the user opens with the installed page from the file manager, where the browser knows how. */
export function openLaunchedFiles(
  openAll: (files: File[]) => Promise<void>,
  noting: () => NoteHandle | null,
): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void Promise.all(files.map(handle => fileOf(handle, noting()))).then(openAll);
  });
}
