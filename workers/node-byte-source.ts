import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { ByteSource } from './importers/byte-source.ts';
import { gathered, picked, type TextRange } from './importers/pieces.ts';
import { ProblemError } from './protocol/errors.ts';

const SLICE_BYTES = 16 * 1024 * 1024;

/** A file under Node, read by the threads that Node has for that while the scanner works. Close it after use. */
export async function openFile(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = await open(path);
  const { size } = await handle.stat();
  const magic = Buffer.alloc(2);
  await handle.read(magic, 0, 2, 0);
  const compressed = magic[0] === 0x1f && magic[1] === 0x8b;
  let position = 0;
  const advance = (bytes: number) => {
    position += bytes;
  };
  return {
    name: basename(path),
    fileBytes: size,
    compressed,
    get position() {
      return position;
    },
    slices: () => (compressed ? gathered(inflated(path, advance)) : plainSlices(handle, size, advance)),
    read: pieces =>
      compressed
        ? picked(
            inflated(path, () => undefined),
            pieces,
          )
        : readPieces(handle, pieces),
    close: () => handle.close(),
  };
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

async function* inflated(path: string, advance: (bytes: number) => void): AsyncIterableIterator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  file.on('data', piece => advance(piece.length));
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  file.on('error', error => gunzip.destroy(error));
  try {
    for await (const piece of file.pipe(gunzip)) yield piece as Uint8Array;
  } catch (error) {
    throw new ProblemError({
      code: 'damaged-gzip',
      file: basename(path),
      message: 'The gzip stream is damaged or cut short.',
      advice: 'Test it with gzip -t. If it is cut, copy it again; gzip -dc gives the text up to the damage.',
      details: String(error),
    });
  } finally {
    file.destroy();
  }
}

function readPieces(handle: FileHandle, pieces: readonly TextRange[]): Promise<Uint8Array[]> {
  return Promise.all(
    pieces.map(async ({ offset, length }) => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    }),
  );
}
