import { superseded } from '../model/cooperation.ts';

/**
 * Runs loads one after the other, since two at once would need the peak memory of both. Each can be cancelled by its
 * id, while it runs or waits.
 */
export class LoadQueue {
  readonly #controllers = new Map<number, AbortController>();
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs a load when those before it have ended. If it is cancelled while it waits, rejects as superseded at once; once
   * it runs, `load` itself has to watch the signal.
   */
  async run<Result>(loadId: number, load: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#controllers.set(loadId, controller);
    const turn = this.#last;
    const result = new Promise<Result>((resolve, reject) => {
      let hasBegun = false;
      signal.addEventListener('abort', () => !hasBegun && reject(superseded()), { once: true });
      this.#last = turn.then(() => {
        if (signal.aborted) return undefined;
        hasBegun = true;
        return load(signal).then(resolve, reject);
      });
    });
    try {
      return await result;
    } finally {
      this.#controllers.delete(loadId);
    }
  }

  /** Cancels a load. Unknown ids are ignored, since the load may have ended. */
  cancel(loadId: number): void {
    this.#controllers.get(loadId)?.abort();
  }
}
