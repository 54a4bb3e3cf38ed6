import { Float64List } from '../model/float64-list.ts';
import { columnEnding, type Series, SeriesBuilder } from '../model/series.ts';
import type { Totals } from '../model/units.ts';
import { memoryColumn } from './columns.ts';
import { timeOfFields } from './times.ts';

/** A number of a record, and the unit after it, if any. */
export interface Field {
  key: string;
  value: number;
  unit: string;
}

/** Numbers that are identifiers, not measurements. */
const IDENTIFIERS = new Set(['pid', 'tid', 'ppid', 'thread', 'index', 'worker', 'jid', 'line']);

/**
 * Collects records of numbers into a series: over time if every record has one, otherwise in order. Memory: eight bytes
 * per number.
 */
export class RecordSeries {
  readonly #builder = new SeriesBuilder();
  /** Seconds since 1970, or since some other start; NaN = the record has no time. */
  readonly #seconds = new Float64List();

  get length(): number {
    return this.#seconds.length;
  }

  /** Adds a record. `seconds`: the time in its line, NaN = none; a time in its fields takes precedence. */
  add(fields: readonly Field[], seconds: number, texts: ReadonlyMap<string, string> = new Map()): void {
    const all = new Map<string, number | string>([
      ...fields.map(each => [each.key, each.value] as const),
      ...texts,
    ]);
    const own = timeOfFields(all);
    this.#builder.row(this.#seconds.length);
    this.#seconds.push(own?.seconds ?? seconds);
    for (const field of fields) {
      if (field.key === own?.key || IDENTIFIERS.has(field.key)) continue;
      const { name, value, unit, kind } = memoryColumn(field.key, field.value, field.unit);
      this.#builder.set(name, value, unit, kind);
    }
  }

  finish(): { series: Series; notes: string[] } {
    const seconds = this.#seconds.trimmed();
    const timed = seconds.length > 0 && seconds.every(second => !Number.isNaN(second));
    if (!timed) {
      const some = seconds.some(second => !Number.isNaN(second));
      const notes = [
        some
          ? 'Not every record has a time: they are shown in their order.'
          : 'The records have no times: they are shown in their order.',
      ];
      return { series: this.#builder.finish('record', 'index'), notes };
    }
    const series = this.#builder.finish('time', 'seconds');
    const ordered = seconds.every((second, row) => row === 0 || second >= seconds[row - 1]!);
    const order = Uint32Array.from(seconds.keys());
    if (!ordered) order.sort((a, b) => seconds[a]! - seconds[b]! || a - b);
    const inOrder = (values: Float64Array) => Float64Array.from(order, row => values[row]!);
    const start = seconds[order[0]!]!;
    return {
      series: {
        x: { ...series.x, values: inOrder(seconds).map(second => second - start) },
        columns: series.columns.map(column => ({ ...column, values: inOrder(column.values) })),
      },
      notes: ordered ? [] : ['Records are not in the order of their times, and were sorted.'],
    };
  }
}

/** Final and maximum values of a series, for columns with a standard name. */
export function seriesTotals(series: Series): Totals {
  const totals: Totals = { samples: series.x.values.length };
  const presentOf = (...names: string[]) => {
    const column = names.map(name => columnEnding(series, name)).find(found => found !== null);
    const values = column?.values.filter(value => !Number.isNaN(value));
    return values === undefined || values.length === 0 ? null : values;
  };
  const rss = presentOf('rss', 'memory_rss');
  const live = presentOf('heap_live_slots', 'heap_live_slot', 'heap_live_num');
  const allocated = presentOf('total_allocated_objects', 'total_allocated_object');
  if (rss !== null) {
    totals.endRssBytes = Math.round(rss.at(-1)!);
    totals.peakRssBytes = Math.round(rss.reduce((most, value) => Math.max(most, value)));
  }
  if (live !== null) totals.liveObjects = live.at(-1)!;
  if (allocated !== null) totals.allocatedObjects = allocated.at(-1)!;
  return totals;
}
