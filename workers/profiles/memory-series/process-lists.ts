import { seriesOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { type Field, RecordSeries, seriesTotals } from './record-series.ts';
import { timeIn } from './times.ts';

/** Repeated output of `ps` with an RSS column, or of `top -b`. */
export const psOutput: ProfileFormat = {
  id: 'ps',
  label: 'ps or top output with RSS',
  sniff: ({ lines }) => lines.some(line => headerOf(line) !== null),
  read: readLists,
};

/** Column indexes of a list; -1 = it has no such column. */
interface Columns {
  pid: number;
  rss: number;
  vsz: number;
}

/** The columns of a header; null if the line is not a header, or has no resident memory. */
function headerOf(line: string): Columns | null {
  const names = line.trim().split(/\s+/);
  if (!names.every(name => /^[%A-Z+]+$/.test(name))) return null;
  const at = (...wanted: string[]) => names.findIndex(name => wanted.includes(name));
  const columns = { pid: at('PID'), rss: at('RSS', 'RES'), vsz: at('VSZ', 'VIRT') };
  return columns.rss < 0 ? null : columns;
}

/** What `top` prints above its list. */
const TOP_SUMMARY = /^(?:top - |Tasks:|Threads:|%Cpu|[KMG]iB (?:Mem|Swap) ?:)/;
const TOP_TIME = /^top - (\d\d):(\d\d):(\d\d)\b/;
const DAY = 86_400;

const UNITS: Record<string, string> = { '': 'kb', k: 'kb', m: 'mb', g: 'gb' };

/** A size in kilobytes, or with a letter as `top` prints large ones: `1.2g`. Null for other text. */
function sizeField(key: string, text: string | undefined): Field | null {
  const [, value, unit] = /^(\d+(?:\.\d+)?)([kmg]?)$/.exec(text ?? '') ?? [];
  return value === undefined ? null : { key, value: Number(value), unit: UNITS[unit!]! };
}

async function readLists(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const records = new RecordSeries();
  const pids: string[] = [];
  let columns: Columns | null = null;
  let fields: Field[] = [];
  let seconds = Number.NaN;
  let clock = Number.NaN;
  const end = () => {
    if (fields.length > 0) records.add(fields, seconds);
    fields = [];
  };
  await forEachLine(input, (line, number) => {
    if (line.trim() === '') return;
    const header = headerOf(line);
    if (header !== null) {
      end();
      columns = header;
      seconds = clock;
      return;
    }
    const values = line.trim().split(/\s+/);
    const isSummary = TOP_SUMMARY.test(line);
    const rss = columns === null || isSummary ? null : sizeField('rss', values[columns.rss]);
    if (columns === null || rss === null) {
      const time = clockIn(line, clock);
      if (!Number.isNaN(time)) clock = time;
      else if (!isSummary && columns !== null) damage.add(number, line, 'no number below RSS');
      return;
    }
    const pid = columns.pid < 0 ? '' : values[columns.pid]!;
    if (!pids.includes(pid)) pids.push(pid);
    const own = pid === pids[0] ? '' : `_${pid}`;
    // A process that occurs again begins a new sample.
    if (fields.some(({ key }) => key === `rss${own}`)) end();
    if (fields.length === 0) seconds = clock;
    fields.push({ ...rss, key: `rss${own}` });
    const vsz = sizeField(`vsz${own}`, values[columns.vsz]);
    if (vsz !== null) fields.push(vsz);
  });
  end();
  const { series, notes } = records.finish();
  if (pids.length > 1)
    notes.push(`${pids.length} processes: the column without a number is of process ${pids[0]}.`);
  return seriesOf(psOutput, series, { damage, notes, totals: seriesTotals(series) });
}

/** The time in a line between lists, in seconds. `top` prints a time of day, which wraps around at midnight. */
function clockIn(line: string, before: number): number {
  const top = TOP_TIME.exec(line);
  if (top === null) {
    const time = timeIn(line);
    return Number.isNaN(time) ? Date.parse(line) / 1000 : time;
  }
  const [hours, minutes, seconds] = top.slice(1).map(Number) as [number, number, number];
  const time = hours * 3600 + minutes * 60 + seconds;
  const days = Number.isNaN(before) ? 0 : Math.ceil(Math.max(0, before - time) / DAY);
  return time + days * DAY;
}
