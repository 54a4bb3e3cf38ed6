import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveFolder } from '../../workers/serving/static-server.ts';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const POLICY = /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/;

/** The beginning of the policy that the first script of the page adds. */
const WORKERS = 'worker-src blob:';
const ALLOWS_ALL = `<meta http-equiv="Content-Security-Policy" content="default-src * data: blob: 'unsafe-inline' 'unsafe-eval'; worker-src * data: blob:">`;

/**
 * A script of the page's own origin that requests the URL in its fragment or its query: what a hostile file beside the
 * page would do, in a worker, a shared worker or a service worker.
 */
const OWN_SCRIPT = `
const url = location.hash.slice(1) || decodeURIComponent(location.search.slice(1));
const tell = message => globalThis.postMessage?.(message);
if (url !== '') fetch(url, { mode: 'no-cors' }).then(() => tell('sent'), error => tell(String(error)));
`;

/** A server on a port of its own. */
export interface Site {
  /** Ends with a slash. */
  url: string;
  close(): void;
}

/** The built page as a plain static host serves it, with or without its policy, and a hostile script beside it. */
export async function servePage({ policy }: { policy: boolean }): Promise<Site & { script: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'heapscape-page-'));
  cpSync(DIST, folder, { recursive: true });
  writeFileSync(join(folder, 'own.js'), OWN_SCRIPT);
  const index = join(folder, 'index.html');
  const html = readFileSync(index, 'utf8');
  if (!POLICY.test(html)) throw new Error('the page has no policy');
  if (!html.includes(WORKERS)) throw new Error('the page has no policy for workers');
  // The policy is replaced, not removed: without any, the page would not start.
  if (!policy) writeFileSync(index, html.replace(POLICY, ALLOWS_ALL).replace(WORKERS, `${WORKERS} data: *`));
  const base = '/some/path/';
  const server = await serveFolder({ folder, port: 0, base });
  const url = `${originOf(server)}${base}`;
  return {
    url,
    script: `${url}own.js`,
    close() {
      close(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Another server, to which a dump could be sent. */
export interface Listener extends Site {
  /** The requested paths. */
  arrived: ReadonlySet<string>;
  /** Resolves once a path is requested. */
  arrival(path: string): Promise<void>;
}

export async function listen(): Promise<Listener> {
  const arrived = new Set<string>();
  const awaited = new Map<string, () => void>();
  const note = (path = '') => {
    arrived.add(path.slice(1));
    awaited.get(path.slice(1))?.();
  };
  const server = createServer((request, response) => {
    note(request.url);
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' }).end();
  });
  server.on('upgrade', (request, socket) => {
    note(request.url);
    socket.destroy();
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  return {
    url: `${originOf(server)}/`,
    arrived,
    async arrival(path) {
      if (!arrived.has(path)) await new Promise<void>(resolve => awaited.set(path, resolve));
    },
    close: () => close(server),
  };
}

function originOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}
