import { makeDocument } from '../document/make-document.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { Importer } from '../importers/importer.ts';
import { IMPORTERS } from '../importers/registry.ts';
import { secondPartIn } from '../index-file/index-thread.ts';
import { loadIndex } from '../index-file/load-index.ts';
import { isIndexFile } from '../index-file/read-index.ts';
import { warmUpIndex } from '../index-file/warm-up.ts';
import { type LoadedSnapshot, type LoadInput, loadSnapshot } from '../loading/load.ts';
import { loadProblem } from '../loading/load-problem.ts';
import { scanHere } from '../loading/scan.ts';
import type { ScanClient } from '../loading/scan-thread/client.ts';
import { warmUp } from '../loading/warm-up.ts';
import { type Cancellation, pause, superseded } from '../model/cooperation.ts';
import type { Steps } from '../model/steps.ts';
import type { DocumentOptions } from '../protocol/document.ts';
import type { DumpFile } from '../protocol/dump-file.ts';
import { type Outcome, ProblemError, SUPERSEDED } from '../protocol/errors.ts';
import type { HeapService, OpenOptions } from '../protocol/heap-service.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import type {
  ProfileAnswerOf,
  ProfileInfo,
  ProfileParamsOf,
  ProfileQuestionName,
} from '../protocol/profile-questions.ts';
import type { LoadProgress } from '../protocol/progress.ts';
import { type AnswerOf, type QueryOf, type QuestionName, withinLimits } from '../protocol/questions.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';
import type { Bytes, Fraction, SnapshotId } from '../protocol/units.ts';
import { refuseLargeProfile } from './large-profile.ts';
import { LoadQueue } from './load-queue.ts';
import { OpenHeaps } from './open-heaps.ts';
import type { OpenProfile } from './open-profile.ts';
import { OpenSnapshot } from './open-snapshot.ts';
import { OpenedFile, type RequestedFile } from './opened-file.ts';
import { QUESTION_HANDLERS } from './question-handlers.ts';
import { needsOf } from './question-needs.ts';
import { Questions } from './questions.ts';
import { readingProgress } from './reading-progress.ts';

/** The open heaps, and the answers to every question about them. One for each worker or program. */
export class HeapSession implements HeapService {
  readonly #heaps = new OpenHeaps();
  readonly #profiles = new Map<SnapshotId, OpenProfile>();
  readonly #loads = new LoadQueue();
  readonly #file = new OpenedFile();
  readonly #questions = new Questions();
  #nextId: SnapshotId;
  readonly #scanner: ScanClient | null;
  readonly #memoryBytes: Bytes;
  readonly #importers: readonly Importer[];
  readonly #warmUp: Cancellation = { cancelled: false };

  /**
   * `scanner`: a thread to scan files in; without it, files are scanned in this thread. `memoryBytes`: for all heaps.
   * `firstId`: of the first heap that is opened; the others follow. `importers`: the formats that can be opened; those
   * that `scanner` knows.
   */
  constructor(
    scanner: ScanClient | null = null,
    memoryBytes: Bytes = Number.POSITIVE_INFINITY,
    firstId = 1,
    importers: readonly Importer[] = IMPORTERS,
  ) {
    this.#importers = importers;
    this.#scanner = scanner;
    this.#memoryBytes = memoryBytes;
    this.#nextId = firstId;
  }

  #availableBytes(): Bytes {
    let used = this.#heaps.memoryBytes;
    for (const profile of this.#profiles.values()) used += profile.memoryBytes;
    return this.#memoryBytes - used;
  }

  /** Makes the browser compile the engine before it is needed; stops as soon as a file is opened. */
  async warmUp(): Promise<void> {
    const cancellation = this.#warmUp;
    const input = (file: Blob) => this.#input({ file, name: 'rehearsal', loadId: -1 });
    const run = async () => {
      const loaded = await warmUp(this.#importers, input, cancellation);
      if (loaded === null) return;
      const open = async (file: Blob) => this.#loadIndex(await input(file), cancellation);
      await warmUpIndex(loaded, open, cancellation);
    };
    await run().catch(ignoreSuperseded);
  }

  async open(
    file: DumpFile,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    const { name, loadId } = options;
    const onFileProgress = this.#file.reportTo(loadId, onProgress);
    const input = (signal: AbortSignal) => this.#input({ file, name, loadId, signal }, onProgress);
    const outcome = await this.#queue(input, options, onFileProgress);
    // A file that is not a heap may be opened as a profile next.
    if (outcome.ok || outcome.problem.code !== 'not-a-dump') this.#file.forget();
    if (outcome.ok) void this.#complete(this.#heaps.get(outcome.value.id));
    return outcome;
  }

  /** Like {@link open}, for a file that is not a Blob. Work that a load postpones is done only when it is needed. */
  openSource(
    source: ByteSource,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    const input = { source, scan: this.#scanHere(source) };
    return this.#queue(async () => input, options, onProgress);
  }

  async #queue(
    input: (signal: AbortSignal) => Promise<LoadInput>,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    this.#warmUp.cancelled = true;
    try {
      const load = (signal: AbortSignal) => this.#load(() => input(signal), options, signal, onProgress);
      return { ok: true, value: await this.#loads.run(options.loadId, load) };
    } catch (error) {
      return { ok: false, problem: loadProblem(error, options.name) };
    }
  }

  async #load(
    input: () => Promise<LoadInput>,
    options: OpenOptions,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<SnapshotInfo> {
    const start = performance.now();
    const cancellation: Cancellation = {
      get cancelled() {
        return signal.aborted;
      },
    };
    const rules = () => ({
      referencesOnly: options.referencesOnly ?? false,
      availableBytes: options.ignoreMemoryLimit ? Number.POSITIVE_INFINITY : this.#availableBytes(),
      importers: this.#importers,
    });
    const load = async () => {
      const given = await input();
      if (await isIndexFile(given.source)) {
        return this.#loadIndex(given, cancellation, onProgress);
      }
      await refuseLargeProfile(given.source);
      return loadSnapshot(given, rules(), cancellation, onProgress);
    };
    const loaded = await load().catch(async error => {
      if (!(await this.#madeRoomFor(error, cancellation))) throw error;
      return load();
    });
    const loadMs = performance.now() - start;
    const open = new OpenSnapshot(this.#nextId++, options.name, loadMs, loaded, this.#questions);
    // An index file was written under the rule that was active at that time.
    const { referencesOnly } = rules();
    if (referencesOnly !== open.retention.referencesOnly) {
      await open.whole();
      await open.run(open.setReferencesOnly(referencesOnly));
    }
    this.#heaps.add(open);
    return open.info();
  }

  /** Opens an index file, a part of it in the scanning thread if there is one. */
  #loadIndex(
    { source, file }: LoadInput,
    cancellation: Cancellation,
    onProgress: (progress: LoadProgress) => void = () => undefined,
  ): Promise<LoadedSnapshot> {
    const secondPart = this.#scanner === null ? undefined : secondPartIn(this.#scanner);
    return loadIndex(source, this.#importers, cancellation, onProgress, file, secondPart);
  }

  /** Makes room for a load that failed for lack of memory, and returns whether it may succeed now. */
  async #madeRoomFor(error: unknown, cancellation: Cancellation): Promise<boolean> {
    const problem =
      error instanceof ProblemError && error.problem.code === 'too-large' ? error.problem : null;
    if (problem?.neededBytes === undefined) return false;
    return this.#heaps.makeRoom(problem.neededBytes, () => this.#availableBytes(), cancellation);
  }

  async reduce(snapshot: SnapshotId): Promise<void> {
    await this.#heaps.reduce(snapshot);
  }

  async reducedDumps(): Promise<SnapshotId[]> {
    return this.#heaps.reducedIds;
  }

  async #input(wanted: RequestedFile, onProgress?: (progress: LoadProgress) => void): Promise<LoadInput> {
    const { name, signal } = wanted;
    const opened = await this.#file.open(wanted, onProgress);
    const scanner = this.#scanner;
    const scan: LoadInput['scan'] =
      scanner === null
        ? this.#scanHere(opened.source)
        : (onProgress, availableBytes) => scanner.scan(opened.file, name, onProgress, signal, availableBytes);
    return {
      source: opened.source,
      file: opened.file,
      async scan(onProgress, availableBytes) {
        const scanned = await scan(onProgress, availableBytes);
        scanned.imported.report.damage ??= opened.damage;
        return scanned;
      },
    };
  }

  #scanHere(source: ByteSource): LoadInput['scan'] {
    return (onProgress, availableBytes) => scanHere(source, onProgress, availableBytes, this.#importers);
  }

  async openProfile(
    file: DumpFile,
    { loadId, name }: Pick<OpenOptions, 'loadId' | 'name'>,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<ProfileInfo>> {
    try {
      const load = async (signal: AbortSignal): Promise<ProfileInfo> => {
        // The readers of all profile formats are loaded when the first such file is opened.
        const { OpenProfile: Opener } = await import('./open-profile.ts');
        const { source, damage } = await this.#file.open({ file, name, loadId, signal }, onProgress);
        const report = readingProgress('reading', this.#file.reportTo(loadId, onProgress));
        const hooks = {
          async onProgress(textBytes: Bytes) {
            if (report(source.position, source.fileBytes, textBytes)) await pause();
            if (signal.aborted) throw superseded();
          },
        };
        const otherOf = (id: SnapshotId) => this.#profiles.get(id) ?? null;
        const profile = await Opener.read(this.#nextId++, source, hooks, otherOf, damage);
        this.#profiles.set(profile.id, profile);
        return profile.info();
      };
      return { ok: true, value: await this.#loads.run(loadId, load) };
    } catch (error) {
      return { ok: false, problem: loadProblem(error, name) };
    } finally {
      this.#file.forget();
    }
  }

  async askProfile<Name extends ProfileQuestionName>(
    profile: SnapshotId,
    name: Name,
    params: ProfileParamsOf<Name>,
  ): Promise<ProfileAnswerOf<Name>> {
    const open = this.#profiles.get(profile);
    if (open === undefined) throw new Error(`No profile ${profile} is open.`);
    return open.ask(name, params);
  }

  async cancelOpen(loadId: number): Promise<void> {
    this.#loads.cancel(loadId);
  }

  /** Does the work that a load postpones, once its outcome is on its way. */
  async #complete(open: OpenSnapshot): Promise<void> {
    await pause();
    const complete = async () => {
      await open.whole();
      await open.referrers();
    };
    await complete().catch(ignoreSuperseded);
  }

  async close(snapshot: SnapshotId): Promise<void> {
    this.#profiles.delete(snapshot);
    this.#heaps.close(snapshot);
  }

  async setSeries(snapshots: SnapshotId[], order: 'given' | 'taken'): Promise<SnapshotId[]> {
    return this.#heaps.setSeries(snapshots, order);
  }

  async setReferencesOnly(snapshot: SnapshotId, referencesOnly: boolean): Promise<SnapshotInfo> {
    const open = this.#heaps.get(snapshot);
    await open.whole();
    await open.run(open.setReferencesOnly(referencesOnly), `rule of ${snapshot}`);
    return open.info();
  }

  async setApplicationRoot(snapshot: SnapshotId, directory: string): Promise<SnapshotInfo> {
    const open = this.#heaps.get(snapshot);
    open.setApplicationRoot(directory);
    return open.info();
  }

  async document(snapshot: SnapshotId, options: DocumentOptions): Promise<string> {
    return makeDocument((name, query) => this.ask(name, query), this.#heaps.get(snapshot).info(), options);
  }

  async redact(
    snapshot: SnapshotId,
    rules: RedactionRules,
    isCompressed: boolean,
  ): Promise<{ copy: Blob; report: RedactionReport }> {
    return this.#heaps.get(snapshot).redactedCopy(rules, isCompressed);
  }

  /** An open heap as an index file, in pieces. O(size of its columns). */
  indexPieces(snapshot: SnapshotId): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return this.#heaps.get(snapshot).indexPieces('small', async () => undefined);
  }

  async index(snapshot: SnapshotId, form: IndexForm): Promise<Blob> {
    return this.#heaps.get(snapshot).indexFile(form);
  }

  async ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>> {
    const open = this.#heaps.answering(name, query.snapshot);
    if (!open.isWhole) await open.whole();
    const needs = needsOf(name, query);
    if (needs !== null) for (const each of this.#heaps.askedBy(name, open)) await each.readNeeds(needs);
    const answer = QUESTION_HANDLERS[name](open, withinLimits(name, query));
    return isSteps(answer) ? open.run(answer, query.lane) : answer;
  }

  async questionProgress(): Promise<Fraction | null> {
    return this.#questions.progress();
  }

  async cancelQuestions(): Promise<void> {
    this.#questions.cancel();
  }
}

function isSteps<Answer>(answer: Steps<Answer> | Promise<Answer> | Answer): answer is Steps<Answer> {
  return typeof answer === 'object' && answer !== null && 'next' in answer;
}

/** Ignores the error of superseded work. */
function ignoreSuperseded(error: unknown): void {
  if (!(error instanceof Error && error.name === SUPERSEDED)) throw error;
}
