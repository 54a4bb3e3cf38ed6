import type { Steps } from './steps.ts';

/** Work that several may be waiting for: whoever goes on does the next step of it, and nothing is done twice. */
export class SharedSteps<Result> {
  readonly #steps: Steps<Result>;
  #result: { value: Result } | null = null;

  constructor(steps: Steps<Result>) {
    this.#steps = steps;
  }

  /** What is left of the work; nothing once it is done. Whoever stops leaves the rest to others. */
  *steps(): Steps<Result> {
    while (this.#result === null) {
      const { done, value } = this.#steps.next();
      if (done) this.#result = { value };
      else yield value;
    }
    return this.#result.value;
  }
}
