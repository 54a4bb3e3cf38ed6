/**
 * The service worker's file, next to `index.html`. The page's content security policy names it, so no other script can
 * become a worker by its URL.
 */
export const SERVICE_WORKER_FILE = 'sw.js';

/** The message by which the page makes a waiting version take over. */
export const USE_NEW_VERSION = 'use-new-version';

/**
 * Prefix of the names of the caches for the page served at `scope`; a version follows. Other pages of the origin have
 * their own.
 */
export function cachePrefix(scope: string): string {
  return `heapscape ${scope} `;
}
