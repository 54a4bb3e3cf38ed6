import type { CancelFigures, Latencies, LoadFigures, PlainFigures } from './page/figures.ts';

/** Memory of the tab in one load, beyond what it had before. Null if the system does not tell. */
export interface MemoryFigures {
  peakBytes: number | null;
  settledBytes: number | null;
}

/** One round on one file: each in a fresh browser, one after the other. */
export interface Round {
  floor: PlainFigures;
  baseline: PlainFigures;
  load: LoadFigures;
  /** The same of a tab that has just appeared. */
  atOnce: LoadFigures;
  memory: MemoryFigures;
}

/** A load that was cancelled, and the memory the tab has more than before it, once garbage is gone. */
export interface CancelledLoad extends CancelFigures {
  keptBytes: number | null;
}

/** What a user sees of a load in the app itself. */
export interface AppFigures {
  /** From the call that opens the file to the first figures on the page. */
  firstOverviewMs: number;
  /** To the overview of the whole heap. */
  completeMs: number;
  /** The longest the main thread was blocked; tasks under 50 ms are not told, and count as 0. */
  longestTaskMs: number;
}

/** Wall time of a program from its start to its end. */
export interface ProgramFigures {
  name: string;
  ms: number[];
  /** Why it has no time: it failed. */
  failure: string | null;
}

/** The file as two dumps of a process in which everything survived, under Node. */
export interface SeriesFigures {
  objects: number;
  /** Reading and scanning one of the two, the faster. */
  scanMs: number;
  /** Finding the same objects in both. */
  matchMs: number;
  /** The whole comparison, with what grows and what holds it. */
  compareMs: number;
}

/** All that was measured on one file. */
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

/** Where and when. */
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
