import { grown, trimmed } from '../../model/growable.ts';
import type { Unit } from './units.ts';

/** One measured number over all rows of a series. */
export interface SeriesColumn {
  /** The name in the file, if it has one: "heap_live_slots". */
  name: string;
  unit: Unit;
  /** A counter only grows during the life of its process; a gauge goes up and down. */
  kind: 'gauge' | 'counter';
  /** By row; NaN = no value in the file. */
  values: Float64Array;
}

/** Numbers over time, or in order if the file has no times. */
export interface Series {
  /** Ascending; if times are unknown, 0, 1, 2 … */
  x: { name: string; unit: Unit; values: Float64Array };
  columns: SeriesColumn[];
}

/** The column with a name, or null. */
export function columnOf(series: Series, name: string): SeriesColumn | null {
  return series.columns.find(column => column.name === name) ?? null;
}

/** The column with a name, or the first one whose path ends with it: `gc.heap_live_slots`. Null if there is none. */
export function columnEnding(series: Series, name: string): SeriesColumn | null {
  return columnOf(series, name) ?? series.columns.find(column => column.name.endsWith(`.${name}`)) ?? null;
}

/** Builds a series row by row; columns are created when they are first set. */
export class SeriesBuilder {
  readonly #columns = new Map<string, { unit: Unit; kind: 'gauge' | 'counter'; values: Float64Array }>();
  #x = new Float64Array(64);
  rows = 0;

  /** Begins a row at a time or index. */
  row(x: number): void {
    if (this.rows === this.#x.length) this.#x = grown(this.#x, this.rows + 1);
    this.#x[this.rows++] = x;
  }

  /** Sets a number in the current row. */
  set(name: string, value: number, unit: Unit, kind: 'gauge' | 'counter' = 'gauge'): void {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = { unit, kind, values: new Float64Array(64).fill(Number.NaN) };
      this.#columns.set(name, column);
    }
    const used = column.values.length;
    if (this.rows > used) {
      column.values = grown(column.values, this.rows);
      column.values.fill(Number.NaN, used);
    }
    column.values[this.rows - 1] = value;
  }

  /** Returns the series. `name` and `unit` are those of x. */
  finish(name: string, unit: Unit): Series {
    return {
      x: { name, unit, values: trimmed(this.#x, this.rows) },
      columns: Array.from(this.#columns, ([column, { unit: of, kind, values }]) => {
        const used = values.length;
        const all = used < this.rows ? grown(values, this.rows).fill(Number.NaN, used) : values;
        return { name: column, unit: of, kind, values: trimmed(all, this.rows) };
      }),
    };
  }
}
