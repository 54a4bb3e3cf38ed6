import type { Comparison, FixCheck, GrowthRow, GrowthSlice, MatchedObject } from '../comparison.ts';
import type { GroupingKey } from '../object-set.ts';
import type { Window } from '../rows.ts';
import type { Count, ObjectIndex, SnapshotId } from '../units.ts';
import { type Declarations, ROWS, type WindowParams } from './declaration.ts';

/** Questions about the series of a heap. */
export interface SeriesQuestions {
  /**
   * The dumps of the snapshot's series, compared; null if it is not in a series. `top`: maximum number of rows of a
   * list.
   */
  comparison: { params: { top: Count }; answer: Comparison | null };
  /**
   * Whether a fix worked, by the groups of a key: compares dumps of the snapshot's series from before it with dumps
   * from after it. Null if the snapshot is not in a series.
   */
  fixCheck: {
    params: { key: GroupingKey; before: SnapshotId[]; after: SnapshotId[]; top: Count };
    answer: FixCheck | null;
  };
  /**
   * The way from a class back to its holders, by references between classes and their growth over the snapshot's
   * series: for each class on the way the `top` classes that refer to it most. Null if the snapshot is in no series.
   */
  growthSlice: { params: { label: string; top: Count }; answer: GrowthSlice | null };
  /**
   * The matches of objects in the dumps before and after; null if the snapshot is not in a series, or objects cannot be
   * identified.
   */
  matches: { params: { objects: ObjectIndex[] }; answer: MatchedObject[] | null };
  /** A window of the groups of the snapshot's series, the strongest growth first; empty if it is not in a series. */
  growth: { params: WindowParams & { key: GroupingKey }; answer: Window<GrowthRow> };
}

export const SERIES_QUESTIONS = {
  comparison: { about: 'snapshot', limits: { top: ROWS }, cost: 'O(n) of all dumps once, then cached' },
  fixCheck: {
    about: 'snapshot',
    limits: { top: ROWS },
    cost: 'O(n) of all dumps once, O(groups) for other sides',
  },
  growthSlice: {
    about: 'snapshot',
    limits: { top: 20 },
    cost: 'O(n + e) of all dumps once, then O(class edges)',
  },
  matches: { about: 'snapshot', limits: { objects: ROWS }, cost: 'O(n) of the dumps beside it once' },
  growth: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(n) of all dumps once, then cached' },
} as const satisfies Declarations<SeriesQuestions>;

const SHARED_BY_SERIES: readonly string[] = [
  'comparison',
  'growth',
  'fixCheck',
  'growthSlice',
] satisfies (keyof SeriesQuestions)[];

/** Whether a question is about the series of a snapshot, so that every dump of the series gives the same answer. */
export function isOfSeries(name: string): boolean {
  return SHARED_BY_SERIES.includes(name);
}
