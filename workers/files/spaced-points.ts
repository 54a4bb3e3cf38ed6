import type { ByteOffset, Bytes } from '../protocol/units.ts';

/**
 * Points at about equal distances in a text, from which it can be read again, so that the cost of reading any piece is
 * bounded. When there are too many, every other one is removed.
 */
export class SpacedPoints<Point extends { textOffset: ByteOffset }> {
  #points: Point[] = [];
  #spacing: Bytes;
  readonly #limit: number;

  /** `spacing`: text between two points at first. `limit`: maximum number of points. */
  constructor(spacing: Bytes, limit: number) {
    this.#spacing = spacing;
    this.#limit = limit;
  }

  get all(): readonly Point[] {
    return this.#points;
  }

  /** Whether there should be a point at `textOffset`, or soon after it. */
  needsPoint(textOffset: ByteOffset): boolean {
    return textOffset >= (this.#points.at(-1)?.textOffset ?? 0) + this.#spacing;
  }

  /** Adds a point after all others. */
  add(point: Point): void {
    this.#points.push(point);
    if (this.#points.length <= this.#limit) return;
    this.#points = this.#points.filter((_, index) => index % 2 === 1);
    this.#spacing *= 2;
  }
}

/** The last point at or before an offset; null if there is none, which means the start of the text. */
export function lastPointBefore<Point extends { textOffset: ByteOffset }>(
  points: readonly Point[],
  textOffset: ByteOffset,
): Point | null {
  return points.findLast(point => point.textOffset <= textOffset) ?? null;
}
