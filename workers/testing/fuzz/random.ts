/**
 * A small random number generator (mulberry32). The same seed gives the same numbers on every machine, so that a
 * failure can be reproduced by its seed.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `limit` - 1; 0 if there is none. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A random item of a list, which must not be empty. */
  pick<Item>(list: readonly Item[]): Item {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** At most `count` different items of a list, in random order. */
  sample<Item>(list: readonly Item[], count: number): Item[] {
    const all = [...list];
    const taken = Math.min(count, all.length);
    for (let at = 0; at < taken; at++) {
      const other = this.between(at, all.length - 1);
      [all[at], all[other]] = [all[other] as Item, all[at] as Item];
    }
    all.length = Math.max(0, taken);
    return all;
  }

  /** A list in random order. */
  shuffled<Item>(list: readonly Item[]): Item[] {
    const all = [...list];
    for (let last = all.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      [all[last], all[other]] = [all[other] as Item, all[last] as Item];
    }
    return all;
  }
}
