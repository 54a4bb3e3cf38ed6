import type { CallTree } from './call-tree.ts';
import type { Series } from './series.ts';
import type { Snapshots } from './snapshots.ts';
import type { Totals, Unit } from './units.ts';
import type { Verdict } from './verdict.ts';

/** A line that could not be read. */
export interface DamagedLine {
  /** From 1. */
  line: number;
  /** Its beginning. */
  text: string;
  /** Why: "a number was expected". */
  why: string;
}

/** What of a file could not be read: how many lines, and the first of them. */
export interface Damage {
  lines: number;
  first: readonly DamagedLine[];
}

/** How much of a total the file does not break down: rows it left out, or a part that was cut off. */
export interface Missing {
  /** The key of the total. */
  total: string;
  amount: number;
  /** "rows beyond the 50 largest" */
  why: string;
}

/** What is known of a file besides its numbers. */
export interface ProfileFacts {
  /** "massif" */
  formatId: string;
  /** For people: "Valgrind massif". */
  format: string;
  /** What the file says about itself: command, process, versions, units. */
  details: readonly { label: string; value: string }[];
  /** What a reader of the numbers should know: "sampled: one in 524288 bytes, scaled as jeprof does". */
  notes: readonly string[];
  damage: Damage;
  missing: readonly Missing[];
  totals: Totals;
}

/** How often sizes or ages occurred: entry i counts values from `from[i]` up to `from[i + 1]`, the last without end. */
export interface Histogram {
  /** "sizes of allocations" */
  label: string;
  unit: Unit;
  from: Float64Array;
  count: Float64Array;
}

/** Who holds or allocates memory: call trees with weights, possibly over time. */
export interface Profile extends ProfileFacts {
  kind: 'profile';
  /** At least one; the first is what a view shows at first. Several are views of the same numbers from other sides. */
  trees: readonly CallTree[];
  /** Totals over time, null if the file has one moment only. */
  timeline: Series | null;
  /** The first tree over time, null if the file has one moment only. */
  snapshots: Snapshots | null;
  histograms: readonly Histogram[];
}

/** Numbers over time, and whether they grow. */
export interface SeriesFile extends ProfileFacts {
  kind: 'series';
  series: Series;
  verdict: Verdict | null;
}

/** What comes of a file that is not a heap. */
export type Opened = Profile | SeriesFile;
