import { SUPERSEDED } from '../protocol/errors.ts';
import type { Steps } from './steps.ts';

/** The longest time for which the worker does not handle messages. */
const SLICE_MS = 30;

/** Set by a caller that no longer wants the answer. */
export interface Cancellation {
  cancelled: boolean;
}

/** Runs steps to their end and handles messages in between. Throws a superseded error once cancelled. */
export async function runCooperatively<Result>(
  steps: Steps<Result>,
  cancellation: Cancellation,
  onProgress?: (fraction: number) => void,
): Promise<Result> {
  let sliceStart = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    onProgress?.(value);
    await pause();
    if (cancellation.cancelled) throw superseded();
    sliceStart = performance.now();
  }
}

/** The error with which a cancelled question rejects. */
export function superseded(): Error {
  const error = new Error('cancelled, or superseded by a newer question');
  error.name = SUPERSEDED;
  return error;
}

/** Lets waiting messages be handled. A timer would be delayed by at least 4 ms. */
export function pause(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
