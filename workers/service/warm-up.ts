import { openBlob } from '../importers/byte-source.ts';
import { rehearsalDump } from '../importers/ruby/rehearsal.ts';
import type { Cancellation } from './cooperation.ts';
import { loadSnapshot } from './load.ts';

/** Enough for the engine's loops to be compiled to their fastest form. */
const OBJECTS = 20_000;
const ROUNDS = 3;
const RULES = { referencesOnly: false, availableBytes: Number.POSITIVE_INFINITY };

/**
 * Loads a made-up dump a few times while the worker has nothing else to do. Costs about half a second of one core
 * after the page has appeared, and takes as much off the first real load. Ends early once cancelled.
 */
export async function warmUp(cancellation: Cancellation): Promise<void> {
  const blob = new Blob([rehearsalDump(OBJECTS)]);
  const source = await openBlob(blob, 'rehearsal');
  for (let round = 0; round < ROUNDS && !cancellation.cancelled; round++) {
    await loadSnapshot(source, RULES, cancellation, () => undefined);
  }
}
