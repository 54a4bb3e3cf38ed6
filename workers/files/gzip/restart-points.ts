import type { ByteOffset, Bytes } from '../../protocol/units.ts';
import { SpacedPoints } from '../spaced-points.ts';

export { lastPointBefore } from '../spaced-points.ts';

/** A point in a gzip file from which it can be inflated without the data before it. Plain data. */
export interface RestartPoint {
  /** Where the text after the point starts in the text of the file. */
  textOffset: ByteOffset;
  /** The bit of the stored file at which a block, or the header of a gzip member, starts. */
  storedBit: number;
  /** The text before a block, to which it may refer; null at the start of a member. */
  window: Uint8Array | null;
  /** Where the header of the member starts in the stored file. */
  memberStart: ByteOffset;
  /** Where the text of the member starts in the text of the file. */
  memberOffset: ByteOffset;
  /** CRC-32 of the member's text before the point. */
  checksum: number;
}

/** Text between two points at first. */
const SPACING_BYTES = 4 << 20;
/** With windows of 32 KiB, the points take at most 2 MiB, whatever the size of the file. */
const MAX_POINTS = 64;

/**
 * Points such that reading any piece inflates at most a 32nd of the text more. (The idea is from zran, an example of
 * zlib.)
 */
export class RestartPoints extends SpacedPoints<RestartPoint> {
  /** `spacing`: text between two points at first. */
  constructor(spacing: Bytes = SPACING_BYTES) {
    super(spacing, MAX_POINTS);
  }
}
