import { contentRange, type ServedFile } from '../../workers/protocol/dump-file.ts';

/** A file of the user, or one that is served beside the page. */
export type OpenableFile = File | ServedFile;

/** Thrown for a failure that the user can do something about. */
export class FetchError extends Error {
  readonly advice: string;
  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Origins besides its own that this build may fetch dumps from; its policy has the same (vite.config.ts). */
const DUMP_ORIGINS = (import.meta.env.HEAPSCAPE_DUMP_ORIGINS as string | undefined)?.split(' ') ?? [];

/**
 * Finds a dump that is served. Where the server sends ranges, nothing is fetched yet but its first byte: the threads
 * read what they need. Elsewhere the whole file is downloaded.
 */
export async function findServed(url: URL, name: string): Promise<OpenableFile> {
  if (url.origin !== location.origin && !DUMP_ORIGINS.includes(url.origin)) {
    throw new FetchError(
      `The dump is at ${url.origin}, but this page can only fetch from its own origin.`,
      'Download the file and drop it here.',
    );
  }
  const response = await fetch(url, { headers: { Range: 'bytes=0-0' } }).catch((error: Error) => {
    throw new FetchError(`${url.href} could not be fetched (${error.message}).`, 'Check the address.');
  });
  if (!response.ok && response.status !== 416) {
    throw new FetchError(
      `The server answered ${response.status} ${response.statusText} for ${url.pathname}.`,
      'Check the address.',
    );
  }
  const range = contentRange(response.headers.get('content-range'));
  if (response.status === 206 && range !== null) {
    return { url: url.href, name, size: range.size, etag: response.headers.get('etag') };
  }
  // An empty file has no first byte.
  const bytes = response.status === 416 ? [] : [await response.blob()];
  return new File(bytes, name);
}

/** An address relative to the page; null for what is none. */
export function addressOf(text: string): URL | null {
  try {
    return new URL(text, document.baseURI);
  } catch {
    // Older browsers cannot be asked first. The caller says so.
    return null;
  }
}

/** How a link within the page names a dump that is served: relative to the page where it lies beside it. */
export function linkToServed(url: URL): string {
  const folder = new URL('./', document.baseURI).href;
  if (url.href.startsWith(folder)) return `./${url.href.slice(folder.length)}`;
  return url.origin === location.origin ? url.href.slice(url.origin.length) : url.href;
}

/** The last part of a URL's path, as a user would read it. */
export function fileNameOf({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || pathname;
  } catch {
    // Percent signs that are no escapes are part of the name.
    return last;
  }
}
