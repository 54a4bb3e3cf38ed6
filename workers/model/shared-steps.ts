import type { Steps } from './steps.ts';

/** Work that several callers wait for. Each continues where the last one stopped, so that nothing is done twice. */
export class SharedSteps<Result> {
  readonly #steps: Steps<Result>;
  #result: { value: Result } | null = null;

  constructor(steps: Steps<Result>) {
    this.#steps = steps;
  }

  /** The remaining steps; none once the work is done. A caller that stops leaves the rest to the others. */
  *steps(): Steps<Result> {
    while (this.#result === null) {
      const { done, value } = this.#steps.next();
      if (done) this.#result = { value };
      else yield value;
    }
    return this.#result.value;
  }
}
