import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { gcStatColumn } from '../memory-series/columns.ts';
import type { CallTree } from '../model/call-tree.ts';
import type { Opened } from '../model/profile.ts';
import { SeriesBuilder } from '../model/series.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { groupedInteger } from '../reading/quantities.ts';

const START = /^Sigdump at (.+) process (\d+) \((.*)\)\s*$/;
const COUNT = /^\s*([\d,]+): (.+)$/;
const STAT = /^\s+(\w+): (\d+)\s*$/;
/** `/app/worker.rb:12:in 'block in run'` */
const FRAME = /^\s{4,}(.+?):(\d+):in [`'](.*)'\s*$/;

/** One dump; a file has one for each signal that the process received. */
interface Dump {
  time: string;
  stat: Map<string, number>;
  types: Map<string, number>;
  classes: Map<string, number>;
  /** From the innermost frame outwards, as in the file. */
  threads: { name: string; file: string; line: number }[][];
}

/** Files that the sigdump gem writes on a signal: threads, GC.stat, objects by type and class. */
export const sigdump: ProfileFormat = {
  id: 'sigdump',
  label: 'sigdump file',
  sniff: ({ lines }) => lines.some(line => START.test(line)),
  read: readSigdump,
};

async function readSigdump(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const dumps: Dump[] = [];
  let process = '';
  let part: 'threads' | 'stat' | 'types' | 'classes' | 'other' = 'other';
  await forEachLine(input, (line, number) => {
    const start = START.exec(line);
    if (start !== null) {
      dumps.push({ time: start[1]!, stat: new Map(), types: new Map(), classes: new Map(), threads: [] });
      process = `${start[2]} (${start[3]})`;
      return;
    }
    const dump = dumps.at(-1);
    if (dump === undefined || line.trim() === '') return;
    if (/^ {2}Thread /.test(line)) {
      part = 'threads';
      dump.threads.push([]);
    } else if (line === '  GC stat:') part = 'stat';
    else if (line === '  Built-in objects:') part = 'types';
    else if (line === '  All objects:') part = 'classes';
    else if (
      /^ {2}(GC profiling result|Total garbage)|^ +(String|Array|Hash) [\d,]+ (bytes|elements|pairs)/.test(
        line,
      )
    ) {
      part = 'other';
    } else if (part !== 'other' && !takeLine(dump, part, line)) {
      damage.add(number, line, `not a line of ${part}`);
    }
  });
  const last = dumps.at(-1);
  if (last === undefined)
    return input.fail('There is no dump in the file.', 'Send the process the signal again.');
  const notes = dumps.length > 1 ? [`The file has ${dumps.length} dumps: the trees show the last one.`] : [];
  const trees = [
    countTree('class', 'by class', last.classes),
    countTree('type', 'by type', last.types),
    threadTree(last),
  ];
  return profileOf(sigdump, trees, {
    details: [{ label: 'Process', value: process }],
    notes,
    damage,
    totals: totalsOf(dumps),
    timeline: timelineOf(dumps),
  });
}

function takeLine(dump: Dump, part: 'threads' | 'stat' | 'types' | 'classes', line: string): boolean {
  if (part === 'threads') {
    const frame = FRAME.exec(line);
    if (frame === null) return false;
    dump.threads.at(-1)?.push({ name: frame[3]!, file: frame[1]!, line: Number(frame[2]) });
    return true;
  }
  if (part === 'stat') {
    const stat = STAT.exec(line);
    if (stat !== null) dump.stat.set(stat[1]!, Number(stat[2]));
    return stat !== null;
  }
  const count = COUNT.exec(line);
  if (count === null) return false;
  dump[part].set(count[2]!, groupedInteger(count[1]!));
  return true;
}

function countTree(id: string, label: string, counts: ReadonlyMap<string, number>): CallTree {
  const weights = [{ key: 'liveObjects', label: 'objects', unit: 'count' as const }];
  const builder = new TreeBuilder({ id, label, kind: 'groups', weights });
  for (const [name, count] of counts) {
    if (name !== 'TOTAL' && name !== 'FREE') builder.add(builder.child(ROOT, builder.frame(name)), 0, count);
  }
  return builder.finish();
}

function threadTree({ threads }: Dump): CallTree {
  const weights = [{ key: 'threads', label: 'threads', unit: 'count' as const }];
  const builder = new TreeBuilder({
    id: 'threads',
    label: 'what threads were doing',
    kind: 'calls',
    weights,
  });
  for (const frames of threads) {
    const ids = frames.map(({ name, file, line }) => builder.frame(name, file, line));
    builder.add(builder.stackFromInnermost(ids), 0, 1);
  }
  return builder.finish();
}

function totalsOf(dumps: readonly Dump[]): Totals {
  const { types, classes, threads } = dumps.at(-1)!;
  const totals: Totals = { snapshots: dumps.length, threads: threads.length };
  const slots = types.get('TOTAL');
  const freeSlots = types.get('FREE');
  if (slots !== undefined && freeSlots !== undefined) {
    return { ...totals, slots, freeSlots, liveObjects: slots - freeSlots };
  }
  return classes.size === 0
    ? totals
    : { ...totals, liveObjects: [...classes.values()].reduce((a, b) => a + b, 0) };
}

function timelineOf(dumps: readonly Dump[]) {
  if (dumps.length < 2) return null;
  const series = new SeriesBuilder();
  const times = dumps.map(dump => Date.parse(dump.time.replace(/ ([-+]\d{4})$/, '$1').replace(' ', 'T')));
  const known = times.every(time => !Number.isNaN(time));
  for (const [row, dump] of dumps.entries()) {
    series.row(known ? (times[row]! - times[0]!) / 1000 : row);
    for (const [key, value] of dump.stat) {
      const { unit, kind } = gcStatColumn(key);
      series.set(key, value, unit, kind);
    }
  }
  return series.finish(known ? 'time' : 'dump', known ? 'seconds' : 'index');
}
