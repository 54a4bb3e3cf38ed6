import type { ByteOffset, Bytes } from '../protocol/units.ts';

/** A range of a text. */
export interface TextRange {
  offset: ByteOffset;
  length: Bytes;
}

/** Inflated pieces come small; they are gathered up to this. */
const GATHERED_BYTES = 4 * 1024 * 1024;

/** A buffer that was passed on and came back, to be filled again. */
export type SpareBuffers = () => ArrayBuffer | undefined;

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
      // Whoever got it may have passed it on to another thread.
      if (slice.length === 0) slice = new Uint8Array(spare() ?? new ArrayBuffer(GATHERED_BYTES));
      used = 0;
    }
  }
  if (used > 0) yield slice.subarray(0, used);
}

/** Ranges of a text that comes in pieces from its start: as asked, shorter where the text ends. */
export async function picked(
  pieces: AsyncIterable<Uint8Array>,
  ranges: readonly TextRange[],
): Promise<Uint8Array[]> {
  const results = ranges.map(range => ({ ...range, bytes: new Uint8Array(range.length), filled: 0 }));
  const end = Math.max(0, ...ranges.map(range => range.offset + range.length));
  let at = 0;
  for await (const piece of pieces) {
    for (const result of results) {
      const from = Math.max(0, result.offset - at);
      const wanted = piece.subarray(from, Math.max(from, result.offset + result.length - at));
      result.bytes.set(wanted, result.filled);
      result.filled += wanted.length;
    }
    at += piece.length;
    if (at >= end) break;
  }
  return results.map(result => result.bytes.subarray(0, result.filled));
}
