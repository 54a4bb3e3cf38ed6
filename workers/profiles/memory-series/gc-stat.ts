import { seriesOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { HashFinder } from '../ruby-text/hash-finder.ts';
import { numbersOf, type RubyHash } from '../ruby-text/ruby-value.ts';
import { isAboutMemory } from './columns.ts';
import { type Field, RecordSeries, seriesTotals } from './record-series.ts';
import { withSlotPools } from './slot-pools.ts';
import { timeIn } from './times.ts';

/** `sample#memory_rss=168.43MB`, `rss=15108`, `heap_live_slots=28863` */
const ASSIGNMENT = /(?:^|[\s,;#])([A-Za-z_][\w.]*)=(-?\d+(?:\.\d+)?)([A-Za-z]*)(?=[\s,;]|$)/g;
/** `RSS: 123 MB`, `Memory usage: 125,456 KB`, `[MEM] used 1.2 GiB`: a size with its unit after a word for memory. */
const LABELLED =
  /\b(?:rss|(?:resident |process |real )?mem(?:ory)?(?: (?:usage|used|size|footprint))?)\b\s*(?:\([^)]*\))?\s*[:=]?\s*(\d[\d,]*(?:\.\d+)?) ?([KMG]i?B|bytes)\b/i;
/** Puma worker killer: `PumaWorkerKiller: Consuming 54.34765625 mb with master and 2 workers.` */
const CONSUMING = /Consuming ([\d.]+) mb with master and \d+ workers/;

/** GC.stat and memory figures of processes, in hashes, JSON lines or `key=value`, in logs of any kind. */
export const gcStat: ProfileFormat = {
  id: 'gc-stat',
  label: 'GC.stat or memory series',
  sniff: ({ lines }) => {
    const found = new Records();
    for (const [at, line] of lines.entries()) found.line(line, at + 1);
    found.end();
    // One record with a number named "memory" may be anything; GC.stat has unmistakable keys.
    return found.series.length > 1 || found.gcStat;
  },
  read: readGcStat,
};

async function readGcStat(input: TextInput): Promise<Opened> {
  const records = new Records();
  await forEachLine(input, (line, number) => records.line(line, number));
  records.end();
  const { series, notes } = records.series.finish();
  return seriesOf(gcStat, series, {
    damage: records.damage,
    totals: seriesTotals(series),
    notes:
      records.cut === 0
        ? notes
        : [...notes, `${records.cut} records are cut off: they have the keys before that.`],
  });
}

/** Finds records in the lines of a log. Memory is proportional to the numbers in the records. */
class Records {
  readonly series = new RecordSeries();
  readonly damage = new DamageLog();
  /** Whether any record has keys of GC.stat. */
  gcStat = false;
  /** Number of hashes that were cut off. */
  cut = 0;
  readonly #finder: HashFinder;

  constructor() {
    this.#finder = new HashFinder(
      found => this.#hash(found.hash, found.before),
      (line, text, why) => {
        if (/heap_|malloc_|rss/.test(text)) this.damage.add(line, text, why);
      },
    );
  }

  line(line: string, number: number): void {
    if (this.#finder.line(line, number)) return;
    const consuming = CONSUMING.exec(line);
    if (consuming !== null) {
      this.series.add([{ key: 'rss', value: Number(consuming[1]), unit: 'mb' }], timeIn(line));
      return;
    }
    // `Rss:` is a line of /proc/PID/smaps, for one mapping of a process.
    const labelled = line.startsWith('Rss:') ? null : LABELLED.exec(line);
    // heapy prints sizes with small letters; they are sizes of parts of a heap.
    if (labelled !== null && /B$|^bytes$/.test(labelled[2]!)) {
      const value = Number(labelled[1]!.replaceAll(',', ''));
      this.series.add([{ key: 'rss', value, unit: labelled[2]!.toLowerCase() }], timeIn(line));
      return;
    }
    if (!line.includes('=')) return;
    const fields = Array.from(line.matchAll(ASSIGNMENT), ([, key, value, unit]) => ({
      key: key!,
      value: Number(value),
      unit: unit!,
    }));
    if (!isAboutMemory(fields.map(field => field.key))) return;
    this.gcStat ||= hasGcKeys(fields);
    this.series.add(fields, timeIn(line));
  }

  end(): void {
    this.#finder.end();
  }

  #hash(hash: RubyHash, before: string): void {
    const fields = withSlotPools(
      Array.from(numbersOf(hash), ([key, value]): Field => ({ key, value, unit: '' })),
    );
    if (!isAboutMemory(fields.map(field => field.key))) return;
    this.gcStat ||= hasGcKeys(fields);
    if (!hash.complete) this.cut++;
    const texts = hash.pairs.filter(([, value]) => typeof value === 'string');
    this.series.add(
      fields,
      timeIn(before),
      new Map(texts.map(([key, value]) => [String(key), String(value)])),
    );
  }
}

/** Whether fields have names that only GC.stat uses. */
function hasGcKeys(fields: readonly Field[]): boolean {
  return fields.some(({ key }) =>
    /(^|\.)(heap_[a-z]+|total_allocated_objects?|malloc_increase|minor_gc_count)/.test(key),
  );
}
