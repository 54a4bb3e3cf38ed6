import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import type { ByteOffset, Bytes } from '../protocol/units.ts';

/** Content that can be served, as a whole or in ranges. */
export interface ServedContent {
  readonly type: string;
  readonly size: Bytes;
  /** Changes with the content. */
  readonly etag: string;
  /** The bytes from `start` up to, but not including, `end`. */
  stream(start: ByteOffset, end: ByteOffset): Readable;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gz': 'application/gzip',
  '.txt': 'text/plain; charset=utf-8',
};

/** A file on disk. Throws if there is none. */
export async function fileContent(path: string): Promise<ServedContent> {
  const stats = await stat(path);
  if (!stats.isFile()) throw new Error(`${path} is no file`);
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    size: stats.size,
    etag: `"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs).toString(16)}"`,
    stream: (start, end) =>
      end <= start ? Readable.from([]) : createReadStream(path, { start, end: end - 1 }),
  };
}

/** Answers a request with the requested range of the content, or all of it; for HEAD with the headers only. */
export function sendContent(
  request: IncomingMessage,
  response: ServerResponse,
  { type, size, etag, stream }: ServedContent,
): void {
  const isSameVersion = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const range = isSameVersion ? rangeOf(request.headers.range, size) : null;
  const headers: Record<string, string | number> = {
    'content-type': type,
    'cache-control': 'no-cache',
    'accept-ranges': 'bytes',
    etag,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  };
  if (range === 'outside') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
    return;
  }
  const [start, end] = range ?? [0, size];
  headers['content-length'] = end - start;
  if (range !== null) headers['content-range'] = `bytes ${start}-${end - 1}/${size}`;
  response.writeHead(range === null ? 200 : 206, headers);
  if (request.method === 'HEAD') response.end();
  // If the browser disconnects, the stream ends. If reading fails, the connection ends, which the browser notices.
  else pipeline(stream(start, end), response, () => undefined);
}

/**
 * The single range that a `Range` header requests, without its end. Null if there is none, or several: a server may
 * answer these with the whole content.
 */
export function rangeOf(
  header: string | undefined,
  size: Bytes,
): [ByteOffset, ByteOffset] | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const [first, last] = [match[1]!, match[2]!];
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'outside' : [size - length, size];
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'outside' : [start, end];
}
