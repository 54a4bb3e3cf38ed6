/** The service worker's file, beside `index.html`. The page's policy names it: no other script may become a worker by its URL. */
export const SERVICE_WORKER_FILE = 'sw.js';

/** The message by which the page has a waiting version take over. */
export const USE_NEW_VERSION = 'use-new-version';

/** What the names of the caches begin with that hold the page served at `scope`; a version follows. Other pages of the origin have their own. */
export function cachePrefix(scope: string): string {
  return `heapscape ${scope} `;
}
