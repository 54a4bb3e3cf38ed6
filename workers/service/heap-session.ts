import { fileNeedsOf } from '../analysis/filter/file-needs.ts';
import { reducedBytes, reducedDump } from '../compare/reduced-dump.ts';
import { Series, type SeriesMember, takenOrder } from '../compare/series.ts';
import { makeDocument } from '../document/make-document.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { Importer } from '../importers/importer.ts';
import { IMPORTERS } from '../importers/registry.ts';
import { loadIndex } from '../index-file/load-index.ts';
import { isIndexFile } from '../index-file/read-index.ts';
import { type LoadInput, loadSnapshot } from '../loading/load.ts';
import { loadProblem } from '../loading/load-problem.ts';
import { scanHere } from '../loading/scan.ts';
import type { ScanClient } from '../loading/scan-thread/client.ts';
import { warmUp } from '../loading/warm-up.ts';
import { type Cancellation, pause, runCooperatively, superseded } from '../model/cooperation.ts';
import type { Steps } from '../model/steps.ts';
import type { DocumentOptions } from '../protocol/document.ts';
import type { DumpFile } from '../protocol/dump-file.ts';
import { type Outcome, ProblemError, SUPERSEDED } from '../protocol/errors.ts';
import type { HeapService, OpenOptions } from '../protocol/heap-service.ts';
import type { IndexForm } from '../protocol/index-magic.ts';
import { type GroupingKey, isGroupingKey, type ObjectSetSpec } from '../protocol/object-set.ts';
import type {
  ProfileAnswerOf,
  ProfileInfo,
  ProfileParamsOf,
  ProfileQuestionName,
} from '../protocol/profile-questions.ts';
import type { LoadProgress } from '../protocol/progress.ts';
import {
  type AnswerOf,
  isOfSeries,
  type ObjectColumn,
  type QueryOf,
  type QuestionName,
  withinLimits,
} from '../protocol/questions.ts';
import type { RedactionReport, RedactionRules } from '../protocol/redaction.ts';
import type { SnapshotInfo } from '../protocol/rows.ts';
import type { Bytes, Fraction, SnapshotId } from '../protocol/units.ts';
import { ANSWERERS } from './answerers.ts';
import { refuseLargeProfile } from './large-profile.ts';
import { LoadQueue } from './load-queue.ts';
import type { OpenProfile } from './open-profile.ts';
import { OpenSnapshot } from './open-snapshot.ts';
import { type FileWanted, OpenedFile } from './opened-file.ts';
import { profileProgress } from './profile-progress.ts';
import { Questions } from './questions.ts';

/** The heaps that are open, and the answers to every question about them. One for a worker, or a program. */
export class HeapSession implements HeapService {
  readonly #open = new Map<SnapshotId, OpenSnapshot>();
  /** Dumps that were reduced to what comparison needs, to make room for others. */
  readonly #reduced = new Map<SnapshotId, SeriesMember>();
  readonly #seriesOfReduced = new Map<SnapshotId, Series>();
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
   * `scanner`: a thread to scan files in; without it they are scanned in this one. `memoryBytes`: for all heaps.
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
    let used = 0;
    for (const open of this.#open.values()) used += open.info().memoryBytes;
    for (const { snapshot } of this.#reduced.values()) used += reducedBytes(snapshot);
    for (const profile of this.#profiles.values()) used += profile.memoryBytes;
    return this.#memoryBytes - used;
  }

  /** Lets the browser compile the engine before it is needed; stops as soon as a file is opened. */
  async warmUp(): Promise<void> {
    await warmUp(
      this.#importers,
      blob => this.#input({ file: blob, name: 'rehearsal', loadId: -1 }),
      this.#warmUp,
    ).catch(ignoreSuperseded);
  }

  async open(
    file: DumpFile,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    const { name, loadId } = options;
    const told = this.#file.told(loadId, onProgress);
    const input = (signal: AbortSignal) => this.#input({ file, name, loadId, signal }, onProgress);
    const outcome = await this.#queue(input, options, told);
    // What is no heap may be opened as a profile next.
    if (outcome.ok || outcome.problem.code !== 'not-a-dump') this.#file.forget();
    if (outcome.ok) void this.#complete(this.#get(outcome.value.id));
    return outcome;
  }

  /** Like {@link open}, for a file that is no Blob. What a load leaves for later is left until it is requested. */
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
        return loadIndex(given.source, this.#importers, cancellation, onProgress);
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
    // An index file was written under the rule that was on then.
    await open.run(open.setReferencesOnly(rules().referencesOnly));
    this.#open.set(open.id, open);
    return open.info();
  }

  /**
   * Where a load failed because it would not fit beside the dumps that are open, and would beside what comparison needs
   * of them, reduces as many as it takes to that, those first that were opened first. Returns whether it did.
   */
  async #madeRoomFor(error: unknown, cancellation: Cancellation): Promise<boolean> {
    const needed =
      error instanceof ProblemError && error.problem.code === 'too-large'
        ? error.problem.neededBytes
        : undefined;
    if (needed === undefined || this.#open.size === 0) return false;
    const open = [...this.#open.values()];
    const freed = open.reduce((sum, each) => sum + each.info().memoryBytes - reducedBytes(each.snapshot), 0);
    if (needed > this.#availableBytes() + freed) return false;
    for (const each of open) {
      if (needed <= this.#availableBytes()) break;
      await this.#reduce(each, cancellation);
    }
    return true;
  }

  async reduce(snapshot: SnapshotId): Promise<void> {
    const open = this.#open.get(snapshot);
    if (open !== undefined) await this.#reduce(open, { cancelled: false });
  }

  async #reduce(open: OpenSnapshot, cancellation: Cancellation): Promise<void> {
    const { id } = open;
    const reduced = await runCooperatively(reducedDump(open.asMember), cancellation);
    // It may have been closed meanwhile.
    if (!this.#open.delete(id)) return;
    this.#reduced.set(id, reduced);
    if (open.series !== null)
      this.#replaceSeries(open.series, member => (member.id === id ? reduced : member));
    open.close();
  }

  async reducedDumps(): Promise<SnapshotId[]> {
    return [...this.#reduced.keys()];
  }

  async #input(wanted: FileWanted, onProgress?: (progress: LoadProgress) => void): Promise<LoadInput> {
    const { name, signal } = wanted;
    const opened = await this.#file.open(wanted, onProgress);
    const scanner = this.#scanner;
    const scan: LoadInput['scan'] =
      scanner === null
        ? this.#scanHere(opened.source)
        : (onProgress, availableBytes) => scanner.scan(opened.file, name, onProgress, signal, availableBytes);
    return {
      source: opened.source,
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
        // The readers of all formats are loaded when the first such file is opened.
        const { OpenProfile: Opener } = await import('./open-profile.ts');
        const { source, damage } = await this.#file.open({ file, name, loadId, signal }, onProgress);
        const told = profileProgress(source, this.#file.told(loadId, onProgress));
        const hooks = {
          async onProgress(textBytes: Bytes) {
            if (told(textBytes)) await pause();
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

  /** Makes what a load leaves for later, once its outcome is on its way. */
  async #complete(open: OpenSnapshot): Promise<void> {
    await pause();
    await open.referrers().catch(ignoreSuperseded);
  }

  async close(snapshot: SnapshotId): Promise<void> {
    this.#profiles.delete(snapshot);
    const member = this.#open.get(snapshot)?.asMember ?? this.#reduced.get(snapshot);
    if (member === undefined) return;
    this.#leaveSeries(member.id);
    this.#open.get(snapshot)?.close();
    this.#open.delete(snapshot);
    this.#reduced.delete(snapshot);
  }

  async setSeries(snapshots: SnapshotId[], order: 'given' | 'taken'): Promise<SnapshotId[]> {
    const members = [...new Set(snapshots)].map(id => this.#reduced.get(id) ?? this.#get(id).asMember);
    for (const { id } of members) this.#leaveSeries(id);
    const places = order === 'given' ? members.map((_, at) => at) : takenOrder(members);
    const ordered = places.map(at => members[at]!);
    if (ordered.length > 1) this.#setSeriesOf(ordered, new Series(ordered));
    return ordered.map(member => member.id);
  }

  /** Takes a dump out of its series: what is left of that continues without it, or ends where one dump is left. */
  #leaveSeries(id: SnapshotId): void {
    const series = this.#seriesOf(id);
    if (series !== null) this.#replaceSeries(series, member => (member.id === id ? null : member));
  }

  /** Puts another series in the place of one: with other members, or without those for which there is null. */
  #replaceSeries(series: Series, replace: (member: SeriesMember) => SeriesMember | null): void {
    const members = series.members.map(replace).filter(member => member !== null);
    this.#setSeriesOf(series.members, null);
    if (members.length > 1) this.#setSeriesOf(members, new Series(members));
  }

  #setSeriesOf(members: readonly SeriesMember[], series: Series | null): void {
    for (const { id } of members) {
      this.#open.get(id)?.setSeries(series);
      if (!this.#reduced.has(id)) continue;
      if (series === null) this.#seriesOfReduced.delete(id);
      else this.#seriesOfReduced.set(id, series);
    }
  }

  #seriesOf(id: SnapshotId): Series | null {
    return this.#open.get(id)?.series ?? this.#seriesOfReduced.get(id) ?? null;
  }

  async setReferencesOnly(snapshot: SnapshotId, referencesOnly: boolean): Promise<SnapshotInfo> {
    const open = this.#get(snapshot);
    await open.run(open.setReferencesOnly(referencesOnly), `rule of ${snapshot}`);
    return open.info();
  }

  async setApplicationRoot(snapshot: SnapshotId, directory: string): Promise<SnapshotInfo> {
    const open = this.#get(snapshot);
    open.setApplicationRoot(directory);
    return open.info();
  }

  async document(snapshot: SnapshotId, options: DocumentOptions): Promise<string> {
    return makeDocument((name, query) => this.ask(name, query), this.#get(snapshot).info(), options);
  }

  async redact(
    snapshot: SnapshotId,
    rules: RedactionRules,
  ): Promise<{ copy: Blob; report: RedactionReport }> {
    return this.#get(snapshot).redactedCopy(rules);
  }

  /** An open heap as an index file, in pieces. O(size of its columns). */
  indexPieces(snapshot: SnapshotId): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return this.#get(snapshot).indexPieces('small', async () => undefined);
  }

  async index(snapshot: SnapshotId, form: IndexForm): Promise<Blob> {
    return this.#get(snapshot).indexFile(form);
  }

  async ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>> {
    const open = this.#get(this.#answering(name, query.snapshot));
    const needs = fileNeedsOf(setsOf(name, query), keysOf(query));
    if (needs !== null) for (const each of this.#asked(name, open)) await each.readNeeds(needs);
    const answer = ANSWERERS[name](open, withinLimits(name, query));
    return isSteps(answer) ? open.run(answer, query.lane) : answer;
  }

  async questionProgress(): Promise<Fraction | null> {
    return this.#questions.progress();
  }

  async cancelQuestions(): Promise<void> {
    this.#questions.cancel();
  }

  /** Of a series any dump answers that is there as a whole; all else a dump answers itself. */
  #answering(name: QuestionName, snapshot: SnapshotId): SnapshotId {
    if (!this.#reduced.has(snapshot) || !isOfSeries(name)) return snapshot;
    const whole = this.#seriesOf(snapshot)?.members.find(member => this.#open.has(member.id));
    return whole?.id ?? snapshot;
  }

  /** The dumps that a question is about, without those that were reduced. */
  #asked(name: QuestionName, open: OpenSnapshot): OpenSnapshot[] {
    if (!isOfSeries(name) || open.series === null) return [open];
    return open.series.members.map(({ id }) => this.#open.get(id)).filter(each => each !== undefined);
  }

  #get(snapshot: SnapshotId): OpenSnapshot {
    const open = this.#open.get(snapshot);
    const reduced = this.#reduced.get(snapshot);
    if (reduced !== undefined) {
      throw new Error(
        `${reduced.name} was reduced to what comparison needs, to save memory. Close other dumps and open the file again to see all of it.`,
      );
    }
    if (open === undefined) throw new Error(`No snapshot ${snapshot} is open.`);
    return open;
  }
}

/** The sets that a question is about. */
function setsOf(
  name: QuestionName,
  query: { snapshot: SnapshotId; set?: ObjectSetSpec; sets?: ObjectSetSpec[]; filter?: string },
): ObjectSetSpec[] {
  const sets = [...(query.set === undefined ? [] : [query.set]), ...(query.sets ?? [])];
  if (name === 'report' && query.filter !== undefined) sets.push({ kind: 'filter', text: query.filter });
  return sets;
}

/** The keys that a question groups by. */
function keysOf(query: {
  snapshot: SnapshotId;
  key?: GroupingKey;
  keys?: GroupingKey[];
  group?: GroupingKey[];
  columns?: ObjectColumn[];
  sort?: string;
}): GroupingKey[] {
  const { key, keys = [], group = [], columns = [], sort } = query;
  return [key, ...keys, ...group, ...columns, sort].filter(isGroupingKey);
}

function isSteps<Answer>(answer: Steps<Answer> | Promise<Answer> | Answer): answer is Steps<Answer> {
  return typeof answer === 'object' && answer !== null && 'next' in answer;
}

/** Lets messages in, and ends the load if it was cancelled. */
/** Work that was superseded ends without a result. */
function ignoreSuperseded(error: unknown): void {
  if (!(error instanceof Error && error.name === SUPERSEDED)) throw error;
}
