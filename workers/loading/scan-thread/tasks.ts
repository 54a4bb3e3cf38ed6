import { errorOf } from '../../files/thread-messages.ts';
import type { ScanMessage } from './messages.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The tasks that a thread was given and has not finished. */
export class Tasks {
  readonly #waiting = new Map<number, Waiting>();

  /** The result of a task; to be called before the thread is told. */
  result(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Handles what the thread says of a task. */
  receive(message: Extract<ScanMessage, { kind: 'task-end' | 'task-failed' }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'task-end') waiting?.resolve(message.result);
    else waiting?.reject(errorOf(message.failure));
  }

  /** The thread is lost, and its tasks with it. */
  lose(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the scanning thread was lost'));
    this.#waiting.clear();
  }
}
