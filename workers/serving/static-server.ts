import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { fileContent, type ServedContent, sendContent } from './served-content.ts';

export interface ServeOptions {
  /** Folder whose files are served. */
  folder: string;
  /** 0 = any free port. */
  port: number;
  /** The address to listen on. */
  host?: string;
  /** The path under which the files are: `/` or `/some/path/`. */
  base?: string;
  /** Content that is served besides the folder, by path below `base`. */
  besides?: ReadonlyMap<string, ServedContent>;
  /** Redirects from paths below `base` to other paths below it, which may have a fragment. */
  redirects?: ReadonlyMap<string, string>;
  /** The host names under which a browser may request this server; others are refused. Default: any. */
  hostNames?: readonly string[];
}

/**
 * Serves a folder like any static host: files unchanged, `index.html` for a folder, ranges if requested, and nothing
 * else.
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
  // DNS rebinding: another site may resolve its own name to this machine.
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
  // `join` has resolved every `..`: the result must still be inside.
  if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return refuse(response, 403);
  sendContent(request, response, await fileContent(file));
}

/** A path without percent escapes; null if they are malformed. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null; // The caller answers with status 400.
  }
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status).end();
}
