/**
 * Work in steps. What takes long is written as a generator that yields, every few thousand steps, how much of it
 * is done (0 … 1) and returns its result. Whoever runs it decides whether to let messages in between, to report
 * progress, or to stop: a generator that is not continued is simply forgotten.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** How many objects or references a stage handles between two yields: about a millisecond's worth. */
export const STRIDE = 1 << 16;

/** Steps that are a part of others: what they yield is between `from` and `to`. */
export function* part<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** Steps of what is known already. */
// biome-ignore lint/correctness/useYield: it stands in for work that takes time.
export function* immediately<Result>(result: Result): Steps<Result> {
  return result;
}

/** Runs to the end without pause. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
