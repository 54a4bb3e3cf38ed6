import type { ByteSource } from '../files/byte-source.ts';
import { withoutLayers } from '../files/layers/unwrap.ts';
import type { Importer } from '../importers/importer.ts';
import { importerOf } from '../importers/registry.ts';
import { PreallocatedColumns } from '../indexes/preallocated-columns.ts';
import { computeRetention, type Retention } from '../indexes/retention.ts';
import { expectedBytes } from '../model/column-schema.ts';
import { type Cancellation, pause, runCooperatively, superseded } from '../model/cooperation.ts';
import type { HeapSnapshot } from '../model/heap-snapshot.ts';
import type { DumpFile } from '../protocol/dump-file.ts';
import { ProblemError } from '../protocol/errors.ts';
import type { LoadPreview, LoadProgress, LoadStage } from '../protocol/progress.ts';
import type { Bytes } from '../protocol/units.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { OnScanProgress, Scanned, ScanProgress } from './scan.ts';

/** A file to load. */
export interface LoadInput {
  /** For reading records again later. */
  source: ByteSource;
  /** What the source reads, if another thread can read it, too. */
  file?: DumpFile;
  /**
   * Scans the file, in this thread or in another one. If `onProgress` throws, the scan stops and rejects with that
   * error.
   */
  scan(onProgress: OnScanProgress, availableBytes: Bytes): Promise<Scanned>;
}

/** Settings of a load. */
export interface LoadRules {
  referencesOnly: boolean;
  availableBytes: Bytes;
  /** The formats that the scan recognizes. */
  importers: readonly Importer[];
}

/** A loaded file, with everything that was built from it. */
export interface LoadedSnapshot {
  source: ByteSource;
  importer: Importer;
  snapshot: HeapSnapshot;
  retention: Retention;
  /**
   * Fills the columns that the load left empty: references and hashes of texts. Null if there are none. Must be called
   * once, before they are read. Rejects as superseded if cancelled.
   */
  complete: ((cancellation: Cancellation) => Promise<void>) | null;
}

/**
 * Bytes of indexes besides the columns: for an object its position in the dominator tree, retained size and start of
 * referrers; for a reference the referrer. With some reserve.
 */
const INDEX_BYTES_PER_OBJECT = 38;
const INDEX_BYTES_PER_REFERENCE = 5;
/** Memory at the peak, while dominators are computed, relative to the memory that a loaded heap keeps. */
const PEAK_TO_SETTLED = 1.6;
/** Text that must be read before sizes are extrapolated: a heap begins with classes, which are not typical. */
const MIN_EXTRAPOLATED_BYTES = 64 * 2 ** 20;
const REPORT_MS = 250;
/** The stages that follow unpacking. */
type ReadStage = Exclude<LoadStage, 'unpacking'>;

/** Where each stage starts and ends as a fraction of the total time, for estimating the time left. */
const STAGE_SHARES: Readonly<Record<ReadStage, readonly [start: number, end: number]>> = {
  reading: [0, 0.65],
  linking: [0.65, 0.73],
  dominators: [0.73, 0.98],
  retained: [0.98, 1],
};

/** Reads a dump and builds all indexes. Throws a `ProblemError`, or a superseded error once it is cancelled. */
export async function loadSnapshot(
  { source, scan }: LoadInput,
  options: LoadRules,
  cancellation: Cancellation,
  onProgress: (progress: LoadProgress) => void,
): Promise<LoadedSnapshot> {
  const { referencesOnly, availableBytes, importers } = options;
  const reporter = new ProgressReporter(source, onProgress);
  const ahead = new PreallocatedColumns();
  try {
    const { importerId, imported, findings, layers } = await scan(async progress => {
      reporter.read(progress);
      const needed = reporter.estimatedPeakBytes();
      if (needed > availableBytes) throw tooLarge(source.name, needed, availableBytes);
      ahead.follow({ ...progress, fraction: reporter.scannedFraction });
      await pause();
      if (cancellation.cancelled) throw superseded();
    }, availableBytes);
    source.learn(findings);
    const importer = importerOf(importerId, importers);
    reporter.stage('linking');
    const snapshot = await runCooperatively(buildSnapshot(imported, importer), cancellation, fraction =>
      reporter.fraction(fraction),
    );
    const spare = ahead.leave(snapshot.objects);
    const steps = computeRetention(snapshot, referencesOnly, stage => reporter.stage(stage), spare);
    const retention = await runCooperatively(steps, cancellation, fraction => reporter.fraction(fraction));
    return { source: withoutLayers(source, layers), importer, snapshot, retention, complete: null };
  } catch (error) {
    throw explained(error, source.name, reporter.estimatedMemoryBytes);
  }
}

function tooLarge(file: string, neededBytes: Bytes, availableBytes: Bytes): ProblemError {
  return new ProblemError({
    code: 'too-large',
    file,
    message: 'The heap would not fit into the memory of this tab.',
    advice: `Close other dumps or tabs, use a machine with more memory, or ${SMALLER_DUMP}`,
    neededBytes,
    availableBytes,
  });
}

const SMALLER_DUMP =
  'take a smaller dump: ObjectSpace.dump_all(output: f, since: GC.count - 10) holds only what is new.';

/**
 * Adds the file's name to problems that lack it. A `RangeError` means that an allocation failed: it becomes
 * `too-large`.
 */
function explained(error: unknown, name: string, estimate: Bytes | null): unknown {
  if (error instanceof ProblemError && error.problem.file === '') {
    return new ProblemError({ ...error.problem, file: name });
  }
  if (!(error instanceof RangeError)) return error;
  return new ProblemError({
    code: 'too-large',
    file: name,
    message: 'The heap does not fit into the memory that the browser gives this tab.',
    advice: `Close other tabs or dumps, use a 64-bit Chromium or Firefox, or ${SMALLER_DUMP}`,
    ...(estimate === null ? {} : { neededBytes: estimate }),
    details: String(error),
  });
}

/** Reports the progress of a load, at most four times a second and at each change of stage. */
class ProgressReporter {
  readonly #source: ByteSource;
  readonly #send: (progress: LoadProgress) => void;
  readonly #startMs = performance.now();
  #lastMs = 0;
  #stage: ReadStage = 'reading';
  #fraction = 0;
  #textBytes = 0;
  #objects = 0;
  #speed = 0;
  #position = 0;
  #preview: LoadPreview | null = null;
  /** Amounts of text read within the last second, for the speed. */
  #marks: { ms: number; textBytes: number }[] = [];
  estimatedMemoryBytes: Bytes | null = null;
  /** Estimated memory, once loaded, of what was read so far. */
  #takenBytes = 0;

  constructor(source: ByteSource, send: (progress: LoadProgress) => void) {
    this.#source = source;
    this.#send = send;
    this.#report();
  }

  read({ textBytes, position, objects, references, tableBytes, preview }: ScanProgress): void {
    this.#textBytes = textBytes;
    this.#position = position;
    this.#objects = objects;
    this.#fraction = this.#source.fileBytes === 0 ? 1 : position / this.#source.fileBytes;
    const now = performance.now();
    this.#marks.push({ ms: now, textBytes });
    while (this.#marks.length > 2 && this.#marks[0]!.ms < now - 1000) this.#marks.shift();
    const isFirst = this.#preview === null && preview !== null;
    this.#preview = preview;
    const first = this.#marks[0]!;
    const since = first.ms < now ? first : { ms: this.#startMs, textBytes: 0 };
    this.#speed = ((textBytes - since.textBytes) / Math.max(1, now - since.ms)) * 1000;
    const settled =
      expectedBytes(objects, references) +
      objects * INDEX_BYTES_PER_OBJECT +
      references * INDEX_BYTES_PER_REFERENCE;
    // Until the first object is found, there is nothing to estimate from.
    if (objects > 0) this.estimatedMemoryBytes = Math.round(settled / this.scannedFraction + tableBytes);
    this.#takenBytes = settled + tableBytes;
    if (isFirst || now - this.#lastMs >= REPORT_MS) this.#report();
  }

  /** The fraction of the file that is scanned; above 0. */
  get scannedFraction(): number {
    return Math.max(this.#fraction, 1e-6);
  }

  /** Memory at the peak of the load. Before enough is read for an extrapolation: what has been read so far takes. */
  estimatedPeakBytes(): Bytes {
    const isReliable = this.#textBytes >= MIN_EXTRAPOLATED_BYTES && this.estimatedMemoryBytes !== null;
    return (isReliable ? this.estimatedMemoryBytes! : this.#takenBytes) * PEAK_TO_SETTLED;
  }

  stage(stage: ReadStage): void {
    this.#stage = stage;
    this.#fraction = 0;
    this.#report();
  }

  fraction(fraction: number): void {
    this.#fraction = fraction;
    if (performance.now() - this.#lastMs >= REPORT_MS) this.#report();
  }

  #report(): void {
    const now = performance.now();
    this.#lastMs = now;
    const elapsedMs = now - this.#startMs;
    const [start, end] = STAGE_SHARES[this.#stage];
    const done = start + (end - start) * Math.min(1, this.#fraction);
    this.#send({
      stage: this.#stage,
      stageFraction: Math.min(1, this.#fraction),
      readBytes: this.#position,
      fileBytes: this.#source.fileBytes,
      textBytes: this.#textBytes,
      objects: this.#objects,
      elapsedMs,
      bytesPerSecond: this.#speed,
      remainingMs: done > 0.02 ? (elapsedMs / done) * (1 - done) : null,
      estimatedMemoryBytes: this.estimatedMemoryBytes,
      preview: this.#preview,
    });
  }
}
