import { contentRange, type KeptFile, type ServedFile } from '../../workers/protocol/dump-file.ts';

/** A local file, one that the page keeps, or one served over HTTP. */
export type OpenableFile = File | KeptFile | ServedFile;

/** A failure that the user can do something about. */
export class FetchError extends Error {
  readonly advice: string;
  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** Other origins that this build may fetch dumps from; its policy allows the same (vite.config.ts). */
const DUMP_ORIGINS = (import.meta.env.HEAPSCAPE_DUMP_ORIGINS as string | undefined)?.split(' ') ?? [];

/**
 * Finds a served dump. If the server supports range requests, only the first byte is fetched here: the threads read
 * what they need. Otherwise the whole file is downloaded.
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

/** A URL from text relative to the page; null if it is not valid. */
export function addressOf(text: string): URL | null {
  try {
    return new URL(text, document.baseURI);
  } catch {
    // Older browsers lack the method to ask first. The caller falls back.
    return null;
  }
}

/** The address of a served dump in links to the page: relative if the dump is beside the page. */
export function linkToServed(url: URL): string {
  const folder = new URL('./', document.baseURI).href;
  if (url.href.startsWith(folder)) return `./${url.href.slice(folder.length)}`;
  return url.origin === location.origin ? url.href.slice(url.origin.length) : url.href;
}

/** The last part of a URL's path, decoded. */
export function fileNameOf({ pathname }: URL): string {
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || pathname;
  } catch {
    // Percent signs that are not escapes are part of the name.
    return last;
  }
}
