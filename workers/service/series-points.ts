import { columnOf, type Series } from '../profiles/model/series.ts';
import type { SeriesPoints, SeriesRow } from '../protocol/profile-questions.ts';

/** One row of a series, with all its columns. */
export function rowAt(series: Series, row: number): SeriesRow {
  return { x: series.x.values[row]!, values: series.columns.map(column => column.values[row]!) };
}

/**
 * Columns to draw. If there are more rows than `maxPoints`, each run of rows is represented by the rows with the
 * lowest and the highest value of each column, so that no peak is lost. O(rows × columns).
 */
export function pointsOf(series: Series, names: readonly string[], maxPoints: number): SeriesPoints {
  const columns = names.map(name => {
    const column = columnOf(series, name);
    if (column === null) throw new Error(`There is no column ${name} in this file.`);
    return column.values;
  });
  const kept = keptRows(series.x.values.length, columns, maxPoints);
  return {
    x: Float64Array.from(kept, row => series.x.values[row]!),
    columns: columns.map(values => Float64Array.from(kept, row => values[row]!)),
  };
}

function keptRows(rows: number, columns: readonly Float64Array[], maxPoints: number): number[] {
  if (rows <= maxPoints) return Array.from({ length: rows }, (_, row) => row);
  // The first and last row, and two rows per column for each run.
  const stretches = Math.max(1, Math.floor((maxPoints - 2) / Math.max(1, 2 * columns.length)));
  const kept = new Set([0, rows - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * rows) / stretches);
    const to = Math.floor(((stretch + 1) * rows) / stretches);
    for (const values of columns) addExtremes(kept, values, from, to);
  }
  return [...kept].sort((a, b) => a - b);
}

function addExtremes(kept: Set<number>, values: Float64Array, from: number, to: number): void {
  let lowest = -1;
  let highest = -1;
  for (let row = from; row < to; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || value < values[lowest]!) lowest = row;
    if (highest < 0 || value > values[highest]!) highest = row;
  }
  if (lowest >= 0) kept.add(lowest);
  if (highest >= 0) kept.add(highest);
}
