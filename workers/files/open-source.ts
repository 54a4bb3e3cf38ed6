import type { Bytes } from '../protocol/units.ts';
import type { ByteSource } from './byte-source.ts';
import { findGzip } from './gzip/find-gzip.ts';
import { GzipSource } from './gzip/gzip-source.ts';
import { PlainSource } from './plain-source.ts';
import type { SliceClient } from './slice-client.ts';
import { blobBytes, type StoredBytes } from './stored-bytes.ts';

/** Opens a file: as gzip where it has a gzip stream. */
export async function openStored(stored: StoredBytes): Promise<ByteSource> {
  const gzip = await findGzip(stored);
  return gzip === null ? new PlainSource(stored) : new GzipSource(gzip.stored, gzip.notes, gzip.likelyCause);
}

/** Opens a file that the browser knows. */
export function openBlob(blob: Blob, name: string): Promise<ByteSource> {
  return openStored(blobBytes(blob, name));
}

/** The same file, its slices read by another thread. */
export function readElsewhere(source: ByteSource, blob: Blob, client: SliceClient): ByteSource {
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
      client.slices(blob, source.name, {
        onPosition: reached => {
          position = reached;
        },
        onEnd: findings => source.learn(findings),
      }),
    read: pieces => source.read(pieces),
  };
}
