/** Number of values remembered for each place. */
export const REMEMBERED = 8;

/**
 * The last distinct values of each of many places, the latest first (move-to-front coding). The next value is often one
 * of them, so its index can be written instead, which is a small number. The writer and the reader of a column each
 * keep one and update it in the same way.
 */
export class RecentValues {
  readonly #values: Int32Array;

  constructor(places: number) {
    this.#values = new Int32Array(places * REMEMBERED).fill(-1);
  }

  /** Index of a value, which must not be negative; -1 if it is not remembered. Moves it to the front. */
  find(place: number, value: number): number {
    const values = this.#values;
    const start = place * REMEMBERED;
    for (let at = 0; at < REMEMBERED; at++) {
      if (values[start + at] !== value) continue;
      if (at > 0) this.#putFirst(start, at, value);
      return at;
    }
    this.add(place, value);
    return -1;
  }

  /** The value at an index. Moves it to the front. */
  take(place: number, at: number): number {
    const start = place * REMEMBERED;
    const value = this.#values[start + at]!;
    if (at > 0) this.#putFirst(start, at, value);
    return value;
  }

  /** Adds a value that is not remembered at the front. */
  add(place: number, value: number): void {
    this.#putFirst(place * REMEMBERED, REMEMBERED - 1, value);
  }

  #putFirst(start: number, from: number, value: number): void {
    const values = this.#values;
    for (let at = start + from; at > start; at--) values[at] = values[at - 1]!;
    values[start] = value;
  }
}
