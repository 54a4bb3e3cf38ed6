import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

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
};

export interface ServeOptions {
  /** Folder whose files are served. */
  folder: string;
  port: number;
  /** The path under which they are: `/` or `/some/path/`. */
  base?: string;
}

/** Serves a folder as any static host would: files as they are, `index.html` for a folder, nothing else. */
export function serveFolder({ folder, port, base = '/' }: ServeOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith(base)) return refuse(response, 404);
    const path = decoded(pathname.slice(base.length));
    if (path === null) return refuse(response, 400);
    const file = join(folder, path.endsWith('/') || path === '' ? join(path, 'index.html') : path);
    // `join` has resolved every `..`: what is left must still be inside.
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return refuse(response, 403);
    send(file, response).catch(() => refuse(response, 404));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => resolve(server));
  });
}

/** A path without its percent escapes; null if they are none. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null; // The caller answers that the request is bad.
  }
}

async function send(file: string, response: ServerResponse): Promise<void> {
  const { size } = await stat(file);
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status).end();
}
