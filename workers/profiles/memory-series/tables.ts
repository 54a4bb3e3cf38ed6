import { seriesOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { isAboutMemory } from './columns.ts';
import { type Field, RecordSeries, seriesTotals } from './record-series.ts';
import { timeIn } from './times.ts';

/** The columns of a header with names, or null if it is none about memory. */
function csvHeader(line: string): { names: string[]; separator: string } | null {
  const separator = [',', '\t', ';'].find(each => line.includes(each));
  if (separator === undefined) return null;
  const names = line.split(separator).map(name => name.trim().replace(/^"(.*)"$/, '$1'));
  const named = names.every(name => /^[A-Za-z_@][\w .@#()/-]*$/.test(name));
  return named && isAboutMemory(names) ? { names, separator } : null;
}

/** Tables with a header: comma-, tab- or semicolon-separated. */
export const memoryCsv: ProfileFormat = {
  id: 'memory-csv',
  label: 'table of GC.stat or memory (CSV)',
  sniff: ({ lines }) => lines.length > 0 && csvHeader(lines[0]!) !== null,
  async read(input) {
    const damage = new DamageLog();
    const records = new RecordSeries();
    const { names, separator } = csvHeader(input.head.lines[0]!)!;
    let header = true;
    await forEachLine(input, (line, number) => {
      if (line.trim() === '') return;
      if (header) {
        header = false;
        return;
      }
      const values = line.split(separator).map(value => value.trim().replace(/^"(.*)"$/, '$1'));
      if (values.length !== names.length) {
        damage.add(number, line, `${names.length} values were expected`);
        return;
      }
      // A clock is the first column, whatever it is called; GC.stat has a `time` too.
      const clock = /^(time|date|seconds|elapsed|t)$/i.test(names[0]!);
      const time = timeIn(values[0]!);
      const seconds = clock ? (Number.isNaN(time) ? Number(values[0]) : time) : Number.NaN;
      const fields: Field[] = [];
      const texts = new Map<string, string>();
      for (const [at, name] of names.entries()) {
        if (at === 0 && clock) continue;
        const value = values[at]!;
        if (value !== '' && !Number.isNaN(Number(value)))
          fields.push({ key: name, value: Number(value), unit: '' });
        else texts.set(name, value);
      }
      records.add(fields, seconds, texts);
    });
    const { series, notes } = records.finish();
    return seriesOf(memoryCsv, series, { damage, notes, totals: seriesTotals(series) });
  },
};

/** Output of `ps` with an RSS column, taken again and again. */
export const psOutput: ProfileFormat = {
  id: 'ps',
  label: 'ps output with RSS',
  sniff: ({ lines }) => lines.some(line => isPsHeader(line)),
  read: readPs,
};

function isPsHeader(line: string): boolean {
  const names = line.trim().split(/\s+/);
  return names.includes('RSS') && names.length > 0 && names.every(name => /^[%A-Z]+$/.test(name));
}

async function readPs(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const rows: { pid: string; seconds: number; rss: number; vsz: number; sample: number }[] = [];
  let names: string[] = [];
  let sample = 0;
  let seconds = Number.NaN;
  let headers = 0;
  await forEachLine(input, (line, number) => {
    if (line.trim() === '') return;
    if (isPsHeader(line)) {
      names = line.trim().split(/\s+/);
      headers++;
      sample = headers;
      return;
    }
    const values = line.trim().split(/\s+/);
    const number_ = (name: string) => {
      const at = names.indexOf(name);
      return at < 0 ? Number.NaN : Number(values[at]);
    };
    const rss = number_('RSS');
    if (Number.isNaN(rss)) {
      const time = timeIn(line);
      const date = Number.isNaN(time) ? Date.parse(line) / 1000 : time;
      if (Number.isNaN(date)) damage.add(number, line, 'no number below RSS');
      else seconds = date;
      return;
    }
    const pid = String(number_('PID'));
    rows.push({ pid, seconds, rss, vsz: number_('VSZ'), sample });
  });
  const pids = [...new Set(rows.map(row => row.pid))];
  const records = new RecordSeries();
  let fields: Field[] = [];
  let previous = rows[0];
  for (const row of rows) {
    // A new header, or the same process again, begins a new sample.
    const again = fields.some(field => field.key === columnName('rss', row.pid, pids));
    if (previous !== undefined && (row.sample !== previous.sample || again)) {
      records.add(fields, previous.seconds);
      fields = [];
    }
    fields.push({ key: columnName('rss', row.pid, pids), value: row.rss, unit: 'kb' });
    if (!Number.isNaN(row.vsz))
      fields.push({ key: columnName('vsz', row.pid, pids), value: row.vsz, unit: 'kb' });
    previous = row;
  }
  if (fields.length > 0) records.add(fields, previous!.seconds);
  const { series, notes } = records.finish();
  if (pids.length > 1)
    notes.push(`${pids.length} processes: the column without a number is of process ${pids[0]}.`);
  return seriesOf(psOutput, series, { damage, notes, totals: seriesTotals(series) });
}

function columnName(name: string, pid: string, pids: readonly string[]): string {
  return pid === pids[0] ? name : `${name}_${pid}`;
}

/** derailed's perf:mem_over_time and its files: one number a line, in MiB; whole numbers, as of `ps`, are kB. */
export const memoryNumbers: ProfileFormat = {
  id: 'memory-numbers',
  label: 'derailed perf:mem_over_time, or one size a line',
  sniff: ({ lines }) => {
    const start = lines.findIndex(line => NUMBER.test(line));
    if (start < 0) return false;
    const preamble = lines
      .slice(0, start)
      .every(line => /^(Booting|Created database|Method|Endpoint|PID|Running)\b/.test(line));
    return preamble && lines.length - start > 1 && lines.slice(start).every(line => NUMBER.test(line));
  },
  async read(input) {
    const damage = new DamageLog();
    const values: number[] = [];
    let fractions = false;
    let pid = '';
    await forEachLine(input, (line, number) => {
      const told = /^PID: (\d+)/.exec(line);
      if (told !== null) pid = told[1]!;
      else if (NUMBER.test(line)) {
        values.push(Number(line));
        fractions ||= line.includes('.');
      } else if (line.trim() !== '' && values.length > 0) damage.add(number, line, 'no number');
    });
    const records = new RecordSeries();
    for (const value of values)
      records.add([{ key: 'rss', value, unit: fractions ? 'mb' : 'kb' }], Number.NaN);
    const { series } = records.finish();
    return seriesOf(memoryNumbers, series, {
      damage,
      details: [{ label: 'Process', value: pid }],
      notes: [
        fractions
          ? 'One number a line, taken for MiB of RSS; derailed takes one every five seconds.'
          : 'Whole numbers, one a line, taken for kB of RSS, as ps prints.',
      ],
      totals: seriesTotals(series),
    });
  },
};

const NUMBER = /^\s*\d+(?:\.\d+)?\s*$/;
