import type { REPORT_VERSION } from './report.ts';

/** What the command line prints about a profile or a series, as one JSON object. */
export interface ProfileReport {
  version: typeof REPORT_VERSION;
  /** "Valgrind massif" */
  format: string;
  kind: 'profile' | 'series';
  /**
   * Whole numbers, named alike in all formats: `allocatedBytes`, `allocatedObjects` (`allocatedBlocks` for C), and
   * the same with `retained`, `live`, `peak`, `end`, `leaked`, `definite`, `indirect`, `possible`, `reachable`;
   * `allocations`, `snapshots`, `samples`. Numbers that the file does not contain are left out.
   */
  totals: Record<string, number>;
  /** The functions, locations or files with the largest own share of the first weight; numbers by weight. */
  top: { name: string; self: Record<string, number>; total: Record<string, number> }[];
  series?: SeriesReport;
  /** What the file says about itself: command, process, units. */
  details: readonly { label: string; value: string }[];
  /** What readers of the numbers should know. */
  notes: readonly string[];
  /** Parts of totals that the file does not break down. */
  missing: readonly { total: string; amount: number; why: string }[];
  /** Lines that could not be read: how many, and the first of them. */
  damage: { lines: number; first: readonly { line: number; text: string; why: string }[] };
}

/** The unit of rates: a slope times `x` is the rate per `name`. */
export interface RateBase {
  /** In units of the series' x. */
  x: number;
  /** "hour", "1,000,000 instructions" */
  name: string;
}

/** A series in figures. */
export interface SeriesReport {
  points: number;
  /** What the rows are plotted against. */
  x: { name: string; unit: string; first: number | null; last: number | null };
  columns: {
    name: string;
    unit: string;
    first: number | null;
    last: number | null;
    lowest: number | null;
    highest: number | null;
  }[];
  /** Whether it keeps growing; null if no column shows that. */
  verdict: {
    kind: 'leak' | 'levels-off' | 'too-short';
    words: string;
    column: string;
    points: number;
    slope: number;
    firstHalfSlope: number;
    secondHalfSlope: number;
    per: RateBase;
    plateau: number;
    noise: number;
    steps: readonly { row: number; x: number; by: number }[];
  } | null;
}
