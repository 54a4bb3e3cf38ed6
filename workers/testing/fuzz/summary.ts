import { type Failure, groupOf } from './failure.ts';

/** A failed round, as a summary counts it. */
interface FailedRound {
  seed: number;
  target: string;
  failures: readonly Failure[];
  /** Null if a failure of the same group was explained before. */
  text: string | null;
}

/** Counts failed rounds by group, and prints the first one of each group in full. */
export class FuzzSummary {
  failures = 0;
  readonly #print: (text: string) => void;
  readonly #groups = new Map<string, number>();
  readonly #startMs = performance.now();

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  failed({ seed, target, failures, text }: FailedRound): void {
    this.failures++;
    for (const group of new Set(failures.map(failure => `${target}, ${groupOf(failure)}`))) {
      this.#groups.set(group, (this.#groups.get(group) ?? 0) + 1);
    }
    if (text !== null) this.#print(`\n${text}\n  repeat it: npm run fuzz -- --seed ${seed} --rounds 1`);
  }

  /** Prints the number of rounds, and the failures by group. */
  print(rounds: number): void {
    const minutes = ((performance.now() - this.#startMs) / 60_000).toFixed(1);
    this.#print(`\n${rounds} rounds in ${minutes} minutes, ${this.failures} with failures`);
    for (const [group, count] of [...this.#groups].sort(([, a], [, b]) => b - a))
      this.#print(`${count} × ${group}`);
  }
}
