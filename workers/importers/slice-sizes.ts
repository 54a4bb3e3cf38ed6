import type { ByteOffset, Bytes } from '../protocol/units.ts';

const MIB = 1024 * 1024;
/**
 * Two reads of 16 MiB in flight were fastest; smaller slices cost up to four times as much. But the scanner waits
 * for the first one: so the first are small.
 */
const SLICE_BYTES = 16 * MIB;
const FIRST_SLICE_BYTES = 2 * MIB;
/** So much is read in small slices, and so much in half as large ones. */
const SMALL_UP_TO = 8 * MIB;
const HALF_UP_TO = 32 * MIB;

/** Bytes of the slice of a plain file that starts at `offset`. */
export function sliceBytesAt(offset: ByteOffset): Bytes {
  if (offset < SMALL_UP_TO) return FIRST_SLICE_BYTES;
  return offset < HALF_UP_TO ? SLICE_BYTES / 2 : SLICE_BYTES;
}
