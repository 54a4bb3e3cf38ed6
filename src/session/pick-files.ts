import type { NoteHandle } from './recent-handles.ts';

/** A Chromium extension that the type definitions lack. */
interface PickingWindow {
  showOpenFilePicker?(options: { multiple: boolean }): Promise<FileSystemFileHandle[]>;
}

/**
 * Lets the user pick files with the browser's dialog. Resolves with an empty list if it is cancelled. `note` is called
 * with the files' handles, where the browser provides them.
 */
export async function pickFiles(note: NoteHandle | null = null): Promise<File[]> {
  const { showOpenFilePicker } = window as PickingWindow;
  if (note === null || showOpenFilePicker === undefined) return pickWithInput();
  const handles = await showOpenFilePicker.call(window, { multiple: true }).catch((error: Error) => {
    if (error.name === 'AbortError') return [];
    throw error;
  });
  return Promise.all(handles.map(handle => fileOf(handle, note)));
}

/** The file of a handle. Calls `note` with both. */
export async function fileOf(handle: FileSystemFileHandle, note: NoteHandle | null): Promise<File> {
  const file = await handle.getFile();
  note?.(file, handle);
  return file;
}

function pickWithInput(): Promise<File[]> {
  return new Promise(resolve => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
