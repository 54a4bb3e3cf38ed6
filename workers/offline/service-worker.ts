/**
 * The service worker: stores the files of one version of the page, so that it opens without a network. No policy
 * applies to it, so it is small: it fetches only the files in its own list, from where the page is served, and never
 * sees a dump. It does not handle other requests.
 */
import { cachePrefix, USE_NEW_VERSION } from '../protocol/offline.ts';
import {
  deleteOldVersions,
  requestFor,
  type StoredFile,
  storedResponse,
  storeFiles,
} from './stored-files.ts';

/** Inserted by the build (workers/build/service-worker.ts). */
declare const FILES: readonly StoredFile[];
/** Changes when any file does. */
declare const VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const { scope } = worker.registration;
const versions = { prefix: cachePrefix(scope), current: cachePrefix(scope) + VERSION };
const integrities = new Map(FILES.map(({ path, integrity }) => [new URL(path, scope).href, integrity]));
const assets = new URL('assets/', scope).href;

worker.addEventListener('install', event => event.waitUntil(storeFiles(versions.current, FILES, scope)));

worker.addEventListener('activate', event =>
  // Also takes over open tabs, which can then go offline without a reload.
  event.waitUntil(deleteOldVersions(versions).then(() => worker.clients.claim())),
);

worker.addEventListener('message', ({ data }) => {
  if (data === USE_NEW_VERSION) void worker.skipWaiting();
});

worker.addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const url = (origin + pathname).replace(/\/index\.html$/, '/');
  const isOurs = integrities.has(url) || url.startsWith(assets);
  if (request.method !== 'GET' || !isOurs || request.headers.has('range')) return;
  event.respondWith(
    storedResponse(url, versions).then(
      stored => stored ?? fetch(requestFor(url, integrities.get(url) ?? '')),
    ),
  );
});
