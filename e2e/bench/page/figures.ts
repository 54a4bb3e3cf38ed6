import type { LoadStage } from '../../../workers/protocol/progress.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';

/** What reading a file without keeping anything took. */
export interface PlainFigures {
  ms: number;
  /** Bytes of text that were read, inflated where the file is compressed. */
  textBytes: number;
  /** Lines that were parsed. 0 where nothing was. */
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
  /** References between objects, each once, as the engine counts them. */
  references: number;
}

/** How long calls of one question took, in the order of the calls. */
export interface Latencies {
  question: string;
  ms: number[];
}

/** What a load that was cancelled took to end, from the call that cancelled it. */
export interface CancelFigures {
  stage: LoadStage;
  /** Null if the load had ended before. */
  ms: number | null;
}

/** The engine's worker, or the one that only reads or parses. */
export type MeasuredWorker = 'heap' | 'plain';

/** What the bench page can be told to measure, on the file of its input. */
export interface BenchPage {
  /** Resolves once the worker that will be measured answers, so that its code is loaded. */
  ready(worker: MeasuredWorker): Promise<void>;
  /** Reads the file as the engine does and does nothing with it. Inflates it where it is compressed. */
  floor(): Promise<PlainFigures>;
  /** Parses every line and keeps nothing. */
  baseline(): Promise<PlainFigures>;
  load(): Promise<LoadFigures>;
  /** Asks what the views ask of the heap that was loaded. */
  latencies(): Promise<Latencies[]>;
  cancel(stage: LoadStage): Promise<CancelFigures>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
