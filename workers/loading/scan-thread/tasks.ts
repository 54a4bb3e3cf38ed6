import { errorOf } from '../../files/thread-messages.ts';
import type { ScanMessage } from './messages.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The unfinished tasks of a thread. */
export class Tasks {
  readonly #waiting = new Map<number, Waiting>();

  /** The result of a task. Must be called before the task is sent to the thread. */
  result(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Handles a message from the thread about a task. */
  receive(message: Extract<ScanMessage, { kind: 'task-end' | 'task-failed' }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'task-end') waiting?.resolve(message.result);
    else waiting?.reject(errorOf(message.failure));
  }

  /** Rejects all tasks, because the thread was lost. */
  lose(): void {
    for (const { reject } of this.#waiting.values()) reject(new Error('the scanning thread was lost'));
    this.#waiting.clear();
  }
}
