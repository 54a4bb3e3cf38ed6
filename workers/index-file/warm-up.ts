import type { LoadedSnapshot } from '../loading/load.ts';
import type { Cancellation } from '../model/cooperation.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import { indexFile } from './write-index.ts';

/** Enough rounds for the engine to optimize the loops. */
const ROUNDS = 6;

/**
 * Writes a heap as an index file and opens it a few times, so that the browser compiles this code in advance. Stops
 * early if cancelled. `open`: opens the file like a file of the user.
 */
export async function warmUpIndex(
  loaded: LoadedSnapshot,
  open: (file: Blob) => Promise<LoadedSnapshot>,
  cancellation: Cancellation,
): Promise<void> {
  // Browsers that cannot compress cannot write the file.
  if (typeof CompressionStream === 'undefined' || cancellation.cancelled) return;
  for (const form of ['small', 'fast'] as const) await warmUpForm(form, loaded, open, cancellation);
}

async function warmUpForm(
  form: IndexForm,
  loaded: LoadedSnapshot,
  open: (file: Blob) => Promise<LoadedSnapshot>,
  cancellation: Cancellation,
): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of indexFile(loaded, form, async () => undefined)) pieces.push(piece);
  const file = new Blob(pieces);
  for (let round = 0; round < ROUNDS && !cancellation.cancelled; round++) {
    const opened = await open(file);
    await opened.complete?.(cancellation);
  }
}
