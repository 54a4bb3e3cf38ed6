import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import { SpacedPoints } from '../spaced-points.ts';

export { lastPointBefore } from '../spaced-points.ts';

/** A place in a gzip file from which it can be inflated without what is before it. Plain data. */
export interface RestartPoint {
  /** Where its text starts in that of the file. */
  textOffset: ByteOffset;
  /** The bit of the stored file at which a block starts, or the header of a gzip member. */
  storedBit: number;
  /** The text before a block, to which it may refer; null if a member starts. */
  window: Uint8Array | null;
  /** Where the header of that member starts in the stored file. */
  memberStart: ByteOffset;
  /** Where the text of that member starts in that of the file. */
  memberOffset: ByteOffset;
  /** CRC-32 of the member's text before the point. */
  checksum: number;
}

/** Text between two points, at first. */
const SPACING_BYTES = 4 << 20;
/** With windows of 32 KiB they take 2 MiB at most, whatever the size of the file. */
const MAX_POINTS = 64;

/** Any piece of the text costs to inflate at most a 32nd of it. (The idea is that of zran, in the examples of zlib.) */
export class RestartPoints extends SpacedPoints<RestartPoint> {
  /** `spacing`: text between two points at first. */
  constructor(spacing: Bytes = SPACING_BYTES) {
    super(spacing, MAX_POINTS);
  }
}
