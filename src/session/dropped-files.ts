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
 * The files that are dropped, with all that are in dropped folders, but for hidden ones. To be called while the event
 * is handled: the browser forgets what was dropped after it.
 */
export function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const files = [...transfer.files];
  const entries = [...transfer.items].flatMap(item => item.webkitGetAsEntry?.() ?? []);
  const folders = entries.filter(entry => entry.isDirectory);
  if (folders.length === 0) return Promise.resolve({ files, folder: null });
  return filesOf(entries, folders.map(({ name }) => name).join(', '));
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
      // A path says which folder of the dropped one it is; that one itself is said once.
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
