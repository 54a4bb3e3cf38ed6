import type { Findings } from '../findings.ts';
import type { GroupingKey } from '../object-set.ts';
import type { HeapPages, PageColour, PageMap, PageOrder } from '../pages.ts';
import type { Report } from '../report.ts';
import type { ThreadRow } from '../rows.ts';
import type { ShapeRow, ShapeSummary } from '../shapes.ts';
import type { Bytes, Count } from '../units.ts';
import { type Declarations, ROWS, type WindowParams } from './declaration.ts';

/** Questions about a heap as a whole. */
export interface HeapQuestions {
  /**
   * The findings about the whole snapshot, in order. `thresholds`: values by name that replace the
   * defaults, see `FindingThreshold`.
   */
  findings: { params: { thresholds?: Readonly<Record<string, number>> }; answer: Findings };
  /**
   * The numbers of the whole snapshot, or with `filter` of the objects that it finds, as `npm run report` prints them.
   * `top`: maximum number of rows of a list, 200 by default; `group`: keys to group by. Rejects with a `FilterError` if
   * the filter cannot be read or answered.
   */
  report: { params: { top?: Count; filter?: string; group?: GroupingKey[] }; answer: Report };
  /** Threads and fibers, and ractors if there are several, sorted by what they keep alive. */
  threads: { params: { limit: Count }; answer: ThreadRow[] };
  /** A summary of the shapes. `top`: maximum number of classes. */
  shapes: { params: { top: Count }; answer: ShapeSummary };
  /** The shapes directly below one, given by its row; null = the outermost ones. */
  shapeTree: { params: { below: number | null }; answer: ShapeRow[] };
  /** The heap's pages and slots as a whole; null for a format without pages. */
  pages: { params: object; answer: HeapPages | null };
  /**
   * A window of the heap's pages, slot by slot; of one slot size, or of all, the smaller first. Without pages for a
   * format that has none.
   */
  pageMap: {
    params: WindowParams & { colour: PageColour; order: PageOrder; slotBytes: Bytes | null };
    answer: PageMap;
  };
}

export const HEAP_QUESTIONS = {
  findings: { about: 'snapshot', limits: {}, cost: 'O(n + e) once for the usual thresholds' },
  report: { about: 'snapshot', limits: { group: 5 }, cost: 'O(n)', takesFilter: true },
  threads: { about: 'snapshot', limits: { limit: ROWS }, cost: 'O(n)' },
  shapes: { about: 'snapshot', limits: { top: ROWS }, cost: 'O(shapes + n) once, O(shapes × variables)' },
  shapeTree: { about: 'snapshot', limits: {}, cost: 'O(shapes + n) once, O(shapes)' },
  pages: { about: 'snapshot', limits: {}, cost: 'O(n) once' },
  pageMap: { about: 'set', limits: { limit: 256 }, cost: 'O(n) once, O(slots of the window · log pages)' },
} as const satisfies Declarations<HeapQuestions>;
