import type { Bytes } from './units.ts';

/** Why a file could not be opened. The page has one explanation for each code. */
export type ProblemCode =
  /** The file is not a readable heap dump. `looksLike` says what it seems to be. */
  | 'not-a-dump'
  /** The file has no bytes at all. */
  | 'empty-file'
  /** The browser could not read the file: it changed, was removed, or its disk failed. */
  | 'unreadable-file'
  /** The file is a profile, a report or a series, but so truncated or damaged that nothing can be shown. */
  | 'damaged-profile'
  /** A gzip file is damaged or truncated before any of its text. */
  | 'damaged-gzip'
  /** The heap would not fit into this tab's memory, or exceeds what the indexes can address. */
  | 'too-large'
  /** An index file is damaged, or of another version. */
  | 'damaged-index'
  /** The user cancelled. */
  | 'cancelled'
  /** The thread that read the file, or held its heap, is gone; a new one was started. The file can be opened again. */
  | 'thread-lost'
  /** Not about one file: some files of a dropped folder are not dumps, or not all were examined. */
  | 'folder'
  /** Not about a file: some filters in the page's link were ignored. */
  | 'link-incomplete'
  /** Not about a file that failed: the link that opened the page is about another dump. */
  | 'link-other-dump'
  /** A defect of Heapscape. */
  | 'internal';

/** A failure as the user should read it: what happened, where, and what to do. All text is plain text. */
export interface Problem {
  code: ProblemCode;
  /** The file's name. */
  file: string;
  /** What happened, in one sentence. */
  message: string;
  /** What to do about it, in one or two sentences. */
  advice: string;
  /** For `not-a-dump`: what the file looks like, such as "a V8 heap snapshot". */
  looksLike?: string;
  /** For `too-large`: bytes of memory needed (estimated) and believed available. */
  neededBytes?: Bytes;
  availableBytes?: Bytes;
  /** Technical details that can be copied: stack, offsets. */
  details?: string;
}

/** The result of an operation that can fail for reasons a user must read. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Thrown inside the worker by an operation that cannot continue; the service turns it into an {@link Outcome}. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/**
 * The `name` of the error that ends a query when a newer one of the same lane supersedes it, or its heap is closed.
 * Not a failure: the caller has asked again, or no longer needs the answer.
 */
export const SUPERSEDED = 'SupersededError';

/** The `name` of the error by which a question is rejected when the user cancels it. */
export const CANCELLED = 'CancelledError';
