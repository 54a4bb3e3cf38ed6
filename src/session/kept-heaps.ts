import type { KeptFile } from '../../workers/protocol/dump-file.ts';

/** A heap whose index is kept in the browser's own file system for this site. */
export interface KeptHeap {
  /** The name of its file, which identifies it for opening and deleting. */
  file: string;
  name: string;
  bytes: number;
  keptAt: number;
  /** The file is empty: the tab was closed while it was written. */
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
 * Stores an index under a name, replacing an earlier one of that name. The index becomes visible only once it is
 * complete; if it cannot be written, the earlier one stays.
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
    await target.abort().catch(() => undefined); // It may have been closed already; the first error is the one to report.
    // Empty: there was no earlier index of this name.
    if ((await handle.getFile()).size === 0) await folder.removeEntry(file).catch(() => undefined);
    throw error;
  }
}

/** Stored heaps, the latest first. Empty if the browser does not support storage. */
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
export async function keptFile({ file, name }: KeptHeap): Promise<KeptFile> {
  const handle = await (await keptFolder()).getFileHandle(file);
  const { size } = await handle.getFile();
  return { handle, name, start: 0, size };
}

export async function deleteKept({ file }: KeptHeap): Promise<void> {
  await (await keptFolder()).removeEntry(file);
}

/**
 * Why an index could not be stored, in a sentence; `size` is formatted. The remaining space is not mentioned, because the
 * number that browsers report is not that of the disk.
 */
export function describeStorageError(error: unknown, size: string): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name !== 'QuotaExceededError') return message;
  return `the browser has no room for its ${size}. Delete what is kept on the first page, or free disk space; or save an index file.`;
}

async function keptFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
