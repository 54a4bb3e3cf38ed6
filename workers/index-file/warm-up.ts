import type { LoadedSnapshot } from '../loading/load.ts';
import type { Cancellation } from '../model/cooperation.ts';
import { indexFile } from './write-index.ts';

/** Enough for the loops to be compiled to their fastest form. */
const ROUNDS = 6;

/**
 * Writes a heap as an index file and opens that a few times, so that the browser has compiled the code that does so. Ends early
 * once cancelled. `open`: opens the file as one of the user's.
 */
export async function warmUpIndex(
  loaded: LoadedSnapshot,
  open: (file: Blob) => Promise<LoadedSnapshot>,
  cancellation: Cancellation,
): Promise<void> {
  // A browser that cannot pack does not open index files faster for it.
  if (typeof CompressionStream === 'undefined' || cancellation.cancelled) return;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of indexFile(loaded, 'small', async () => undefined)) pieces.push(piece);
  const file = new Blob(pieces);
  for (let round = 0; round < ROUNDS && !cancellation.cancelled; round++) {
    const opened = await open(file);
    await opened.complete?.(cancellation);
  }
}
