/** How often a thread is pinged. */
export const PING_MS = 1000;
/** Unanswered pings after which a thread counts as lost. The engine's threads yield many times a second. */
export const UNANSWERED_PINGS = 10;

/**
 * Notices that a thread does not answer any more, because it ended without an error or is caught in a loop. It counts
 * pings, not time: while a computer sleeps, or a page's timers are throttled, no pings are sent.
 */
export class Heartbeat {
  readonly #ping: () => void;
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;

  /** `ping` sends a ping, to which {@link answered} is the reply; `onSilence` is called once. */
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
