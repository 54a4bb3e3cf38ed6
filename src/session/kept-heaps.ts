/** A heap whose index is kept in the browser's own file system for this site. */
export interface KeptHeap {
  /** The name of its file, by which it is opened and deleted. */
  file: string;
  name: string;
  bytes: number;
  keptAt: number;
  /** Nothing was written of it: the tab was closed meanwhile. */
  isUnfinished: boolean;
}

const FOLDER = 'kept-heaps';
const ENDING = '.heapscape';

/** Whether this browser has such a file system. */
export function canKeep(): boolean {
  return (
    typeof navigator.storage?.getDirectory === 'function' &&
    typeof FileSystemFileHandle !== 'undefined' &&
    'createWritable' in FileSystemFileHandle.prototype
  );
}

/**
 * Stores an index under a name, replacing another one of that name. An index that is not complete is not visible; if it
 * cannot be written, the other one stays.
 */
export async function keepHeap(name: string, index: Blob): Promise<void> {
  const folder = await keptFolder();
  const file = `${encodeURIComponent(name)}${ENDING}`;
  const handle = await folder.getFileHandle(file, { create: true });
  const target = await handle.createWritable();
  try {
    await target.write(index);
    await target.close();
  } catch (error) {
    await target.abort().catch(() => undefined); // It may have ended by itself; what counts is why.
    // Empty: nothing was kept under the name before.
    if ((await handle.getFile()).size === 0) await folder.removeEntry(file).catch(() => undefined);
    throw error;
  }
}

/** What is kept, the latest first. Empty where the browser keeps nothing. */
export async function keptHeaps(): Promise<KeptHeap[]> {
  if (!canKeep()) return [];
  const folder = await keptFolder();
  const kept: KeptHeap[] = [];
  for await (const [file, handle] of folder.entries()) {
    if (handle.kind !== 'file' || !file.endsWith(ENDING)) continue;
    const { size, lastModified } = await (handle as FileSystemFileHandle).getFile();
    const name = decodeURIComponent(file.slice(0, -ENDING.length));
    kept.push({ file, name, bytes: size, keptAt: lastModified, isUnfinished: size === 0 });
  }
  return kept.sort((a, b) => b.keptAt - a.keptAt);
}

/** The index of a kept heap, under the name of its dump. */
export async function keptFile({ file, name }: KeptHeap): Promise<File> {
  const handle = await (await keptFolder()).getFileHandle(file);
  return new File([await handle.getFile()], name);
}

export async function deleteKept({ file }: KeptHeap): Promise<void> {
  await (await keptFolder()).removeEntry(file);
}

/**
 * Why an index of a size, in words, could not be kept, in a sentence. How much space is left is not said: browsers answer
 * that with a number that tells nothing of the disk.
 */
export function whyNotKept(error: unknown, size: string): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name !== 'QuotaExceededError') return message;
  return `the browser has no room for its ${size}. Delete what is kept on the first page, or free disk space; or save an index file.`;
}

async function keptFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
