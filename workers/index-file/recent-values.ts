/** Values that are remembered in each place. */
export const REMEMBERED = 8;

/**
 * The last different values of each of many places, the latest first: what comes next is often one of them, and where it
 * stands is a small number. Writer and reader of a column each keep one, and do the same with it.
 */
export class RecentValues {
  readonly #values: Int32Array;

  constructor(places: number) {
    this.#values = new Int32Array(places * REMEMBERED).fill(-1);
  }

  /** Where the value, which is not negative, stands; or -1. Puts it first. */
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

  /** The value that stands there. Puts it first. */
  take(place: number, at: number): number {
    const start = place * REMEMBERED;
    const value = this.#values[start + at]!;
    if (at > 0) this.#putFirst(start, at, value);
    return value;
  }

  /** Puts a value first that is not among them. */
  add(place: number, value: number): void {
    this.#putFirst(place * REMEMBERED, REMEMBERED - 1, value);
  }

  #putFirst(start: number, from: number, value: number): void {
    const values = this.#values;
    for (let at = start + from; at > start; at--) values[at] = values[at - 1]!;
    values[start] = value;
  }
}
