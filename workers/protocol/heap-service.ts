import type { DocumentOptions } from './document.ts';
import type { DumpFile } from './dump-file.ts';
import type { Outcome } from './errors.ts';
import type { IndexForm } from './index-magic.ts';
import type {
  ProfileAnswerOf,
  ProfileInfo,
  ProfileParamsOf,
  ProfileQuestionName,
} from './profile-questions.ts';
import type { LoadProgress } from './progress.ts';
import type { AnswerOf, QueryOf, QuestionName } from './questions.ts';
import type { RedactionReport, RedactionRules } from './redaction.ts';
import type { SnapshotInfo } from './snapshot-info.ts';
import type { Fraction, SnapshotId } from './units.ts';

export interface OpenOptions {
  /** Chosen by the caller, unique in the session. Identifies the load when it is cancelled. */
  loadId: number;
  /** Shown as the snapshot's name. */
  name: string;
  /** Only entries of `references` are edges, as reap and harb do; for comparison. */
  referencesOnly?: boolean;
  /** Open even if the estimate says that the heap does not fit into memory. */
  ignoreMemoryLimit?: boolean;
}

/** What the worker does for the page: it loads heaps, and answers questions about those that are open. */
export interface HeapService {
  /**
   * Reads a dump and builds its indexes: O(file + n + e). Reports about four times a second. The promise
   * resolves when every retained size is known. A failure is an outcome, never a rejection; open heaps stay open.
   */
  open(
    file: DumpFile,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>>;
  /**
   * Reads a profile, a report or a series: often what a file is that {@link open} refuses as `not-a-dump`. If it is
   * none of these either, the problem says what it looks like. O(file).
   */
  openProfile(
    file: DumpFile,
    options: Pick<OpenOptions, 'loadId' | 'name'>,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<ProfileInfo>>;
  /** Stops a load at its next checkpoint (under 100 ms) and frees what it had built. Unknown ids are ignored. */
  cancelOpen(loadId: number): Promise<void>;
  /** Closes a snapshot, a profile or a series, and frees its memory. */
  close(snapshot: SnapshotId): Promise<void>;
  /**
   * Makes open dumps a series, which replaces any series they were in; a single dump is removed from its series.
   * Returns their ids in the order of the series: as `given`, or with `taken` the order in which they were taken, as
   * far as generations and names show it.
   */
  setSeries(snapshots: SnapshotId[], order: 'given' | 'taken'): Promise<SnapshotId[]>;
  /**
   * Dumps that were reduced to what comparison needs, about 20 bytes an object, to make room for others. They answer
   * questions about their series, and nothing else.
   */
  reducedDumps(): Promise<SnapshotId[]>;
  /** Reduces an open dump to what comparison needs. Unknown ids and reduced dumps are ignored. O(n + e). */
  reduce(snapshot: SnapshotId): Promise<void>;
  /** Builds dominators and retained sizes again under the other rule for edges. O(n + e). */
  setReferencesOnly(snapshot: SnapshotId, referencesOnly: boolean): Promise<SnapshotInfo>;
  /** Sets the directory of the application, by which origins are determined. '' = unknown. */
  setApplicationRoot(snapshot: SnapshotId, directory: string): Promise<SnapshotInfo>;
  /** A report about an open heap, as HTML or Markdown. O(n). Rejects like {@link ask}. */
  document(snapshot: SnapshotId, options: DocumentOptions): Promise<string>;
  /**
   * An index file of an open heap: it opens in a fraction of the dump's time, but has no texts of strings. O(n + e).
   */
  index(snapshot: SnapshotId, form: IndexForm): Promise<Blob>;
  /**
   * A copy of the dump without its strings, as gzip or as plain text. O(file). Rejects if the file can no longer be
   * read.
   */
  redact(
    snapshot: SnapshotId,
    rules: RedactionRules,
    isCompressed: boolean,
  ): Promise<{ copy: Blob; report: RedactionReport }>;

  /**
   * Answers a question; see `questions.ts` for all of them. Rejects if the snapshot is not open, the question was
   * superseded (`SUPERSEDED`) or cancelled (`CANCELLED`).
   */
  ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>>;
  /** Answers a question about a profile or a series; see `profile-questions.ts`. Rejects if it is not open. */
  askProfile<Name extends ProfileQuestionName>(
    profile: SnapshotId,
    name: Name,
    params: ProfileParamsOf<Name>,
  ): Promise<ProfileAnswerOf<Name>>;
  /** Progress of the slowest question that has been running for at least half a second; null if there is none. */
  questionProgress(): Promise<Fraction | null>;
  /** Cancels all questions that are running. */
  cancelQuestions(): Promise<void>;
}
