import type { AppStore } from '../state/app-state.ts';
import type { OpenableFile } from './served-file.ts';

/** Called for each file that the browser provides a handle for. */
export type NoteHandle = (file: File, handle: FileSystemFileHandle) => void;

/** A method of handles that the type definitions lack: only Chromium has it. */
interface AskableHandle extends FileSystemFileHandle {
  requestPermission(options: { mode: 'read' }): Promise<PermissionState>;
}

/**
 * Handles of recent files, so that they can be opened again. A handle contains nothing of a file's content. Off until
 * the user turns it on; when turned off, all handles are deleted.
 */
export interface RecentHandles {
  /** The callback for handles; null while this is turned off. */
  noting(): NoteHandle | null;
  /** Stores the handle of a file that was opened, if it has one and this is turned on. */
  keep(file: OpenableFile): Promise<void>;
  /** The names of files that can be opened again. */
  names(): Promise<string[]>;
  /**
   * The file of a name, in its current state. The browser may ask the user; throws if the file is gone or access is
   * denied.
   */
  open(name: string): Promise<File>;
  /** Deletes all handles. */
  forget(): Promise<void>;
}

/** Whether the browser provides handles of files, and can store them. */
export function canKeepHandles(): boolean {
  return 'getAsFileSystemHandle' in DataTransferItem.prototype && 'indexedDB' in globalThis;
}

const DATABASE = 'heapscape-recent-files';
const HANDLES = 'handles';

export function createRecentHandles(store: AppStore): RecentHandles {
  const handles = new WeakMap<OpenableFile, FileSystemFileHandle>();
  const isWanted = () => store.getState().keepsHandles && canKeepHandles();
  return {
    noting: () => (isWanted() ? (file, handle) => handles.set(file, handle) : null),
    async keep(file) {
      const handle = handles.get(file);
      if (handle === undefined || !isWanted()) return;
      await inStore('readwrite', kept => kept.put(handle, file.name));
      // Keep no handle of a file that the landing page no longer lists.
      const listed = new Set(store.getState().recentFiles.map(({ name }) => name));
      for (const name of await namesOf()) {
        if (!listed.has(name)) await inStore('readwrite', kept => kept.delete(name));
      }
    },
    names: () => (isWanted() ? namesOf() : Promise.resolve([])),
    async open(name) {
      const handle = await inStore<AskableHandle | undefined>('readonly', kept => kept.get(name));
      if (handle === undefined) throw new Error('its location was not stored');
      if ((await handle.requestPermission({ mode: 'read' })) !== 'granted') {
        throw new Error('the browser was not allowed to read it');
      }
      const file = await handle.getFile();
      handles.set(file, handle);
      return file;
    },
    forget: () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(DATABASE);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  };
}

function namesOf(): Promise<string[]> {
  return inStore('readonly', kept => kept.getAllKeys() as IDBRequest<string[]>);
}

/** Runs one request on the stored handles. */
async function inStore<Result>(
  mode: IDBTransactionMode,
  act: (kept: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(HANDLES);
  const database = await resultOf(opening);
  try {
    return await resultOf(act(database.transaction(HANDLES, mode).objectStore(HANDLES)));
  } finally {
    // An open connection would keep the database from being deleted.
    database.close();
  }
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
