/**
 * Work in steps. Long computations are generators: every few thousand operations they yield the fraction that is done
 * (0 … 1), and they return the result. The caller decides whether to handle messages in between, to report progress, or
 * to stop: a generator that is not continued is simply dropped.
 */
export type Steps<Result> = Generator<number, Result, void>;

/** Objects or references that a stage handles between two yields: about a millisecond. */
export const STRIDE = 1 << 16;

/** Steps as a part of longer ones: what they yield is mapped to `from` … `to`. */
export function* part<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** Steps of a result that is already known. */
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
