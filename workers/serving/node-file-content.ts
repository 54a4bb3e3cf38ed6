import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { NodeFile } from '../files/node-files.ts';
import type { ServedContent } from './served-content.ts';

const CHUNK_BYTES = 1 << 20;

/** An open file as content that can be served. It must stay open as long as it may be requested. */
export function nodeFileContent(file: NodeFile): ServedContent {
  return {
    type: 'application/octet-stream',
    size: file.length,
    etag: `"${randomUUID()}"`,
    stream: (start, end) => Readable.from(chunksOf(file, start, end), { objectMode: false }),
  };
}

async function* chunksOf(file: NodeFile, start: number, end: number): AsyncIterableIterator<Uint8Array> {
  for (let at = start; at < end; ) {
    // A chunk waits in the response until it is sent, so its memory cannot be reused.
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - at));
    const length = await file.readInto(chunk, at);
    if (length === 0) throw new Error(`${file.name} has no byte ${at} any more`);
    yield chunk.subarray(0, length);
    at += length;
  }
}
