/** Inflated pieces are small; they are gathered into slices of this size. */
const GATHERED_BYTES = 4 * 1024 * 1024;

/** Returns a buffer that was passed on and has come back, to be filled again. */
export type SpareBuffers = () => ArrayBuffer | undefined;

/** Gathers small pieces into large slices. A slice is valid until the next one is requested. */
export async function* gathered(
  pieces: AsyncIterable<Uint8Array>,
  spare: SpareBuffers = () => undefined,
): AsyncIterableIterator<Uint8Array> {
  let slice = new Uint8Array(GATHERED_BYTES);
  let used = 0;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const taken = Math.min(piece.length - from, GATHERED_BYTES - used);
      slice.set(piece.subarray(from, from + taken), used);
      from += taken;
      used += taken;
      if (used < GATHERED_BYTES) continue;
      yield slice;
      // The receiver may have transferred it to another thread.
      if (slice.length === 0) slice = new Uint8Array(spare() ?? new ArrayBuffer(GATHERED_BYTES));
      used = 0;
    }
  }
  if (used > 0) yield slice.subarray(0, used);
}
