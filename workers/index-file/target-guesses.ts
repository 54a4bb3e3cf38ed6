import { folded } from './numbers.ts';

/** Number of predictions. */
const GUESSES = 3;
/** Costs are in units of 1/8 bit; with each new cost, the old one decays by an eighth. */
const FORGET = 3;

/**
 * Predicts the next target: it is near the previous target, near the object that refers to it, or near the last target
 * at the same place. Writer and reader both track which prediction was the best so far at each place, so the choice
 * does not have to be written.
 */
export class TargetGuesses {
  readonly #last: Int32Array;
  readonly #costs: Int32Array;

  constructor(places: number) {
    this.#last = new Int32Array(places);
    this.#costs = new Int32Array(places * GUESSES);
  }

  /** The prediction for a place. `before`: the previous target. */
  of(place: number, object: number, before: number): number {
    const costs = this.#costs;
    const at = place * GUESSES;
    const nearBefore = costs[at]!;
    const nearLast = costs[at + 1]!;
    const nearObject = costs[at + 2]!;
    if (nearBefore <= nearLast) return nearBefore <= nearObject ? before : object;
    return nearLast <= nearObject ? this.#last[place]! : object;
  }

  /** Records the distance of each prediction from a target that had to be written. Call {@link saw} after it. */
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
