import { type Cancellation, pause, runCooperatively, superseded } from '../model/cooperation.ts';
import type { Steps } from '../model/steps.ts';
import { CANCELLED } from '../protocol/errors.ts';
import type { Fraction } from '../protocol/units.ts';

/** After this time the user is told about the question and its progress. */
const LONG_MS = 500;

/** A question that is being answered. */
class Question implements Cancellation {
  readonly startMs = performance.now();
  fraction: Fraction = 0;
  superseded = false;
  cancelledByUser = false;
  readonly #heap: Cancellation;

  constructor(heap: Cancellation) {
    this.#heap = heap;
  }

  get cancelled(): boolean {
    return this.superseded || this.cancelledByUser || this.#heap.cancelled;
  }
}

/** All questions that are being answered. Their progress can be queried, and they can be cancelled. */
export class Questions {
  readonly #running = new Set<Question>();
  readonly #lanes = new Map<string, Question>();

  /**
   * Answers a question in slices. A newer one of its lane, or closing its heap, ends it as superseded; when the
   * user cancels it, it ends with an error named {@link CANCELLED}.
   */
  async run<Answer>(steps: Steps<Answer>, heap: Cancellation, lane?: string): Promise<Answer> {
    const question = new Question(heap);
    const older = lane === undefined ? undefined : this.#lanes.get(lane);
    if (older !== undefined) older.superseded = true;
    if (lane !== undefined) this.#lanes.set(lane, question);
    this.#running.add(question);
    try {
      return await runCooperatively(steps, question, fraction => {
        question.fraction = fraction;
      });
    } catch (error) {
      throw question.cancelledByUser ? cancelled() : error;
    } finally {
      this.#running.delete(question);
      if (lane !== undefined && this.#lanes.get(lane) === question) this.#lanes.delete(lane);
    }
  }

  /**
   * A question that waits for the file. `advance` reports progress and processes messages; it ends the work if the
   * user cancels it or the heap is closed.
   */
  async runReading<Answer>(
    work: (advance: (fraction: Fraction) => Promise<void>) => Promise<Answer>,
    heap: Cancellation,
  ): Promise<Answer> {
    const question = new Question(heap);
    this.#running.add(question);
    try {
      return await work(async fraction => {
        question.fraction = fraction;
        await pause();
        if (question.cancelled) throw question.cancelledByUser ? cancelled() : superseded();
      });
    } finally {
      this.#running.delete(question);
    }
  }

  /** The smallest progress of the questions that have been running for a while; null if there are none. */
  progress(): Fraction | null {
    const now = performance.now();
    const long = [...this.#running].filter(question => now - question.startMs >= LONG_MS);
    return long.length === 0 ? null : Math.min(...long.map(question => question.fraction));
  }

  /** Ends all of them. */
  cancel(): void {
    for (const question of this.#running) question.cancelledByUser = true;
  }
}

function cancelled(): Error {
  const error = new Error('it was cancelled, and can be asked again.');
  error.name = CANCELLED;
  return error;
}
