import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { ProblemError } from '../protocol/errors.ts';
import { INDEX_MAGIC, isIndexHead } from '../protocol/index-magic.ts';
import { BEGINNING_BYTES, beginningOf, firstPart, groupParts, laterPart } from '../protocol/split-names.ts';
import type { ByteSource, TextRange } from './byte-source.ts';
import { findGzip } from './gzip/find-gzip.ts';
import { GzipSource } from './gzip/gzip-source.ts';
import { copied, joinedFile, type NodeFile, openNodeFile } from './node-files.ts';
import type { StoredBytes } from './stored-bytes.ts';
import { isZstd, ZstdReader } from './zstd/zstd-reader.ts';

const SLICE_BYTES = 16 * 1024 * 1024;

/** An open file under Node. Must be closed. */
export interface OpenedFile {
  source: ByteSource;
  close(): Promise<void>;
}

/**
 * Opens paths: each file separately, and the parts of a split file as one, in the order of their names. Throws a
 * `ProblemError` if parts are missing, or if there are only parts that do not belong to one file.
 */
export async function openFiles(paths: readonly string[]): Promise<OpenedFile[]> {
  const files = await openParts(paths);
  try {
    return await Promise.all(files.map(opened));
  } catch (error) {
    for (const file of files) await file.close();
    throw error;
  }
}

/** Like {@link openFiles}, but returns the stored bytes. */
export async function openParts(paths: readonly string[]): Promise<NodeFile[]> {
  if (paths.length === 1) return [await openNodeFile(paths[0]!)];
  const files: NodeFile[] = [];
  try {
    for (const path of paths) files.push(await openNodeFile(path));
    const named = await Promise.all(
      files.map(async (file, at) => ({
        name: basename(paths[at]!),
        beginning: beginningOf(await readAt(file, 0, BEGINNING_BYTES)),
      })),
    );
    const groups = groupParts(named);
    const isPart = (name: string) => (firstPart(name) ?? laterPart(name)) !== null;
    if (groups.some(group => group.files.length === 1 && isPart(group.name))) throw notASingleFile(paths);
    return groups.map(group => {
      if (group.missing !== null) throw partMissing(group.name, group.missing);
      const parts = group.files.map(at => files[at]!);
      return parts.length === 1 ? parts[0]! : joinedFile(group.name, parts);
    });
  } catch (error) {
    for (const file of files) await file.close();
    throw error;
  }
}

/** Opens a path, or the standard input (`-`). Node's thread pool reads it while the scanner works. */
export async function openFile(path: string): Promise<OpenedFile> {
  return opened(await openNodeFile(path));
}

function notASingleFile(paths: readonly string[]): ProblemError {
  return new ProblemError({
    code: 'not-a-dump',
    file: paths.join(' '),
    message: 'These are not the parts of one split file.',
    advice: 'Give whole dumps to compare, or all parts of one (heap.json.partaa heap.json.partab …).',
  });
}

function partMissing(file: string, part: string): ProblemError {
  return new ProblemError({
    code: 'not-a-dump',
    file,
    message: `Part ${part} is missing.`,
    advice: 'Give all parts together: they are joined in the order of their names.',
  });
}

async function opened(file: NodeFile): Promise<OpenedFile> {
  const stored = storedIn(file);
  if (await isZstd(stored)) return openedZstd(file, stored);
  // In an index file, the gzip stream is a part of the file.
  const isIndex = isIndexHead(await stored.read(0, INDEX_MAGIC.length));
  const gzip = isIndex ? null : await findGzip(stored);
  const source =
    gzip === null ? plainSource(file, stored) : new GzipSource(gzip.stored, gzip.notes, gzip.likelyCause);
  return { source, close: () => file.close() };
}

/** Unpacks a zstd file into a temporary file, so that any piece of it can be read. */
async function openedZstd(file: NodeFile, stored: StoredBytes): Promise<OpenedFile> {
  const reader = new ZstdReader(stored);
  const text = await copied(file.name, Readable.from(reader.text())).finally(() => file.close());
  const source = plainSource(text, storedIn(text), reader.damage);
  return { source, close: () => text.close() };
}

function storedIn(file: NodeFile): StoredBytes {
  return {
    name: file.name,
    length: file.length,
    read: (offset, length) => readAt(file, offset, length),
    inOrder: () => null,
  };
}

function plainSource(file: NodeFile, stored: StoredBytes, damage: string | null = null): ByteSource {
  let position = 0;
  return {
    name: stored.name,
    fileBytes: stored.length,
    compressed: false,
    findings: { damage, notes: [], restartPoints: [] },
    get position() {
      return position;
    },
    learn: () => undefined,
    slices() {
      position = 0;
      return plainSlices(file, bytes => {
        position += bytes;
      });
    },
    read: (pieces: readonly TextRange[]) =>
      Promise.all(pieces.map(({ offset, length }) => stored.read(offset, length))),
  };
}

async function readAt(file: NodeFile, offset: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  return buffer.subarray(0, await file.readInto(buffer, offset));
}

/** Two buffers take turns: one is filled while the other is scanned. */
async function* plainSlices(
  file: NodeFile,
  advance: (bytes: number) => void,
): AsyncIterableIterator<Uint8Array> {
  const buffers = [new Uint8Array(SLICE_BYTES), new Uint8Array(SLICE_BYTES)] as const;
  const bufferAt = (at: number) => buffers[(at / SLICE_BYTES) & 1]!;
  const ask = (at: number) => file.readInto(bufferAt(at), at);
  let next = ask(0);
  for (let at = 0; at < file.length; at += SLICE_BYTES) {
    const bytesRead = await next;
    if (at + SLICE_BYTES < file.length) next = ask(at + SLICE_BYTES);
    advance(bytesRead);
    yield bufferAt(at).subarray(0, bytesRead);
  }
}
