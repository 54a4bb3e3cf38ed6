import { folded } from './numbers.ts';

/** What a target may be near to. */
const GUESSES = 3;
/** Costs are in 1/8 bits; an eighth of the old cost is forgotten with each new one. */
const FORGET = 3;

/**
 * What the next target may be near to: the target before it, the object that refers to it, or the target that was at this place
 * lately. Which of them was nearest in the past is known for each place to writer and reader alike, so it needs not be written.
 */
export class TargetGuesses {
  readonly #last: Int32Array;
  readonly #costs: Int32Array;

  constructor(places: number) {
    this.#last = new Int32Array(places);
    this.#costs = new Int32Array(places * GUESSES);
  }

  /** The guess for a place. `before`: the target before. */
  of(place: number, object: number, before: number): number {
    const costs = this.#costs;
    const at = place * GUESSES;
    const nearBefore = costs[at]!;
    const nearLast = costs[at + 1]!;
    const nearObject = costs[at + 2]!;
    if (nearBefore <= nearLast) return nearBefore <= nearObject ? before : object;
    return nearLast <= nearObject ? this.#last[place]! : object;
  }

  /** Learns how far each guess was from a target that had to be written. To be followed by {@link saw}. */
  missed(place: number, object: number, before: number, target: number): void {
    const at = place * GUESSES;
    this.#charge(at, target - before);
    this.#charge(at + 1, target - this.#last[place]!);
    this.#charge(at + 2, target - object);
  }

  /** Remembers the target at a place. */
  saw(place: number, target: number): void {
    this.#last[place] = target;
  }

  #charge(at: number, distance: number): void {
    const bits = 32 - Math.clz32(folded(distance));
    const cost = this.#costs[at]!;
    this.#costs[at] = cost - (cost >> FORGET) + (bits << FORGET);
  }
}
