import { randomUUID } from 'node:crypto';
import { createReadStream, fstat, read } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { ProblemError } from '../protocol/errors.ts';
import type { ByteOffset, Bytes } from '../protocol/units.ts';

/** A file under Node that can be read at any position. */
export interface NodeFile {
  readonly name: string;
  readonly length: Bytes;
  /** Fills a buffer from an offset, and returns the number of bytes read. */
  readInto(buffer: Uint8Array, offset: ByteOffset): Promise<Bytes>;
  close(): Promise<void>;
}

const STANDARD_INPUT = 0;
const readDescriptor = promisify(read);
const statDescriptor = promisify(fstat);

/**
 * Opens a path; `-` and `/dev/stdin` are the standard input. Input without random access, such as a pipe, is copied
 * to a temporary file first: a dump may be larger than memory. That file is readable only by its owner, and unlinked
 * as soon as it is open, so that it disappears however this process ends (on Windows, with {@link NodeFile.close}).
 */
export async function openNodeFile(path: string): Promise<NodeFile> {
  if (path === '-' || path === '/dev/stdin') return openStandardInput();
  const handle = await open(path);
  const stat = await handle.stat();
  if (stat.isFile()) return fileOf(basename(path), stat.size, handle.fd, () => handle.close());
  if (stat.isDirectory()) {
    await handle.close();
    throw new Error('it is a directory: name the files in it');
  }
  return copied(basename(path), handle.createReadStream());
}

async function openStandardInput(): Promise<NodeFile> {
  const name = 'standard input';
  const stat = await statDescriptor(STANDARD_INPUT);
  if (stat.isFile()) return fileOf(name, stat.size, STANDARD_INPUT, async () => undefined);
  return copied(name, createReadStream('', { fd: STANDARD_INPUT, autoClose: false }));
}

function fileOf(name: string, length: Bytes, descriptor: number, close: () => Promise<void>): NodeFile {
  return {
    name,
    length,
    readInto: async (buffer, offset) =>
      (await readDescriptor(descriptor, buffer, 0, buffer.length, offset)).bytesRead,
    close,
  };
}

/** Copies a stream to a temporary file that nobody else can read. */
export async function copied(name: string, stream: Readable): Promise<NodeFile> {
  const path = join(tmpdir(), `heapscape-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600);
  const isGone = await unlink(path).then(
    () => true,
    () => false,
  );
  const close = async () => {
    await handle.close();
    if (!isGone) await unlink(path);
  };
  try {
    return fileOf(name, await copy(stream, handle), handle.fd, close);
  } catch (error) {
    await close();
    if (error instanceof ProblemError) throw error;
    const { message } = error as Error;
    throw new Error(`${message}; it is copied to ${tmpdir()} first, which TMPDIR can move`);
  }
}

async function copy(stream: Readable, handle: FileHandle): Promise<Bytes> {
  let length = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Uint8Array;
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, length);
      at += bytesWritten;
      length += bytesWritten;
    }
  }
  return length;
}

/** The parts of a split file as one file. */
export function joinedFile(name: string, parts: readonly NodeFile[]): NodeFile {
  let length = 0;
  const placed = parts.map(part => {
    const start = length;
    length += part.length;
    return { part, start };
  });
  return {
    name,
    length,
    async readInto(buffer, offset) {
      let filled = 0;
      for (const { part, start } of placed) {
        // Parts before the offset are skipped; later parts are read when earlier ones are finished.
        while (filled < buffer.length) {
          const within = offset + filled - start;
          if (within < 0 || within >= part.length) break;
          const rest = buffer.subarray(filled, filled + part.length - within);
          const bytes = await part.readInto(rest, within);
          if (bytes === 0) return filled;
          filled += bytes;
        }
      }
      return filled;
    },
    async close() {
      for (const part of parts) await part.close();
    },
  };
}
