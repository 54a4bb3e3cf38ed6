import { seriesOf } from '../facts.ts';
import type { ProfileFormat } from '../format.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { isAboutMemory } from './columns.ts';
import { type Field, RecordSeries, seriesTotals } from './record-series.ts';
import { timeIn } from './times.ts';

/** The column names of a header, or null if it is not one about memory. */
function csvHeader(line: string): { names: string[]; separator: string } | null {
  const separator = [',', '\t', ';'].find(each => line.includes(each));
  if (separator === undefined) return null;
  const names = line.split(separator).map(name => name.trim().replace(/^"(.*)"$/, '$1'));
  const named = names.every(name => /^[A-Za-z_@][\w .@#()/-]*$/.test(name));
  return named && isAboutMemory(names) ? { names, separator } : null;
}

/** Maximum number of lines before a header: output of a shell or a program. */
const PREAMBLE_LINES = 10;

/** The header of a table, which may follow other lines. */
function headerIn(lines: readonly string[]): ReturnType<typeof csvHeader> {
  for (const line of lines.slice(0, PREAMBLE_LINES)) {
    const header = csvHeader(line);
    if (header !== null) return header;
  }
  return null;
}

/** Tables with a header: comma-, tab- or semicolon-separated. */
export const memoryCsv: ProfileFormat = {
  id: 'memory-csv',
  label: 'table of GC.stat or memory (CSV)',
  sniff: ({ lines }) => headerIn(lines) !== null,
  async read(input) {
    const damage = new DamageLog();
    const records = new RecordSeries();
    const { names, separator } = headerIn(input.head.lines)!;
    let begun = false;
    await forEachLine(input, (line, number) => {
      if (!begun) {
        begun = csvHeader(line) !== null;
        return;
      }
      // A header between rows: the file was written by several runs.
      if (line === '' || csvHeader(line) !== null) return;
      const values = line.split(separator).map(value => value.trim().replace(/^"(.*)"$/, '$1'));
      if (values.length !== names.length) {
        damage.add(number, line, `${names.length} values were expected`);
        return;
      }
      // The first column with such a name is the clock; GC.stat has a `time` too.
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

/**
 * The output and files of derailed's perf:mem_over_time: one number per line, in MiB. Whole numbers, as from `ps`, are
 * kB.
 */
export const memoryNumbers: ProfileFormat = {
  id: 'memory-numbers',
  label: 'derailed perf:mem_over_time, or one size a line',
  sniff: ({ lines }) => {
    // derailed prints the process before the numbers; warnings of the application may be anywhere.
    const process = lines.findIndex(line => /^PID: \d+$/.test(line));
    if (process >= 0 && lines.filter((line, at) => at > process && NUMBER.test(line)).length > 1) return true;
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
      const match = /^PID: (\d+)/.exec(line);
      if (match !== null) pid = match[1]!;
      else if (NUMBER.test(line)) {
        values.push(Number(line));
        fractions ||= line.includes('.');
      } else if (line.trim() !== '' && values.length > 0) damage.add(number, line, 'not a number');
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
