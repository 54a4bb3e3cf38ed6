/** How often a thread is pinged. */
export const PING_MS = 1000;
/** Questions without an answer after which it counts as lost. The engine's threads yield many times a second. */
export const UNANSWERED_PINGS = 10;

/**
 * Notices that a thread does not answer any more: it has ended without a word, or is caught in a loop. Questions are
 * counted, not time: a computer that was asleep, or a page whose timers were held back, asked none.
 */
export class Heartbeat {
  readonly #ping: () => void;
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;

  /** `ping` asks the thread, which is to be followed by {@link answered}; `onSilence` is called once. */
  constructor(ping: () => void, onSilence: () => void) {
    this.#ping = ping;
    this.#onSilence = onSilence;
  }

  start(): void {
    this.#timer = setInterval(() => this.#beat(), PING_MS);
  }

  /** The thread has answered. */
  answered(): void {
    this.#unanswered = 0;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (this.#unanswered >= UNANSWERED_PINGS) {
      this.stop();
      this.#onSilence();
      return;
    }
    this.#unanswered += 1;
    this.#ping();
  }
}
