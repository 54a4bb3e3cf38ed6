import { columnEnding, type Series, type SeriesColumn } from './series.ts';
import { judge, type Verdict } from './verdict.ts';

/**
 * Columns that show whether a process grows, the most reliable first: memory seen by the system, by the allocator, by
 * the garbage collector.
 */
const MAIN_COLUMNS = [
  'liveBytes',
  'heap',
  'rss',
  'memory_rss',
  'heap_use_size',
  'old_objects',
  'old_object',
  'heap_live_slots',
  'heap_live_slot',
  'heap_live_num',
  'heap_eden_slots',
  'heap_allocated_pages',
  'heap_used',
];

/** The column of a series that is judged, and shown initially; null if none is about memory. */
export function mainColumn(series: Series): SeriesColumn | null {
  for (const name of MAIN_COLUMNS) {
    const column = columnEnding(series, name);
    if (column !== null) return column;
  }
  return series.columns.find(column => column.unit === 'bytes' && column.kind === 'gauge') ?? null;
}

/**
 * Columns shown initially beside the main column: what is live, free, old, allocated by malloc, and seen by the system.
 */
const SHOWN_COLUMNS = [
  'heap_live_slots',
  'heap_live_slot',
  'heap_live_num',
  'heap_free_slots',
  'heap_free_slot',
  'old_objects',
  'old_object',
  'malloc_increase_bytes',
  'malloc_increase',
  'rss',
  'memory_rss',
  'extra',
  'stacks',
];

/** The columns of a series that are shown initially, the main one first; at most six, none of which is 0 throughout. */
export function shownColumns(series: Series): SeriesColumn[] {
  const main = mainColumn(series) ?? series.columns[0];
  if (main === undefined) return [];
  const others = SHOWN_COLUMNS.flatMap(name => columnEnding(series, name) ?? []);
  return [main, ...others.filter(column => column !== main && column.values.some(value => value > 0))].slice(
    0,
    6,
  );
}

/** The verdict on the main column, or null if there is none. */
export function judgeMain(series: Series): Verdict | null {
  const column = mainColumn(series);
  return column === null ? null : judge(series, column);
}
