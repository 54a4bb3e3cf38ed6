/** A file of the build. */
export interface StoredFile {
  /** Relative to the page; `./` is the page itself, since some hosts redirect `index.html` to it. */
  path: string;
  /** As in `<script integrity>`: what the server sends must have this hash. */
  integrity: string;
}

/**
 * Fetches every file of a version into its cache. All or nothing: a file that is missing or has other content, such as
 * while the host is being updated, fails the whole, and the version before stays in use.
 */
export async function storeFiles(
  cacheName: string,
  files: readonly StoredFile[],
  base: string,
): Promise<void> {
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(
      files.map(async ({ path, integrity }) => {
        const request = requestFor(new URL(path, base).href, integrity);
        const response = await fetch(request);
        if (!response.ok) throw new Error(`${response.status} for ${request.url}`);
        await cache.put(request.url, response);
      }),
    );
  } catch (error) {
    await caches.delete(cacheName);
    throw error;
  }
}

/**
 * What is stored for a URL: of this version, or else of the one before, whose tabs may still be open and load parts of
 * themselves. The host answers where the browser has thrown it away; undefined where it never was stored.
 */
export async function storedResponse(
  url: string,
  versions: { current: string; prefix: string },
): Promise<Response | undefined> {
  const now = await (await caches.open(versions.current)).match(url);
  if (now !== undefined) return now;
  for (const name of await namesOf(versions.prefix)) {
    const before = await caches.match(url, { cacheName: name });
    if (before !== undefined) return before;
  }
  return undefined;
}

/** Deletes all versions but this one and the one before. Caches are listed in the order in which they were made. */
export async function deleteOldVersions(versions: { current: string; prefix: string }): Promise<void> {
  const others = (await namesOf(versions.prefix)).filter(name => name !== versions.current);
  await Promise.all(others.slice(0, -1).map(name => caches.delete(name)));
}

/** Refuses redirects: they might lead to another origin. Asks the server even where the browser has a copy. */
export function requestFor(url: string, integrity: string): Request {
  return new Request(url, { integrity, cache: 'no-cache', redirect: 'error', credentials: 'same-origin' });
}

async function namesOf(prefix: string): Promise<string[]> {
  return (await caches.keys()).filter(name => name.startsWith(prefix));
}
