import { seriesOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { SeriesBuilder } from '../model/series.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { HashFinder } from '../ruby-text/hash-finder.ts';
import { numbersOf } from '../ruby-text/ruby-value.ts';

const HEADER = /^\s*Index\s+Invoke Time\(sec\)\s+Use Size\(byte\)\s+Total Size\(byte\)/;
const ROW = /^\s*(\d+)\s+([\d.]+)\s+(\d+)\s+(\d+)\s+(\d+)\s+([\d.]+)\s*$/;

/** The output of GC::Profiler.report, and of its raw_data. */
export const gcProfiler: ProfileFormat = {
  id: 'gc-profiler',
  label: 'GC::Profiler report',
  sniff: ({ lines, text }) =>
    lines.some(line => HEADER.test(line)) || /:?"?GC_INVOKE_TIME"?\s*(?:=>|:)/.test(text.slice(0, 1 << 14)),
  read: readGcProfiler,
};

async function readGcProfiler(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  let rows = new GcRuns();
  let tables = 0;
  const raw = !input.head.lines.some(line => HEADER.test(line));
  const finder = new HashFinder(
    ({ hash, line }) => {
      const numbers = numbersOf(hash);
      const at = numbers.get('GC_INVOKE_TIME');
      if (at === undefined) damage.add(line, '{', 'no GC_INVOKE_TIME');
      else {
        const [use, total, objects] = ['HEAP_USE_SIZE', 'HEAP_TOTAL_SIZE', 'HEAP_TOTAL_OBJECTS'].map(
          key => numbers.get(key) ?? 0,
        ) as [number, number, number];
        rows.add(at, use, total, objects, (numbers.get('GC_TIME') ?? 0) * 1000);
      }
    },
    (line, text, why) => damage.add(line, text, why),
  );
  await forEachLine(input, (line, number) => {
    if (raw) {
      // Removes the brackets of the array around the hashes: each hash is one run.
      finder.line(
        line
          .replace(/^\s*\[\{/, '{')
          .replace(/\}\]\s*$/, '}')
          .replace(/^ (?=\{)/, ''),
        number,
      );
      return;
    }
    const row = ROW.exec(line);
    if (row !== null) {
      const [at, use, total, objects, time] = row.slice(2).map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      rows.add(at, use, total, objects, time);
    } else if (HEADER.test(line)) {
      // A later report repeats the runs of earlier ones, unless they were cleared.
      rows = new GcRuns();
      tables++;
    } else if (tables > 0 && !/^GC \d+ invokes\./.test(line) && line.trim() !== '')
      damage.add(number, line, 'not a row of six numbers');
  });
  finder.end();
  const several = tables > 1 ? [`The file has ${tables} reports: shown is the last.`] : [];
  return rows.finish(damage, several);
}

/** Runs of the garbage collector, in order. */
class GcRuns {
  readonly #series = new SeriesBuilder();
  #zeros = 0;
  #time = 0;

  add(at: number, use: number, total: number, objects: number, milliseconds: number): void {
    this.#series.row(at);
    this.#series.set('gc_time', milliseconds, 'milliseconds');
    this.#time += milliseconds;
    // Runs with zeros for all sizes were not measured.
    if (total === 0) {
      this.#zeros++;
      return;
    }
    this.#series.set('heap_use_size', use, 'bytes');
    this.#series.set('heap_total_size', total, 'bytes');
    this.#series.set('heap_total_objects', objects, 'count');
  }

  finish(damage: DamageLog, several: readonly string[]): Opened {
    const notes =
      this.#zeros === 0 ? [] : [`${this.#zeros} runs have zeros for their sizes, which were not measured.`];
    return seriesOf(gcProfiler, this.#series.finish('time', 'seconds'), {
      damage,
      notes: [...several, ...notes],
      totals: {
        samples: this.#series.rows,
        gcRuns: this.#series.rows,
        gcMicroseconds: Math.round(this.#time * 1000),
      },
    });
  }
}
