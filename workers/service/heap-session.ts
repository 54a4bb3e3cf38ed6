import { generationChart } from '../analysis/generations.ts';
import { groupTree } from '../analysis/group-tree.ts';
import { objectRow } from '../analysis/object-rows.ts';
import { makeReport } from '../analysis/report.ts';
import type { ByteSource } from '../files/byte-source.ts';
import { openBlob } from '../files/open-source.ts';
import { type LoadInput, loadSnapshot } from '../loading/load.ts';
import { scanHere } from '../loading/scan.ts';
import { ScanClient, type ScanWorker } from '../loading/scan-thread/client.ts';
import { warmUp } from '../loading/warm-up.ts';
import { type Cancellation, pause } from '../model/cooperation.ts';
import type { Steps } from '../model/steps.ts';
import { type Outcome, ProblemError, SUPERSEDED } from '../protocol/errors.ts';
import type { GroupSortKey, HeapService, OpenOptions, Scope } from '../protocol/heap-service.ts';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import type { LoadProgress } from '../protocol/progress.ts';
import type { Report, ReportOptions } from '../protocol/report.ts';
import type { GroupRow, SnapshotInfo, Window } from '../protocol/rows.ts';
import type { Bytes, Fraction, SnapshotId } from '../protocol/units.ts';
import {
  describePath,
  dominatorChain,
  excerpts,
  neighbours,
  objectDetails,
  pathObjects,
} from './object-answers.ts';
import { OpenSnapshot } from './open-snapshot.ts';
import { Questions } from './questions.ts';

const MAX_ROWS = 1000;
const MAX_NODES = 10_000;
const MAX_EXCERPTS = 200;
const REPORT_TOP = 200;
const EVERYTHING: ObjectSetSpec = { kind: 'all' };

/** The heaps that are open, and the answers to every question about them. One for a worker, or a program. */
export class HeapSession implements HeapService {
  readonly #open = new Map<SnapshotId, OpenSnapshot>();
  readonly #loads = new Map<number, Cancellation>();
  readonly #questions = new Questions();
  #nextId = 1;
  /** Loads wait for one another: two at once would need the memory of both at their peak. */
  #lastLoad: Promise<unknown> = Promise.resolve();
  readonly #scanner: ScanClient | null;
  readonly #memoryBytes: Bytes;
  readonly #warmUp: Cancellation = { cancelled: false };

  /** `scanner`: a thread to scan files in; without it they are scanned in this one. `memoryBytes`: for all heaps. */
  constructor(scanner: ScanWorker | null = null, memoryBytes: Bytes = Number.POSITIVE_INFINITY) {
    this.#scanner = scanner && new ScanClient(scanner);
    this.#memoryBytes = memoryBytes;
  }

  #availableBytes(): Bytes {
    let used = 0;
    for (const open of this.#open.values()) used += open.info().memoryBytes;
    return this.#memoryBytes - used;
  }

  /** Lets the browser compile the engine before it is needed; stops as soon as a file is opened. */
  async warmUp(): Promise<void> {
    await warmUp(blob => this.#input(blob, 'rehearsal'), this.#warmUp).catch(ignoreSuperseded);
  }

  async open(
    file: Blob,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    const outcome = await this.#queue(() => this.#input(file, options.name), options, onProgress);
    if (outcome.ok) void this.#complete(this.#get(outcome.value.id));
    return outcome;
  }

  /** Like {@link open}, for a file that is no Blob. What a load leaves for later is left until it is asked for. */
  openSource(
    source: ByteSource,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    const input = { source, scan: scanHere.bind(null, source) };
    return this.#queue(async () => input, options, onProgress);
  }

  async #queue(
    input: () => Promise<LoadInput>,
    options: OpenOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    this.#warmUp.cancelled = true;
    const cancellation = { cancelled: false };
    this.#loads.set(options.loadId, cancellation);
    const load = this.#lastLoad.then(() => this.#load(input, options, cancellation, onProgress));
    this.#lastLoad = load;
    const outcome = await load;
    this.#loads.delete(options.loadId);
    return outcome;
  }

  async #load(
    input: () => Promise<LoadInput>,
    options: OpenOptions,
    cancellation: Cancellation,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<SnapshotInfo>> {
    const start = performance.now();
    try {
      const availableBytes = options.ignoreMemoryLimit ? Number.POSITIVE_INFINITY : this.#availableBytes();
      const rules = { referencesOnly: options.referencesOnly ?? false, availableBytes };
      const loaded = await loadSnapshot(await input(), rules, cancellation, onProgress);
      const open = new OpenSnapshot(
        this.#nextId++,
        options.name,
        performance.now() - start,
        loaded,
        this.#questions,
      );
      this.#open.set(open.id, open);
      return { ok: true, value: open.info() };
    } catch (error) {
      return { ok: false, problem: problemOf(error, options.name) };
    }
  }

  async #input(file: Blob, name: string): Promise<LoadInput> {
    const source = await openBlob(file, name);
    const scanner = this.#scanner;
    return {
      source,
      scan: onProgress =>
        scanner === null ? scanHere(source, onProgress) : scanner.scan(file, name, onProgress),
    };
  }

  async cancelOpen(loadId: number): Promise<void> {
    const cancellation = this.#loads.get(loadId);
    if (cancellation !== undefined) cancellation.cancelled = true;
  }

  /** Makes what a load leaves for later, once its outcome is on its way. */
  async #complete(open: OpenSnapshot): Promise<void> {
    await pause();
    await open.referrers().catch(ignoreSuperseded);
  }

  async close(snapshot: SnapshotId): Promise<void> {
    this.#open.get(snapshot)?.close();
    this.#open.delete(snapshot);
  }

  async setReferencesOnly(snapshot: SnapshotId, referencesOnly: boolean): Promise<SnapshotInfo> {
    const open = this.#get(snapshot);
    await open.run(open.setReferencesOnly(referencesOnly), `rule of ${snapshot}`);
    return open.info();
  }

  overview: HeapService['overview'] = query =>
    this.#ask(query, ({ answers }) => answers.overview(query.set, Math.min(100, query.top)));

  setSize: HeapService['setSize'] = async query => {
    const { objects, shallowBytes } = await this.#ask(query, ({ answers }) => answers.set(query.set));
    return { objects, shallowBytes };
  };

  groups: HeapService['groups'] = async query => {
    const all = await this.#ask(query, ({ answers }) => answers.groupRows(query.set, query.key));
    const wanted = query.filter?.toLowerCase() ?? '';
    const rows =
      wanted === '' ? [...all] : all.filter(row => (row.label ?? 'untraced').toLowerCase().includes(wanted));
    rows.sort(groupOrder(query.sort, query.descending));
    return windowOf(rows, query.offset, query.limit);
  };

  objects: HeapService['objects'] = async query => {
    const { snapshot, answers } = this.#get(query.snapshot);
    const order = await answers.order(query.set, query.sort, query.descending);
    const shown = order.window(query.offset, Math.min(MAX_ROWS, query.limit));
    return {
      total: order.length,
      offset: query.offset,
      rows: Array.from(shown, object => objectRow(snapshot, answers.retention, object)),
    };
  };

  dominatorTree: HeapService['dominatorTree'] = query =>
    this.#ask(query, ({ answers }) =>
      answers.dominatorTree(query.set, query.root, Math.min(MAX_NODES, query.maxNodes), query.minShare),
    );

  dominators: HeapService['dominators'] = async query =>
    dominatorChain(this.#get(query.snapshot), query.object);

  groupTree: HeapService['groupTree'] = async query => {
    const open = this.#get(query.snapshot);
    const tally = await open.run(open.answers.tally(query.set), query.lane);
    const tables = query.keys.slice(0, 4).map(key => open.groupTable(key));
    return groupTree(
      open.snapshot,
      tally,
      tables,
      query.set,
      Math.min(MAX_NODES, query.maxNodes),
      query.minShare,
    );
  };

  generations: HeapService['generations'] = async query => {
    const open = this.#get(query.snapshot);
    const tally = await open.run(open.answers.tally(query.set), query.lane);
    return generationChart(open.snapshot, tally, open.groupTable(query.key), query.measure);
  };

  object: HeapService['object'] = query => objectDetails(this.#get(query.snapshot), query.object);

  find: HeapService['find'] = async query => {
    const object = this.#get(query.snapshot).snapshot.pages.objectAtAddress(Number(query.address));
    return object < 0 ? null : object;
  };

  rows: HeapService['rows'] = async query => {
    const { snapshot, retention } = this.#get(query.snapshot);
    return query.objects.slice(0, MAX_ROWS).map(object => objectRow(snapshot, retention, object));
  };

  neighbours: HeapService['neighbours'] = query =>
    neighbours(
      this.#get(query.snapshot),
      query.object,
      query.direction,
      query.offset,
      Math.min(MAX_ROWS, query.limit),
    );

  excerpts: HeapService['excerpts'] = query =>
    excerpts(this.#get(query.snapshot), query.objects.slice(0, MAX_EXCERPTS));

  retainerPath: HeapService['retainerPath'] = async query => {
    const open = this.#get(query.snapshot);
    return describePath(open, await pathObjects(open, query.object));
  };

  async report(snapshot: SnapshotId, options: ReportOptions): Promise<Report> {
    const open = this.#get(snapshot);
    const { answers } = open;
    const all = await open.run(answers.tally(EVERYTHING));
    const unreachable = await open.run(answers.unreachable(EVERYTHING));
    const classes = await open.run(answers.groupRows(EVERYTHING, 'class'));
    const tallies = { all, unreachable };
    return makeReport(open.snapshot, answers.retention, tallies, classes, options.top ?? REPORT_TOP);
  }

  async questionProgress(): Promise<Fraction | null> {
    return this.#questions.progress();
  }

  async cancelQuestions(): Promise<void> {
    this.#questions.cancel();
  }

  #get(snapshot: SnapshotId): OpenSnapshot {
    const open = this.#open.get(snapshot);
    if (open === undefined) throw new Error(`No snapshot ${snapshot} is open.`);
    return open;
  }

  #ask<Answer>(query: Scope, steps: (open: OpenSnapshot) => Steps<Answer>): Promise<Answer> {
    const open = this.#get(query.snapshot);
    return open.run(steps(open), query.lane);
  }
}

/** Work that nobody wants any more may end without a result. */
function ignoreSuperseded(error: unknown): void {
  if (!(error instanceof Error && error.name === SUPERSEDED)) throw error;
}

function windowOf<Row>(rows: Row[], offset: number, limit: number): Window<Row> {
  return { total: rows.length, offset, rows: rows.slice(offset, offset + Math.min(MAX_ROWS, limit)) };
}

function groupOrder(key: GroupSortKey, descending: boolean): (a: GroupRow, b: GroupRow) => number {
  const sign = descending ? -1 : 1;
  const byLabel = (a: GroupRow, b: GroupRow) => (a.label ?? '').localeCompare(b.label ?? '');
  if (key === 'label') return (a, b) => sign * byLabel(a, b);
  return (a, b) => sign * (a[key] - b[key]) || byLabel(a, b);
}

function problemOf(error: unknown, file: string) {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof Error && error.name === SUPERSEDED) {
    return {
      code: 'cancelled' as const,
      file,
      message: 'Loading was cancelled.',
      advice: 'Drop the file again to load it.',
    };
  }
  return {
    code: 'internal' as const,
    file,
    message: 'Heapscape failed to load this file.',
    advice:
      'This is a defect of Heapscape. Please report it with the details below; they hold no data of the dump.',
    details: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
