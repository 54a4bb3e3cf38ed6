import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ByteSource, TextRange } from './byte-source.ts';
import { findGzip } from './gzip/find-gzip.ts';
import { GzipSource } from './gzip/gzip-source.ts';
import type { StoredBytes } from './stored-bytes.ts';

const SLICE_BYTES = 16 * 1024 * 1024;

/** A file under Node, read by the threads that Node has for that while the scanner works. Close it after use. */
export async function openFile(path: string): Promise<{ source: ByteSource; close(): Promise<void> }> {
  const handle = await open(path);
  const { size } = await handle.stat();
  const stored: StoredBytes = {
    name: basename(path),
    length: size,
    read: (offset, length) => readAt(handle, offset, length),
    inOrder: () => null,
  };
  const gzip = await findGzip(stored);
  const source =
    gzip === null ? plainSource(handle, stored) : new GzipSource(gzip.stored, gzip.notes, gzip.likelyCause);
  return { source, close: () => handle.close() };
}

function plainSource(handle: FileHandle, stored: StoredBytes): ByteSource {
  let position = 0;
  return {
    name: stored.name,
    fileBytes: stored.length,
    compressed: false,
    findings: { damage: null, notes: [], restartPoints: [] },
    get position() {
      return position;
    },
    learn: () => undefined,
    slices: () =>
      plainSlices(handle, stored.length, bytes => {
        position += bytes;
      }),
    read: (pieces: readonly TextRange[]) =>
      Promise.all(pieces.map(({ offset, length }) => stored.read(offset, length))),
  };
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}

/** Two buffers take turns: one is read into while the other is scanned. */
async function* plainSlices(
  handle: FileHandle,
  size: number,
  advance: (bytes: number) => void,
): AsyncIterableIterator<Uint8Array> {
  const buffers = [new Uint8Array(SLICE_BYTES), new Uint8Array(SLICE_BYTES)] as const;
  const ask = (at: number) => handle.read(buffers[(at / SLICE_BYTES) & 1]!, 0, SLICE_BYTES, at);
  let next = ask(0);
  for (let at = 0; at < size; at += SLICE_BYTES) {
    const { buffer, bytesRead } = await next;
    if (at + SLICE_BYTES < size) next = ask(at + SLICE_BYTES);
    advance(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}
