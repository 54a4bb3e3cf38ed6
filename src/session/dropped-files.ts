import type { NoteHandle } from './recent-handles.ts';

/** What was dropped, pasted or picked: files, and the folders that they were in. */
export interface Dropped {
  /** Files in subfolders of a dropped folder are named by their path in it. */
  files: File[];
  /** Null if no folder was dropped. */
  folder: DroppedFolder | null;
}

export interface DroppedFolder {
  /** Name of the folder, or of several. */
  name: string;
  /** Whether files were left out because there were too many or they were too deep. */
  isCut: boolean;
}

/** A folder with more files is not a folder of dumps. */
const MAX_FILES = 200;
const MAX_DEPTH = 8;

/**
 * The dropped files, and all files in dropped folders, except for hidden ones. Must be called while the event is
 * handled: the browser clears the transfer afterwards. `note` is called with the handles of files outside folders.
 */
export function droppedFiles(transfer: DataTransfer, note: NoteHandle | null = null): Promise<Dropped> {
  const files = [...transfer.files];
  const handles = note === null ? [] : handlesOf(transfer);
  const entries = [...transfer.items].flatMap(item => item.webkitGetAsEntry?.() ?? []);
  const folders = entries.filter(entry => entry.isDirectory);
  if (folders.length === 0) return noted(files, handles, note);
  return filesOf(entries, folders.map(({ name }) => name).join(', '));
}

/** A Chromium extension that the type definitions lack. */
interface HandledItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** The handles of the dropped files, in the same order; empty if the browser does not provide any. */
function handlesOf({ items }: DataTransfer): Promise<FileSystemHandle | null>[] {
  const ofFiles = ([...items] as HandledItem[]).filter(item => item.kind === 'file');
  return ofFiles.flatMap(item => item.getAsFileSystemHandle?.() ?? []);
}

async function noted(
  files: File[],
  handles: readonly Promise<FileSystemHandle | null>[],
  note: NoteHandle | null,
): Promise<Dropped> {
  // A file that is not on disk has no handle, but can be opened all the same.
  const known = await Promise.allSettled(handles);
  for (const [at, file] of files.entries()) {
    const handle = known[at]?.status === 'fulfilled' ? known[at].value : null;
    if (handle?.kind === 'file') note?.(file, handle as FileSystemFileHandle);
  }
  return { files, folder: null };
}

/** The files of entries and of the folders among them; at most {@link MAX_FILES}. */
async function filesOf(entries: readonly FileSystemEntry[], name: string): Promise<Dropped> {
  const files: File[] = [];
  let isCut = false;
  const waiting = entries.map(entry => ({ entry, path: '', depth: 0 }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { entry, path, depth } = next;
    if (depth > 0 && entry.name.startsWith('.')) continue;
    if (files.length === MAX_FILES || depth > MAX_DEPTH) {
      isCut = true;
      continue;
    }
    if (entry.isFile) {
      const file = await fileOf(entry as FileSystemFileEntry);
      files.push(path === '' ? file : new File([file], path + file.name, { type: file.type }));
    } else {
      // Paths name the folders within the dropped one, whose own name appears only once.
      const below = depth === 0 ? path : `${path}${entry.name}/`;
      const inside = await entriesOf((entry as FileSystemDirectoryEntry).createReader());
      for (const each of inside) waiting.push({ entry: each, path: below, depth: depth + 1 });
    }
  }
  return { files, folder: { name, isCut } };
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader returns some entries at a time, and an empty list at the end. */
async function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
