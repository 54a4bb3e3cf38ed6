import type { LoadStage } from '../../../workers/protocol/progress.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';

/** Time for reading a file without keeping anything. */
export interface PlainFigures {
  ms: number;
  /** Bytes of text that were read, after decompression. */
  textBytes: number;
  /** Number of parsed lines; 0 if nothing was parsed. */
  records: number;
}

/** One load by the engine. Milliseconds are counted from the call of `open`. */
export interface LoadFigures {
  previewMs: number;
  /** When each stage after reading began. */
  linkingMs: number;
  dominatorsMs: number;
  retainedMs: number;
  totalMs: number;
  info: SnapshotInfo;
  /** References between objects, each counted once, as in the engine. */
  references: number;
}

/** Durations of calls of one question, in the order of the calls. */
export interface Latencies {
  question: string;
  ms: number[];
}

/** Time from cancelling a load to its end. */
export interface CancelFigures {
  stage: LoadStage;
  /** Null if the load had already ended. */
  ms: number | null;
}

/** The engine's worker, or the one that only reads or parses. */
export type MeasuredWorker = 'heap' | 'plain';

/** The measurements of the benchmark page, on the file in its input. */
export interface BenchPage {
  /** Resolves once the worker to be measured answers, so that its code is loaded. */
  ready(worker: MeasuredWorker): Promise<void>;
  /** Reads the file in the same way as the engine, decompressing it if needed, and discards the text. */
  floor(): Promise<PlainFigures>;
  /** Parses every line and keeps nothing. */
  baseline(): Promise<PlainFigures>;
  load(): Promise<LoadFigures>;
  /** Asks the questions of the views about the loaded heap. */
  latencies(): Promise<Latencies[]>;
  cancel(stage: LoadStage): Promise<CancelFigures>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
