import { superseded } from '../model/cooperation.ts';
import { type Problem, ProblemError, SUPERSEDED } from '../protocol/errors.ts';

/** One end of a channel between threads: a worker, its global scope, or a port. */
export interface ThreadEnd<Received, Sent> {
  onmessage: ((event: MessageEvent<Received>) => void) | null;
  postMessage(message: Sent, transfer: Transferable[]): void;
}

/** An error in transit to another thread, which does not keep its class. */
export type Failure =
  | { kind: 'problem'; problem: Problem }
  /** The work was asked to stop, and has stopped. */
  | { kind: 'stopped' }
  /** Anything else, by name and message. */
  | { kind: 'error'; name: string; message: string };

/** Converts an error to the message for another thread. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ProblemError) return { kind: 'problem', problem: error.problem };
  if (!(error instanceof Error)) return { kind: 'error', name: 'Error', message: String(error) };
  if (error.name === SUPERSEDED) return { kind: 'stopped' };
  return { kind: 'error', name: error.name, message: error.message };
}

/** Converts a message back to an error. A RangeError stays one: in any thread it means that memory ran out. */
export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'problem':
      return new ProblemError(failure.problem);
    case 'stopped':
      return superseded();
    case 'error':
      return failure.name === 'RangeError' ? new RangeError(failure.message) : new Error(failure.message);
  }
}
