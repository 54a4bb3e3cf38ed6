import type { Steps } from '../model/steps.ts';

/** A cache of the most recently used answers, with a maximum number of entries. */
export class LruCache<Value> {
  readonly #values = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): Value {
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#limit) break;
      this.#values.delete(oldest);
    }
    return value;
  }

  /** Removes a value if it is still that of the key. */
  delete(key: string, value: Value): void {
    if (this.#values.get(key) === value) this.#values.delete(key);
  }
}

/** The cached answer of the key, or else the result of the steps, which is then cached. */
export function* cached<Answer>(
  cache: LruCache<Answer>,
  key: string,
  steps: () => Steps<Answer>,
): Steps<Answer> {
  return cache.get(key) ?? cache.set(key, yield* steps());
}

/** One piece of work that all requests share while it is cached. A failure or cancellation is not cached. */
export function sharedWork<Answer>(
  cache: LruCache<Promise<Answer>>,
  key: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const answer = work();
  answer.catch(() => cache.delete(key, answer));
  return cache.set(key, answer);
}
