import type { CallTree } from './call-tree.ts';
import type { Series } from './series.ts';
import type { Snapshots } from './snapshots.ts';
import type { Totals, Unit } from './units.ts';
import type { Verdict } from './verdict.ts';

/** A line that could not be read. */
export interface DamagedLine {
  /** Starts at 1. */
  line: number;
  /** The beginning of the line. */
  text: string;
  /** The reason: "a number was expected". */
  why: string;
}

/** Parts of a file that could not be read: the number of lines, and the first of them. */
export interface Damage {
  lines: number;
  first: readonly DamagedLine[];
}

/** The part of a total that the file does not break down: rows that it leaves out, or a part that was cut off. */
export interface Missing {
  /** The key of the total. */
  total: string;
  amount: number;
  /** "rows beyond the 50 largest" */
  why: string;
}

/** Facts about a file besides its numbers. */
export interface ProfileFacts {
  /** "massif" */
  formatId: string;
  /** Display name: "Valgrind massif". */
  format: string;
  /** The file's own description: command, process, versions, units. */
  details: readonly { label: string; value: string }[];
  /** Caveats about the numbers: "sampled: one in 524288 bytes, scaled as jeprof does". */
  notes: readonly string[];
  damage: Damage;
  missing: readonly Missing[];
  totals: Totals;
}

/**
 * How often sizes or ages occurred: entry i counts values from `from[i]` up to `from[i + 1]`; the last is unbounded.
 */
export interface Histogram {
  /** "sizes of allocations" */
  label: string;
  unit: Unit;
  from: Float64Array;
  count: Float64Array;
}

/** What holds or allocates memory: call trees with weights, possibly over time. */
export interface Profile extends ProfileFacts {
  kind: 'profile';
  /** At least one; the first is shown initially. The others present the same numbers in other ways. */
  trees: readonly CallTree[];
  /** Totals over time; null if the file has only one point in time. */
  timeline: Series | null;
  /** The first tree over time; null if the file has only one point in time. */
  snapshots: Snapshots | null;
  histograms: readonly Histogram[];
}

/** Numbers over time, and whether they grow. */
export interface SeriesFile extends ProfileFacts {
  kind: 'series';
  series: Series;
  verdict: Verdict | null;
}

/** The result of opening a file that is not a heap dump. */
export type Opened = Profile | SeriesFile;
