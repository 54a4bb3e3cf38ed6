import { applicationRoot } from '../analysis/application-root.ts';
import { incompleteness, isSinceDump } from '../analysis/completeness.ts';
import type { DuplicateStrings } from '../analysis/duplicate-strings.ts';
import type { FileNeeds } from '../analysis/filter/file-needs.ts';
import { findObject, type ObjectIds } from '../analysis/find-object.ts';
import { type GroupTable, groupTable } from '../analysis/grouping.ts';
import { overheadBytes } from '../analysis/object-rows.ts';
import { VariableNames } from '../analysis/variable-names.ts';
import type { GroupedDump, Series, SeriesMember } from '../compare/series.ts';
import { indexFile } from '../index-file/write-index.ts';
import { buildReferrers } from '../indexes/referrers.ts';
import { computeRetention, type Retention } from '../indexes/retention.ts';
import type { LoadedSnapshot } from '../loading/load.ts';
import { runCooperatively } from '../model/cooperation.ts';
import type { Adjacency, HeapSnapshot } from '../model/heap-snapshot.ts';
import { SharedSteps } from '../model/shared-steps.ts';
import type { Steps } from '../model/steps.ts';
import { wordBytesOf } from '../model/word-size.ts';
import type { Relation } from '../protocol/comparison.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import type { ObjectKey, PairKey } from '../protocol/object-set.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { ObjectRow } from '../protocol/rows.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import type { Fraction, ObjectIndex, SnapshotId } from '../protocol/units.ts';
import { Answers } from './answers/answers.ts';
import { memoryBytes } from './memory.ts';
import { scanObjectIds } from './object-ids.ts';
import type { Questions } from './questions.ts';
import { ReadFacts } from './read-facts.ts';
import { RecordStore } from './record-store.ts';
import { redactedCopy } from './redacted-copy.ts';
import { SeriesAnswers } from './series-answers.ts';

/** One open heap: its columns, the answers about it, and what these are computed from. */
export class OpenSnapshot {
  readonly id: SnapshotId;
  readonly snapshot: HeapSnapshot;
  readonly records: RecordStore;
  #answers: Answers;
  #inSeries: SeriesAnswers | null = null;
  readonly #loaded: LoadedSnapshot;
  readonly #name: string;
  readonly #loadMs: number;

  readonly #groupTables = new Map<PairKey, GroupTable>();
  readonly #referrers: SharedSteps<Adjacency>;
  readonly #questions: Questions;
  readonly #closing = { cancelled: false };
  /** The application's directory, with a slash at its end; '' = none. */
  #root: string;
  #variableNames: VariableNames | null = null;
  #objectIds: ObjectIds | null = null;
  #readingIds: Promise<ObjectIds> | null = null;
  #whole: Promise<void> | null = null;
  /** Whether every column is filled: see {@link whole}. */
  isWhole: boolean;
  /** What is read from the file when a question needs it. */
  readonly file: ReadFacts;

  constructor(id: SnapshotId, name: string, loadMs: number, loaded: LoadedSnapshot, questions: Questions) {
    this.#questions = questions;
    this.id = id;
    this.#name = name;
    this.#loadMs = loadMs;
    this.#loaded = loaded;
    this.snapshot = loaded.snapshot;
    this.isWhole = loaded.complete === null;
    this.#referrers = new SharedSteps(buildReferrers(loaded.snapshot.references));
    this.records = new RecordStore(loaded.source, loaded.importer, loaded.snapshot);
    this.file = new ReadFacts(loaded.snapshot, this.records, work =>
      questions.runReading(work, this.#closing),
    );
    this.#root = applicationRoot(loaded.snapshot);
    this.#answers = this.#answersUnder(loaded.retention);
  }

  info(): SnapshotInfo {
    const { facts, objects } = this.snapshot;
    const { source } = this.#loaded;
    return {
      id: this.id,
      name: this.#name,
      fileBytes: source.fileBytes,
      textBytes: facts.textBytes,
      compressed: source.compressed,
      vocabulary: this.snapshot.vocabulary,
      runtimeVersion: facts.runtimeVersion,
      platform: facts.platform,
      hasRoots: facts.hasRoots,
      isSinceDump: isSinceDump(facts, objects),
      incomplete: incompleteness(facts, objects),
      tracedObjects: facts.tracedObjects,
      objects,
      shallowBytes: facts.shallowBytes,
      overheadBytes: overheadBytes(this.snapshot),
      referencesOnly: this.retention.referencesOnly,
      applicationRoot: this.#root,
      loadMs: this.#loadMs,
      memoryBytes: memoryBytes(this.snapshot, this.retention),
    };
  }

  /** Computes dominators and retained sizes under the other rule, and drops all answers under the old one. */
  *setReferencesOnly(referencesOnly: boolean): Steps<void> {
    if (referencesOnly === this.retention.referencesOnly) return;
    this.#answers = this.#answersUnder(
      yield* computeRetention(this.snapshot, referencesOnly, () => undefined),
    );
  }

  /** Sets where the application is; '' = unknown. Groups and filters by origin and gem follow it. */
  setApplicationRoot(directory: string): void {
    const root = directory === '' || directory.endsWith('/') ? directory : `${directory}/`;
    if (root === this.#root) return;
    this.#root = root;
    this.#groupTables.clear();
    this.#answers = this.#answersUnder(this.retention);
  }

  get applicationRoot(): string {
    return this.#root;
  }

  #answersUnder(retention: Retention): Answers {
    return new Answers({
      snapshot: this.snapshot,
      retention,
      applicationRoot: this.#root,
      group: key => this.#groupTable(key),
      referrers: () => this.#referrers.steps(),
      find: text => this.find(text),
      related: relation => this.#related(relation),
      file: this.file,
      run: steps => this.run(steps),
    });
  }

  /** The series that the dump is in; null = none. */
  get series(): Series | null {
    return this.#inSeries?.series ?? null;
  }

  /** Answers about the series that the dump is in; null = none. */
  get inSeries(): SeriesAnswers | null {
    return this.#inSeries;
  }

  /** Puts the dump into a series, or with null into none, and drops all answers that depend on the previous one. */
  setSeries(series: Series | null): void {
    if (series === this.series) return;
    this.#inSeries = series === null ? null : new SeriesAnswers(series, this.id);
    this.#answers = this.#answersUnder(this.retention);
  }

  *#related(relation: Relation): Steps<Int32Array | string> {
    if (this.#inSeries === null)
      return 'the dump is not compared with another. Open another one of the same process';
    return yield* this.#inSeries.related(relation);
  }

  /** What a series needs of the dump. */
  get asMember(): SeriesMember {
    const { id, name, isSinceDump, incomplete } = this.info();
    return {
      id,
      name,
      snapshot: this.snapshot,
      isSinceDump,
      incomplete,
      retention: () => this.retention,
      grouped: key => this.#groupedBy(key),
    };
  }

  *#groupedBy(key: ObjectKey): Steps<GroupedDump> {
    const { snapshot, tables } = yield* this.#answers.sets.grouping({ kind: 'all' }, [key]);
    return { snapshot, table: tables[0]! };
  }

  /** Answers a question; a newer one of its lane supersedes it. */
  run<Answer>(steps: Steps<Answer>, lane?: string): Promise<Answer> {
    return this.#questions.run(steps, this.#closing, lane);
  }

  /** Answers under the current rule for edges. */
  get answers(): Answers {
    return this.#answers;
  }

  get retention(): Retention {
    return this.#answers.retention;
  }

  #groupTable(key: PairKey): GroupTable {
    let table = this.#groupTables.get(key);
    if (table === undefined) {
      table = groupTable(this.snapshot, key, this.#root);
      this.#groupTables.set(key, table);
    }
    return table;
  }

  /**
   * All references reversed: the referrers of each object, ascending. Loading does not need them, so they are built
   * afterwards, or when first needed. Ends as superseded once the heap is closed.
   */
  referrers(): Promise<Adjacency> {
    return runCooperatively(this.#referrers.steps(), this.#closing);
  }

  /**
   * The object that a text denotes in the form a console prints, or -1. Ids from records are known only after
   * {@link readObjectIds}.
   */
  find(text: string): ObjectIndex {
    const { snapshot } = this;
    const { runtimeVersion } = snapshot.facts;
    const wordBits = wordBytesOf(snapshot) === 4 ? 32 : 64;
    const { objectIds } = this.#loaded.importer;
    const addressOfId = (id: bigint) => objectIds?.addressOf(id, runtimeVersion, wordBits) ?? null;
    return findObject({ snapshot, addressOfId, ids: this.#objectIds }, text);
  }

  /** Code that finds an object again in the process that the file is from; null if there is none. */
  findAgain(object: ObjectRow, text: string | null): string | null {
    const { importer, snapshot } = this.#loaded;
    return importer.findAgain?.(object, text, snapshot.facts.runtimeVersion) ?? null;
  }

  /**
   * Reads the object ids in the records, if this Ruby version writes them: all of the text, once. They are not a
   * column that every load fills, since few dumps have them and few users search for them.
   */
  async readObjectIds(): Promise<void> {
    const { source, importer, snapshot } = this.#loaded;
    const { runtimeVersion } = snapshot.facts;
    const { objectIds } = importer;
    if (this.#objectIds !== null || !objectIds?.isInRecords(runtimeVersion)) return;
    this.#readingIds ??= this.#questions.runReading(
      advance => scanObjectIds(source, objectIds, snapshot, advance),
      this.#closing,
    );
    try {
      this.#objectIds = await this.#readingIds;
    } finally {
      this.#readingIds = null;
    }
  }

  /** Strings of equal text: those that may be equal are read from the file, once. See {@link ReadFacts}. */
  duplicateStrings(): Promise<DuplicateStrings> {
    return this.file.readDuplicates();
  }

  /** Reads what sets and groupings need from the file. */
  async readNeeds(needs: FileNeeds): Promise<void> {
    if (needs.ids) await this.readObjectIds();
    await this.file.read(needs);
  }

  /** A copy of the dump without its strings. O(file). */
  redactedCopy(
    rules: RedactionRules,
    isCompressed: boolean,
  ): Promise<{ copy: Blob; report: RedactionReport }> {
    const { source, importer } = this.#loaded;
    return this.#questions.runReading(
      advance => redactedCopy(source, importer, rules, isCompressed, advance),
      this.#closing,
    );
  }

  /** The heap as an index file, in pieces; see {@link indexFile}. */
  async *indexPieces(
    form: IndexForm,
    advance: (fraction: Fraction) => Promise<void>,
  ): AsyncIterable<Uint8Array<ArrayBuffer>> {
    await this.whole();
    // Under the rule that is active now.
    yield* indexFile({ ...this.#loaded, retention: this.retention }, form, advance);
  }

  /** The same as one file. Can be cancelled. */
  indexFile(form: IndexForm): Promise<Blob> {
    return this.#questions.runReading(async advance => {
      const pieces: Blob[] = [];
      for await (const piece of this.indexPieces(form, advance)) pieces.push(new Blob([piece]));
      return new Blob(pieces);
    }, this.#closing);
  }

  /** Resolves once every column is filled: those of an index file that come last are read when this is first called. */
  async whole(): Promise<void> {
    this.#whole ??= this.#loaded.complete?.(this.#closing) ?? Promise.resolve();
    await this.#whole;
    this.isWhole = true;
  }

  /** Ends work that continues in the background. */
  close(): void {
    this.#closing.cancelled = true;
  }

  get variableNames(): VariableNames {
    this.#variableNames ??= new VariableNames(this.snapshot);
    return this.#variableNames;
  }
}
