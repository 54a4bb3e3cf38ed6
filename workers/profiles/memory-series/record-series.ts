import { type Series, SeriesBuilder } from '../model/series.ts';
import type { Totals } from '../model/units.ts';
import { memoryColumn } from './columns.ts';
import { timeOfFields } from './times.ts';

/** A number of a record, with the unit that stands behind it, if any. */
export interface Field {
  key: string;
  value: number;
  unit: string;
}

/** Gathers records of numbers into a series: over time if every record has one, over their order otherwise. */
export class RecordSeries {
  readonly #rows: { seconds: number; fields: Field[] }[] = [];

  get length(): number {
    return this.#rows.length;
  }

  /** Adds a record. `seconds`: the time that its line says, NaN = none; fields that say one count more. */
  add(fields: readonly Field[], seconds: number, texts: ReadonlyMap<string, string> = new Map()): void {
    const all = new Map<string, number | string>([
      ...fields.map(each => [each.key, each.value] as const),
      ...texts,
    ]);
    const own = timeOfFields(all);
    this.#rows.push({
      seconds: own?.seconds ?? seconds,
      fields: fields.filter(field => field.key !== own?.key && !IDENTIFIERS.has(field.key)),
    });
  }

  finish(): { series: Series; notes: string[] } {
    const builder = new SeriesBuilder();
    const notes: string[] = [];
    const first = this.#rows[0]?.seconds ?? Number.NaN;
    const timed = this.#rows.length > 0 && this.#rows.every(row => !Number.isNaN(row.seconds));
    const ordered =
      timed && this.#rows.every((row, at) => at === 0 || row.seconds >= this.#rows[at - 1]!.seconds);
    if (timed && !ordered) {
      notes.push('Records are not in the order of their times, and were sorted.');
      this.#rows.sort((a, b) => a.seconds - b.seconds);
    }
    const start = timed ? this.#rows[0]!.seconds : first;
    if (!timed) notes.push('Not every record has a time: they are shown in their order.');
    for (const [row, { seconds, fields }] of this.#rows.entries()) {
      builder.row(timed ? seconds - start : row);
      for (const field of fields) {
        const { name, value, unit, kind } = memoryColumn(field.key, field.value, field.unit);
        builder.set(name, value, unit, kind);
      }
    }
    return { series: builder.finish(timed ? 'time' : 'record', timed ? 'seconds' : 'index'), notes };
  }
}

/** Numbers that name something. */
const IDENTIFIERS = new Set(['pid', 'tid', 'ppid', 'thread', 'index', 'worker', 'jid', 'line']);

/** What a series has at its end and at its most, for the columns that are named alike elsewhere. */
export function seriesTotals(series: Series): Totals {
  const totals: Totals = { samples: series.x.values.length };
  for (const { name, values } of series.columns) {
    const present = values.filter(value => !Number.isNaN(value));
    const last = present.at(-1);
    if (last === undefined) continue;
    if (name === 'rss' || name === 'memory_rss' || name === 'sample#memory_rss') {
      totals.endRssBytes = Math.round(last);
      totals.peakRssBytes = Math.round(present.reduce((most, value) => Math.max(most, value)));
    }
    if (/^heap_live_(slots?|num)$/.test(name)) totals.liveObjects = last;
    if (/^total_allocated_objects?$/.test(name)) totals.allocatedObjects = last;
  }
  return totals;
}
