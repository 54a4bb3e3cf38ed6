import type { DumpFile } from '../protocol/dump-file.ts';
import { INDEX_MAGIC, isIndexHead } from '../protocol/index-magic.ts';
import type { Bytes } from '../protocol/units.ts';
import type { ByteSource } from './byte-source.ts';
import { findGzip } from './gzip/find-gzip.ts';
import { GzipSource } from './gzip/gzip-source.ts';
import { keptBytes } from './kept-bytes.ts';
import { PlainSource } from './plain-source.ts';
import { servedBytes } from './served-bytes.ts';
import type { SliceClient } from './slice-client.ts';
import { blobBytes, type StoredBytes } from './stored-bytes.ts';
import { withHead } from './with-head.ts';
import { unpackedBlob } from './zstd/unpacked-blob.ts';
import { isZstd } from './zstd/zstd-reader.ts';

/** Opens a file, as gzip if it contains a gzip stream. In an index file, that stream is only a part. */
export async function openStored(stored: StoredBytes): Promise<ByteSource> {
  if (isIndexHead(await stored.read(0, INDEX_MAGIC.length))) return new PlainSource(stored);
  const gzip = await findGzip(stored);
  return gzip === null ? new PlainSource(stored) : new GzipSource(gzip.stored, gzip.notes, gzip.likelyCause);
}

/** The bytes of a file, wherever it is. */
export function storedBytes(file: DumpFile, name: string): StoredBytes {
  if (file instanceof Blob) return withHead(blobBytes(file, name));
  return withHead('handle' in file ? keptBytes(file) : servedBytes(file));
}

/** Opens a file, wherever it is. */
export function openDumpFile(file: DumpFile, name: string): Promise<ByteSource> {
  return openStored(storedBytes(file, name));
}

/** An open file, and the file that other threads have to open to read the same text. */
export interface OpenedDumpFile {
  source: ByteSource;
  file: DumpFile;
  /** Why the text ends early, as far as that was found while it was unpacked; null if it does not. */
  damage: string | null;
}

/**
 * Opens such a file; a zstd file is decompressed first. Meanwhile `onText` is called repeatedly with the bytes read
 * from the file and the bytes of text; it may throw to cancel.
 */
export async function openUnpacked(
  file: DumpFile,
  name: string,
  onText: (position: Bytes, textBytes: Bytes) => void | Promise<void>,
): Promise<OpenedDumpFile> {
  const stored = storedBytes(file, name);
  if (!(await isZstd(stored))) return { source: await openStored(stored), file, damage: null };
  const { blob, damage } = await unpackedBlob(stored, onText);
  return { source: await openDumpFile(blob, name), file: blob, damage };
}

/** The same source, with its slices read by another thread. */
export function readInThread(source: ByteSource, file: DumpFile, client: SliceClient): ByteSource {
  let position: Bytes = 0;
  return {
    name: source.name,
    fileBytes: source.fileBytes,
    compressed: source.compressed,
    get position() {
      return position;
    },
    get findings() {
      return source.findings;
    },
    learn: findings => source.learn(findings),
    slices: () =>
      client.slices(file, source.name, {
        onPosition: reached => {
          position = reached;
        },
        onEnd: findings => source.learn(findings),
      }),
    read: pieces => source.read(pieces),
  };
}
