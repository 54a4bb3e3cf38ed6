import type { Bytes } from '../protocol/units.ts';

/** Inflated pieces come small; they are gathered up to this. */
const GATHERED_BYTES = 4 * 1024 * 1024;

/** A buffer that was passed on and came back, to be filled again. */
export type SpareBuffers = () => ArrayBuffer | undefined;

/** The buffer to fill next: that of the slice, unless whoever got it passed it on to another thread. */
export function nextBuffer(slice: Uint8Array, spare: SpareBuffers, bytes: Bytes): ArrayBuffer {
  return slice.length > 0 ? (slice.buffer as ArrayBuffer) : (spare() ?? new ArrayBuffer(bytes));
}

/** Small pieces as large slices. A slice is gone when the next one is asked for. */
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
      slice = new Uint8Array(nextBuffer(slice, spare, GATHERED_BYTES));
      used = 0;
    }
  }
  if (used > 0) yield slice.subarray(0, used);
}
