import type { Problem } from '../../workers/protocol/errors.ts';
import type { DroppedFolder } from './dropped-files.ts';
import { HeapLostError } from './heap-client.ts';
import { FetchError } from './served-file.ts';

/** Maximum number of files that a folder's problem lists. */
const LISTED_OTHERS = 20;

/** A problem that lists the files of a folder that were not opened. */
export function folderProblem(
  { name, isCut }: DroppedFolder,
  found: number,
  others: readonly Problem[],
): Problem {
  const listed = others
    .slice(0, LISTED_OTHERS)
    .map(({ file, looksLike, message }) => `${file} (${looksLike ?? message})`);
  const more = others.length > listed.length ? `, and ${others.length - listed.length} more` : '';
  const files = found === 1 ? '1 file was found' : `${found} files were found`;
  const dumps = others.length === 0 ? '' : ` No heap dumps: ${listed.join(', ')}${more}.`;
  return {
    code: 'folder',
    file: name,
    message:
      found === 0 ? 'It contains no files.' : `${files}, ${found - others.length} of them to open.${dumps}`,
    advice: isCut
      ? 'The folder has more files than Heapscape searches. Drop the other files directly.'
      : 'Drop a folder of heap dumps, or the dumps themselves.',
  };
}

/** The problem of an open file that was lost with the thread that held it. */
export function lostProblem(file: string, { message, loss }: HeapLostError): Problem {
  const advice =
    loss.cause === 'not-started'
      ? 'Reload the page and open the file again. The browser must support WebAssembly SIMD and module workers: Chrome or Edge 97, Firefox 114, Safari 16.4, or newer.'
      : 'A new thread was started. Open the file again. If that fails too, it may need more memory than the browser allows this tab.';
  return { code: 'thread-lost', file, message, advice };
}

/** The problem of a file that could not be opened, with advice. */
export function problemOf(file: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HeapLostError) return lostProblem(file, error);
  if (error instanceof FetchError) return { code: 'unreadable-file', file, message, advice: error.advice };
  return {
    code: 'internal',
    file,
    message: `Heapscape failed on this file: ${message}`,
    advice:
      'Your open dumps are unchanged. Please report this with the details below; they contain no strings of the dump.',
    ...(error instanceof Error && error.stack !== undefined ? { details: error.stack } : {}),
  };
}
