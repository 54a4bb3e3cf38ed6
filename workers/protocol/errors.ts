import type { Bytes } from './units.ts';

/** Why a file could not be opened. The page has one explanation for each code. */
export type ProblemCode =
  /** The file is something else than a heap dump that can be read. `looksLike` says what. */
  | 'not-a-dump'
  /** The file has no bytes at all. */
  | 'empty-file'
  /** The browser could not read the file: it changed, was removed, or its disk failed. */
  | 'unreadable-file'
  /** The file is a profile, a report or a series, but it is cut short or damaged so that nothing can be told from it. */
  | 'damaged-profile'
  /** A gzip file is damaged, or cut short, before any of its text. */
  | 'damaged-gzip'
  /** The heap would not fit into this tab's memory, or exceeds what the indexes can address. */
  | 'too-large'
  /** An index file is damaged, or of another version. */
  | 'damaged-index'
  /** The user cancelled. */
  | 'cancelled'
  /** The thread that read the file, or held its heap, was lost; a new one was started. The file can be opened again. */
  | 'thread-lost'
  /** Not about one file: some of a dropped folder are no dumps, or not all were looked at. */
  | 'folder'
  /** Not about a file: some filters of the page's link were left out. */
  | 'link-incomplete'
  /** Not about a file that failed: the link that the page was opened with is about another dump. */
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

/** Thrown inside the worker by whatever cannot continue; the service turns it into an {@link Outcome}. */
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

/** The `name` of the error with which a question ends that the user cancelled. */
export const CANCELLED = 'CancelledError';
