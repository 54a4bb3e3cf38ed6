import type { ByteOffset, Bytes } from '../protocol/units.ts';

const MIB = 1024 * 1024;
/** Size of the slices of a file that is read in order, all in one buffer. */
export const FILLED_BYTES = 2 * MIB;

/**
 * Size of the slices of a file that is read piece by piece. Three concurrent reads of 8 MiB are as fast as two of 16
 * MiB, and use less memory; reads of 4 MiB take a quarter longer.
 */
const SLICE_BYTES = 8 * MIB;
/** Number of concurrent reads. */
export const READS_IN_FLIGHT = 3;
/** The scanner waits for the first slice, so the first ones are small. */
const FIRST_SLICE_BYTES = 2 * MIB;
const FIRST_UP_TO = 8 * MIB;

/** Size of the slice of a plain file that starts at `offset`. */
export function sliceBytesAt(offset: ByteOffset): Bytes {
  return offset < FIRST_UP_TO ? FIRST_SLICE_BYTES : SLICE_BYTES;
}
