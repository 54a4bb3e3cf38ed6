import { type Problem, ProblemError } from '../protocol/errors.ts';

/** Exit statuses of all commands. */
export const STATUS = {
  /** Done, and where something was checked, it holds. */
  done: 0,
  /** What was checked does not hold. */
  over: 1,
  /** The command was not understood, or a file could not be read or written. */
  refused: 2,
} as const;

/** The command was not understood: its usage is printed after the message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Prints why a command ends without a result, in one line, and returns its status. */
export function refuse(line: string): number {
  process.stderr.write(`${line}\n`);
  return STATUS.refused;
}

/** Why a file was not opened, in sentences that can follow its name. */
export function describeOpenError(error: unknown): string {
  if (error instanceof ProblemError) return sentencesOf(error.problem);
  return `cannot be opened (${(error as Error).message})`;
}

/** What is wrong, and what to do. */
export function sentencesOf({ message, advice }: Problem): string {
  return `${message} ${advice}`;
}
