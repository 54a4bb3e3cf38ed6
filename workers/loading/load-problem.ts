import { type Problem, ProblemError, SUPERSEDED } from '../protocol/errors.ts';

/** Converts what a load threw into a problem with the file, to be shown to the user. */
export function loadProblem(error: unknown, file: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof Error && error.name === SUPERSEDED) {
    return {
      code: 'cancelled',
      file,
      message: 'Loading was cancelled.',
      advice: 'Drop the file again to load it.',
    };
  }
  return {
    code: 'internal',
    file,
    message: 'Heapscape failed to load this file.',
    advice:
      'This is a defect of Heapscape. Please report it with the details below; they contain no data of the dump.',
    details: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
