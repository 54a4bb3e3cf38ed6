import { rehearsalDump } from '../importers/ruby/rehearsal.ts';
import type { Cancellation } from './cooperation.ts';
import { type LoadInput, loadSnapshot } from './load.ts';

/** Enough for the engine's loops to be compiled to their fastest form. */
const OBJECTS = 20_000;
const ROUNDS = 5;
const RULES = { referencesOnly: false, availableBytes: Number.POSITIVE_INFINITY };

/**
 * Loads a made-up dump a few times, as files are loaded, while the threads have nothing else to do. Costs about half
 * a second of one core after the page has appeared, and takes as much off the first real load. Ends early once
 * cancelled.
 */
export async function warmUp(
  inputOf: (blob: Blob) => Promise<LoadInput>,
  cancellation: Cancellation,
): Promise<void> {
  const input = await inputOf(new Blob([rehearsalDump(OBJECTS)]));
  for (let round = 0; round < ROUNDS && !cancellation.cancelled; round++) {
    await loadSnapshot(input, RULES, cancellation, () => undefined);
  }
}
