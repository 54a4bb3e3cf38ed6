import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { fileContent, type ServedContent, sendContent } from './served-content.ts';

export interface ServeOptions {
  /** Folder whose files are served. */
  folder: string;
  /** 0 = any that is free. */
  port: number;
  /** The address to listen on. */
  host?: string;
  /** The path under which the files are: `/` or `/some/path/`. */
  base?: string;
  /** What is served besides the folder, by its path below `base`. */
  besides?: ReadonlyMap<string, ServedContent>;
  /** Paths below `base` that lead elsewhere: to another path below it, which may have a fragment. */
  redirects?: ReadonlyMap<string, string>;
  /** The names that a browser may know this server by; others are refused. Without it, any. */
  hostNames?: readonly string[];
}

/**
 * Serves a folder as any static host would: files as they are, `index.html` for a folder, ranges of them where they are
 * asked for, nothing else.
 */
export function serveFolder(options: ServeOptions): Promise<Server> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => refuse(response, 404));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? 'localhost', () => resolve(server));
  });
}

async function answer(
  { folder, base = '/', besides, redirects, hostNames }: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A site whose name is made to resolve to this machine is another origin in name only.
  const hostName = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (hostNames !== undefined && !hostNames.includes(hostName)) return refuse(response, 403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (!pathname.startsWith(base)) return refuse(response, 404);
  const path = decoded(pathname.slice(base.length));
  if (path === null) return refuse(response, 400);
  const redirect = redirects?.get(path);
  if (redirect !== undefined) {
    response.writeHead(302, { location: base + redirect, 'cache-control': 'no-store' }).end();
    return;
  }
  const content = besides?.get(path);
  if (content !== undefined) return sendContent(request, response, content);
  const file = join(folder, path.endsWith('/') || path === '' ? join(path, 'index.html') : path);
  // `join` has resolved every `..`: what is left must still be inside.
  if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return refuse(response, 403);
  sendContent(request, response, await fileContent(file));
}

/** A path without its percent escapes; null if they are none. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null; // The caller answers that the request is bad.
  }
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status).end();
}
