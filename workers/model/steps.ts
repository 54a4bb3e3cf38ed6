/**
 * Work in steps. Long computations are generators: every few thousand operations they yield the fraction done (0 … 1),
 * and at the end they return the result. The caller decides whether to handle messages in between, to report progress,
 * or to stop: it simply drops a generator that it does not continue.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** Objects or references that a computation handles between two yields: about a millisecond. */
export const STRIDE = 1 << 16;

/**
 * Calls `sweep` with ranges that together cover `length` rows. The caller loops over the rows itself: a megamorphic call
 * for each row would cost more than what is usually done with it.
 */
export function* inStrides(length: number, sweep: (start: number, stop: number) => void): Steps<void> {
  for (let start = 0; start < length; start += STRIDE) {
    sweep(start, Math.min(length, start + STRIDE));
    yield start / length;
  }
}

/** Runs steps as a part of longer ones: what they yield is mapped to `from` … `to`. */
export function* part<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** Steps whose result is already known. */
// biome-ignore lint/correctness/useYield: it stands in for work that takes time.
export function* immediately<Result>(result: Result): Steps<Result> {
  return result;
}

/** Runs to the end without a pause. */
export function runToEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
