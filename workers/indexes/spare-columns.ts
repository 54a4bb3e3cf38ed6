/**
 * Columns that one stage no longer needs, to be used by the next one. New memory costs a page fault per 4 KiB on first
 * access, and raises the peak; reused memory does neither.
 */
export class SpareColumns {
  readonly #spare: Uint32Array[] = [];

  /** Takes over a column that is no longer used. */
  give(column: Uint32Array): void {
    this.#spare.push(column);
  }

  /**
   * A column of the given length with undefined contents: the smallest spare one that is large enough, or a new one.
   */
  take(length: number): Uint32Array {
    let best = -1;
    for (const [index, column] of this.#spare.entries()) {
      const fits = column.length >= length;
      if (fits && (best < 0 || column.length < this.#spare[best]!.length)) best = index;
    }
    if (best < 0) return new Uint32Array(length);
    return this.#spare.splice(best, 1)[0]!.subarray(0, length);
  }
}
