import type { Count } from '../protocol/units.ts';

/**
 * The largest sizes of all that were added, up to a maximum number, to tell which sizes can no longer be among them. A
 * binary heap with the smallest on top.
 */
export class LargestSizes {
  readonly #sizes: Float64Array;
  #count = 0;

  constructor(most: Count) {
    this.#sizes = new Float64Array(Math.max(1, most));
  }

  clear(): void {
    this.#count = 0;
  }

  /** Whether a size is among the largest so far; of equal sizes the first ones are. O(log most). */
  add(size: number): boolean {
    const sizes = this.#sizes;
    if (this.#count < sizes.length) {
      this.#rise(this.#count++, size);
      return true;
    }
    if (size <= sizes[0]!) return false;
    this.#sink(size);
    return true;
  }

  #rise(from: number, size: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#sizes[above]! <= size) break;
      this.#sizes[at] = this.#sizes[above]!;
      at = above;
    }
    this.#sizes[at] = size;
  }

  /** Replaces the smallest size. */
  #sink(size: number): void {
    const sizes = this.#sizes;
    let at = 0;
    for (let below = 1; below < sizes.length; below = at * 2 + 1) {
      if (below + 1 < sizes.length && sizes[below + 1]! < sizes[below]!) below++;
      if (sizes[below]! >= size) break;
      sizes[at] = sizes[below]!;
      at = below;
    }
    sizes[at] = size;
  }
}
