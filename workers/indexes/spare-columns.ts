/**
 * Columns that a stage is done with, for the next one. New memory costs a page fault for each 4 KiB when it is first
 * touched, and it is what makes the peak; memory that is there already costs neither.
 */
export class SpareColumns {
  readonly #spare: Uint32Array[] = [];

  /** Takes over a column that nobody looks at any more. */
  give(column: Uint32Array): void {
    this.#spare.push(column);
  }

  /** A column of the given length with undefined contents: the smallest spare one that has room, or else a new one. */
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
