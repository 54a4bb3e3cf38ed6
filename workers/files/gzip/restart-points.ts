import type { ByteOffset, Bytes } from '../../protocol/units.ts';

/** A place in a gzip file from which it can be inflated without what is before it. Plain data. */
export interface RestartPoint {
  /** Where its text starts in that of the file. */
  textOffset: ByteOffset;
  /** The bit of the stored file at which a block starts, or the header of a gzip member. */
  storedBit: number;
  /** The text before a block, to which it may refer; null where a member starts. */
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

/**
 * Points all over a file, about equally far apart: so that any piece of its text costs to inflate at most a 32nd of
 * it. (The idea is that of zran, in the examples of zlib.)
 */
export class RestartPoints {
  #points: RestartPoint[] = [];
  #spacing: Bytes;

  /** `spacing`: text between two points at first. */
  constructor(spacing: Bytes = SPACING_BYTES) {
    this.#spacing = spacing;
  }

  get all(): readonly RestartPoint[] {
    return this.#points;
  }

  /** Whether there should be a point at `textOffset`, or behind it. */
  wants(textOffset: ByteOffset): boolean {
    return textOffset >= (this.#points.at(-1)?.textOffset ?? 0) + this.#spacing;
  }

  /** Adds a point behind all others. When there are too many, every other one goes. */
  add(point: RestartPoint): void {
    this.#points.push(point);
    if (this.#points.length <= MAX_POINTS) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 1);
    this.#spacing *= 2;
  }
}

/** The last of these points at or before an offset; null if there is none, which means the start of the file. */
export function lastPointBefore(
  points: readonly RestartPoint[],
  textOffset: ByteOffset,
): RestartPoint | null {
  return points.findLast(point => point.textOffset <= textOffset) ?? null;
}
