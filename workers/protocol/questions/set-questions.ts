import type { GenerationChart } from '../generations.ts';
import type { GroupingKey, ObjectSetSpec } from '../object-set.ts';
import type { HeapHealth, Overview } from '../overview.ts';
import type { GroupRow, ObjectRow, Tally, Window } from '../rows.ts';
import type { DuplicateStringRow, StringSummary } from '../strings.ts';
import type { Count, Generation } from '../units.ts';
import { type Declarations, ROWS, type WindowParams } from './declaration.ts';
import type { DuplicateSortKey, GroupSortKey, ObjectColumn, ObjectSortKey } from './sort-keys.ts';

/** Questions about the objects of a set, as totals, groups and rows. */
export interface SetQuestions {
  /** Totals and top lists of a set. */
  overview: { params: { top: Count }; answer: Overview };
  /** What the bytes of a set are used for. */
  health: { params: object; answer: HeapHealth };
  /** Count and bytes of a set. */
  setSize: { params: object; answer: Tally };
  /** The same for several sets, in their order. */
  setSizes: { params: { sets: ObjectSetSpec[] }; answer: Tally[] };
  /**
   * A window of the groups of a set; with `filter`, of those whose label contains it, ignoring case. Without
   * `overhead`, classes lack the allocation tracer's own table.
   */
  groups: {
    params: WindowParams & {
      key: GroupingKey;
      sort: GroupSortKey;
      descending: boolean;
      filter?: string;
      overhead?: boolean;
    };
    answer: Window<GroupRow>;
  };
  /** A window of the members of a set. `columns`: what the `values` of each row are, in this order. */
  objects: {
    params: WindowParams & { sort: ObjectSortKey; descending: boolean; columns?: ObjectColumn[] };
    answer: Window<ObjectRow>;
  };
  /**
   * Objects by generation, stacked by the eight largest groups of `key` and the rest. `within`: the groups are the
   * largest in these generations.
   */
  generations: {
    params: {
      key: GroupingKey;
      measure: 'bytes' | 'objects';
      within?: { from: Generation; to: Generation };
    };
    answer: GenerationChart;
  };
  /** A summary of the strings of a set; the texts of those that may be equal are read from the file, once. */
  stringSummary: { params: { top: Count }; answer: StringSummary };
  /** A window of the texts that at least two strings of a set have. */
  duplicateStrings: {
    params: WindowParams & { sort: DuplicateSortKey; descending: boolean };
    answer: Window<DuplicateStringRow>;
  };
}

export const SET_QUESTIONS = {
  overview: { about: 'set', limits: { top: 100 }, cost: 'O(n) once for a set, then cached' },
  health: { about: 'set', limits: {}, cost: 'O(n) once for a set, then cached' },
  setSize: { about: 'set', limits: {}, cost: 'O(n) once for a set, then cached' },
  setSizes: { about: 'snapshot', limits: { sets: 100 }, cost: 'O(n) once for each set, then cached' },
  groups: { about: 'set', limits: { limit: ROWS }, cost: 'O(n) once, O(g log g) for an order' },
  objects: { about: 'set', limits: { limit: ROWS, columns: 21 }, cost: 'O(n) once for an order' },
  generations: { about: 'set', limits: {}, cost: 'O(n) once for a set' },
  stringSummary: { about: 'set', limits: { top: ROWS }, cost: 'O(file) once, then O(n) for a set' },
  duplicateStrings: {
    about: 'set',
    limits: { limit: ROWS },
    cost: 'O(file) once, then O(copies) for a set and O(copies + their referrers) for the rows',
  },
} as const satisfies Declarations<SetQuestions>;
