import { type Problem, ProblemError } from '../protocol/errors.ts';

/** Exit statuses of all commands. */
export const STATUS = {
  /** Success; if limits were checked, none is exceeded. */
  done: 0,
  /** A checked limit is exceeded. */
  over: 1,
  /** The arguments are invalid, or a file could not be read or written. */
  refused: 2,
} as const;

/** The arguments are invalid: the usage of the command is printed after the message. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Prints why a command ends without a result, in one line, and returns its status. */
export function refuse(line: string): number {
  process.stderr.write(`${line}\n`);
  return STATUS.refused;
}

/** Describes why a file was not opened, in sentences that can follow its name. */
export function describeOpenError(error: unknown): string {
  if (error instanceof ProblemError) return sentencesOf(error.problem);
  return `cannot be opened (${(error as Error).message})`;
}

/** The problem and its advice as one text. */
export function sentencesOf({ message, advice }: Problem): string {
  return `${message} ${advice}`;
}
