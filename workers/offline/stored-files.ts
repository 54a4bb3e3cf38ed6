/** A file of the build. */
export interface StoredFile {
  /** Relative to the page; `./` is the page itself, because some hosts redirect `index.html` to it. */
  path: string;
  /** Like the attribute of `<script>`: the response must have this hash. */
  integrity: string;
}

/**
 * Stores every file of a version in its cache, all or nothing. If a file is missing or has other content, for example
 * while the host is being updated, the whole version fails and the previous one stays in use.
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
 * The stored response for a URL: of this version, or else of the previous one, whose tabs may still be open and load
 * parts. Undefined if it was never stored or the browser has evicted it; then the host answers.
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

/** Deletes all versions but this one and the previous one. Caches are listed in order of creation. */
export async function deleteOldVersions(versions: { current: string; prefix: string }): Promise<void> {
  const others = (await namesOf(versions.prefix)).filter(name => name !== versions.current);
  await Promise.all(others.slice(0, -1).map(name => caches.delete(name)));
}

/**
 * A request that refuses redirects, which might lead to another origin, and revalidates copies in the browser's HTTP
 * cache.
 */
export function requestFor(url: string, integrity: string): Request {
  return new Request(url, { integrity, cache: 'no-cache', redirect: 'error', credentials: 'same-origin' });
}

async function namesOf(prefix: string): Promise<string[]> {
  return (await caches.keys()).filter(name => name.startsWith(prefix));
}
