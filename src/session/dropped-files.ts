import type { NoteHandle } from './recent-handles.ts';

/** What was dropped, pasted or picked: files, and the folders that they were in. */
export interface Dropped {
  /** Those in folders of a dropped folder are named by their path in it. */
  files: File[];
  /** Null if no folder was dropped. */
  folder: DroppedFolder | null;
}

export interface DroppedFolder {
  /** Of the folder, or of several. */
  name: string;
  /** Whether there were more files, or deeper ones, than are looked at. */
  isCut: boolean;
}

/** More files than that are no folder of dumps. */
const MAX_FILES = 200;
const MAX_DEPTH = 8;

/**
 * The files that are dropped, with all that are in dropped folders, except for hidden ones. To be called while the event
 * is handled: the browser forgets what was dropped after it. `note`: told of the handles of files outside folders.
 */
export function droppedFiles(transfer: DataTransfer, note: NoteHandle | null = null): Promise<Dropped> {
  const files = [...transfer.files];
  const handles = note === null ? [] : handlesOf(transfer);
  const entries = [...transfer.items].flatMap(item => item.webkitGetAsEntry?.() ?? []);
  const folders = entries.filter(entry => entry.isDirectory);
  if (folders.length === 0) return noted(files, handles, note);
  return filesOf(entries, folders.map(({ name }) => name).join(', '));
}

/** What Chromium has besides; the types do not know it. */
interface HandledItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** The handles of what was dropped, in the order of its files; none where the browser gives none. */
function handlesOf({ items }: DataTransfer): Promise<FileSystemHandle | null>[] {
  const ofFiles = ([...items] as HandledItem[]).filter(item => item.kind === 'file');
  return ofFiles.flatMap(item => item.getAsFileSystemHandle?.() ?? []);
}

async function noted(
  files: File[],
  handles: readonly Promise<FileSystemHandle | null>[],
  note: NoteHandle | null,
): Promise<Dropped> {
  // A file that does not come from the disk has none, and can be opened all the same.
  const known = await Promise.allSettled(handles);
  for (const [at, file] of files.entries()) {
    const handle = known[at]?.status === 'fulfilled' ? known[at].value : null;
    if (handle?.kind === 'file') note?.(file, handle as FileSystemFileHandle);
  }
  return { files, folder: null };
}

/** The files of entries and of folders in them; at most {@link MAX_FILES}. */
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

/** A reader gives some entries at a time, and none when there are no more. */
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
