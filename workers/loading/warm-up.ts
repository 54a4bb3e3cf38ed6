import type { Importer } from '../importers/importer.ts';
import type { Cancellation } from '../model/cooperation.ts';
import { type LoadedSnapshot, type LoadInput, loadSnapshot } from './load.ts';

/** Enough for the engine's loops to be compiled to their fastest form. */
const OBJECTS = 20_000;
const ROUNDS = 6;
/** In this round the dump is compressed, so that the inflater is compiled too, for all threads. */
const PACKED_ROUND = 4;

/**
 * Loads a synthetic file of the first format a few times, while the threads are idle. Takes about half a second of
 * one core after the page has appeared, and makes the first real load faster by about as much. Ends early once
 * cancelled. Returns the last heap that it loaded.
 */
export async function warmUp(
  importers: readonly Importer[],
  inputOf: (blob: Blob) => Promise<LoadInput>,
  cancellation: Cancellation,
): Promise<LoadedSnapshot | null> {
  const [importer] = importers;
  if (importer?.rehearsal === undefined) return null;
  const rules = { referencesOnly: false, availableBytes: Number.POSITIVE_INFINITY, importers };
  let loaded: LoadedSnapshot | null = null;
  const plain = new Blob([importer.rehearsal(OBJECTS)]);
  for (let round = 0; round < ROUNDS && !cancellation.cancelled; round++) {
    const input = await inputOf(round === PACKED_ROUND ? await packedDump(plain) : plain);
    if (cancellation.cancelled) return null;
    loaded = await loadSnapshot(input, rules, cancellation, () => undefined);
  }
  return loaded;
}

/** The dump as gzip; uncompressed in browsers without `CompressionStream`. */
async function packedDump(plain: Blob): Promise<Blob> {
  if (typeof CompressionStream === 'undefined') return plain;
  return new Response(plain.stream().pipeThrough(new CompressionStream('gzip'))).blob();
}
