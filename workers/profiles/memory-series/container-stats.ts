import { seriesOf } from '../facts.ts';
import type { ProfileFormat } from '../format.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { type Field, RecordSeries, seriesTotals } from './record-series.ts';

const HEADER = /^CONTAINER(?: ID)? .*MEM USAGE/;
/** `1a2b3c4d5e6f   web   1.23%   201.5MiB / 1.952GiB   10.0% …` */
const ROW = /^([0-9a-f]{12,64})(?: +(\S+))? +[\d.-]+% +([\d.]+)([KMG]?i?B) \/ /;

/** Repeated output of `docker stats`: the memory of containers, without times. */
export const dockerStats: ProfileFormat = {
  id: 'docker-stats',
  label: 'docker stats',
  sniff: ({ lines }) => lines.some(line => HEADER.test(line)) && lines.some(line => ROW.test(line)),
  async read(input) {
    const damage = new DamageLog();
    const records = new RecordSeries();
    const names: string[] = [];
    let fields: Field[] = [];
    const end = () => {
      if (fields.length > 0) records.add(fields, Number.NaN);
      fields = [];
    };
    await forEachLine(input, (line, number) => {
      if (line === '' || HEADER.test(line)) return;
      const row = ROW.exec(line);
      if (row === null) {
        damage.add(number, line, 'not a row for a container');
        return;
      }
      const name = row[2] ?? row[1]!;
      if (!names.includes(name)) names.push(name);
      const key = name === names[0] ? 'memory' : `memory_${name}`;
      // A container that occurs again begins a new sample.
      if (fields.some(field => field.key === key)) end();
      fields.push({ key, value: Number(row[3]), unit: row[4]! });
    });
    end();
    const { series, notes } = records.finish();
    const allNotes = [
      'What docker counts is memory of the whole container, without the cache of files.',
      ...notes,
    ];
    if (names.length > 1) allNotes.push(`${names.length} containers: the column "memory" is of ${names[0]}.`);
    return seriesOf(dockerStats, series, { damage, notes: allNotes, totals: seriesTotals(series) });
  },
};
