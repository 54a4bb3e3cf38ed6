import type { CancelFigures, Latencies, LoadFigures, PlainFigures } from './page/figures.ts';

/** Memory of the tab in one load, beyond what it had before. Null if the system does not report it. */
export interface MemoryFigures {
  peakBytes: number | null;
  settledBytes: number | null;
}

/** One round of measurements on one file, each in a fresh browser, one after the other. */
export interface Round {
  floor: PlainFigures;
  baseline: PlainFigures;
  load: LoadFigures;
  /** A load in a tab that has just been opened. */
  atOnce: LoadFigures;
  memory: MemoryFigures;
}

/** A cancelled load, and the memory that the tab has in addition to before, after garbage collection. */
export interface CancelledLoad extends CancelFigures {
  keptBytes: number | null;
}

/** A load as seen by a user of the app. */
export interface AppFigures {
  /** From the call that opens the file to the first figures on the page. */
  firstOverviewMs: number;
  /** To the figures and the table of classes of the whole heap. */
  overviewMs: number;
  /** To an idle page, with all findings. */
  completeMs: number;
  /** The longest time that the main thread was blocked; tasks under 50 ms are not reported, and count as 0. */
  longestTaskMs: number;
}

/** Wall time of a program. */
export interface ProgramFigures {
  name: string;
  ms: number[];
  /** Why it failed; then it has no time. */
  failure: string | null;
}

/** The file as two dumps of a process in which everything survived, under Node. */
export interface SeriesFigures {
  objects: number;
  /** Reading and scanning the faster one of the two. */
  scanMs: number;
  /** Finding the same objects in both. */
  matchMs: number;
  /** The whole comparison, including growth and its holders. */
  compareMs: number;
}

/** All measurements on one file. */
export interface FileFigures {
  name: string;
  description: string;
  fileBytes: number;
  compressed: boolean;
  rounds: Round[];
  app: AppFigures[];
  latencies: Latencies[];
  cancels: CancelledLoad[];
  /** The report under Node, and a loop that parses every line there. */
  nodeReport: ProgramFigures;
  nodeBaseline: ProgramFigures;
  peers: ProgramFigures[];
  series: SeriesFigures[];
}

/** Where and when the measurements were made. */
export interface MachineFacts {
  date: string;
  commit: string;
  cpu: string;
  cpus: number;
  memoryBytes: number;
  system: string;
  browser: string;
  node: string;
}

export interface BenchResults {
  machine: MachineFacts;
  runs: number;
  files: FileFigures[];
}
