import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { CallTree } from '../model/call-tree.ts';
import type { Opened } from '../model/profile.ts';
import { type Series, SeriesBuilder } from '../model/series.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { HashFinder } from '../ruby-text/hash-finder.ts';
import { numbersOf } from '../ruby-text/ruby-value.ts';

type Counts = Map<string, number>;

/** `{:TOTAL=>78450, :FREE=>1215, :T_OBJECT=>7497, …}` and related tables, printed, pretty-printed or as JSON. */
export const objectSpace: ProfileFormat = {
  id: 'object-space',
  label: 'ObjectSpace counts',
  sniff: ({ text }) => {
    const start = text.slice(0, 1 << 16);
    // A table with T_NONE is from allocation_tracer.
    if (/^\s*\{\s*:?"?T_NONE/.test(start)) return false;
    return (
      /^(?:=> )?[ \t]{0,20}\{?[ \t]{0,8}:?"?(?:TOTAL|T_[A-Z]+)"? ?(?:=>|:) ?-?\d/m.test(start) ||
      /^\s*\{(?:[A-Z][\w:]*|:imemo_\w+)=>\d+,?$/m.test(start)
    );
  },
  read: readCounts,
};

async function readCounts(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  /** Tables with similar keys are the same table at several points in time. */
  const kinds: Counts[][] = [];
  const single: Counts = new Map();
  const finder = new HashFinder(
    ({ hash, line }) => {
      const counts = numbersOf(hash);
      if (!hash.complete) damage.add(line, '{', 'the hash is cut off: what follows is missing');
      if (counts.size === 1)
        for (const [key, value] of counts) single.set(key, (single.get(key) ?? 0) + value);
      else if (counts.size > 1) kindOf(kinds, counts).push(counts);
    },
    (line, text, why) => damage.add(line, text, why),
  );
  await forEachLine(input, (line, number) => finder.line(line, number));
  finder.end();
  // derailed's perf:allocated_objects prints one pair per line.
  const perCall = kinds.length === 0;
  if (perCall) kinds.push([single]);
  const trees = kinds.map((tables, at) => treeOf(tables.at(-1)!, perCall, at));
  const first = kinds[0]!;
  const notes = perCall ? ['Mean difference of one call: may be negative, and no whole number.'] : [];
  if (first.length > 1) notes.push(`The file has ${first.length} such counts: the tree shows the last one.`);
  return profileOf(objectSpace, trees, {
    damage,
    notes,
    totals: perCall ? {} : totalsOf(first.at(-1)!),
    timeline: first.length > 1 ? timelineOf(first) : null,
  });
}

function kindOf(kinds: Counts[][], counts: Counts): Counts[] {
  const same = kinds.find(tables => {
    const known = tables[0]!;
    const shared = [...counts.keys()].filter(key => known.has(key)).length;
    return shared * 2 > counts.size && known.has('FREE') === counts.has('FREE');
  });
  if (same !== undefined) return same;
  const kind: Counts[] = [];
  kinds.push(kind);
  return kind;
}

/** Sizes have a TOTAL, but no FREE; counts of slots have both; tallies of classes have neither. */
function isSizes(counts: Counts): boolean {
  return counts.has('TOTAL') && !counts.has('FREE');
}

function treeOf(counts: Counts, perCall: boolean, at: number): CallTree {
  const weight = isSizes(counts)
    ? { key: 'liveBytes', label: 'bytes', unit: 'bytes' as const }
    : perCall
      ? { key: 'allocatedObjects', label: 'objects a call', unit: 'count' as const }
      : { key: 'liveObjects', label: 'objects', unit: 'count' as const };
  const id = at === 0 ? 'type' : `type-${at + 1}`;
  const builder = new TreeBuilder({ id, label: 'by type', kind: 'groups', weights: [weight] });
  for (const [type, count] of counts) {
    if (type !== 'TOTAL' && type !== 'FREE') builder.add(builder.child(ROOT, builder.frame(type)), 0, count);
  }
  return builder.finish();
}

function totalsOf(counts: Counts): Totals {
  const total = counts.get('TOTAL');
  const free = counts.get('FREE');
  if (isSizes(counts)) return { liveBytes: total! };
  if (total !== undefined && free !== undefined)
    return { slots: total, freeSlots: free, liveObjects: total - free };
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return { liveObjects: sum };
}

function timelineOf(tables: readonly Counts[]): Series {
  const series = new SeriesBuilder();
  for (const [row, counts] of tables.entries()) {
    series.row(row);
    for (const [key, value] of counts) series.set(key, value, isSizes(counts) ? 'bytes' : 'count');
  }
  return series.finish('count', 'index');
}

/** A number from ObjectSpace.memsize_of_all, optionally followed by those of classes: `4233400`, `String: 1305815`. */
export const memsizeOfAll: ProfileFormat = {
  id: 'memsize-of-all',
  label: 'ObjectSpace.memsize_of_all',
  sniff: ({ lines }) =>
    lines.length > 1 && /^\d+$/.test(lines[0]!) && lines.slice(1).every(line => CLASS_SIZE.test(line)),
  async read(input) {
    const damage = new DamageLog();
    const builder = new TreeBuilder({
      id: 'class',
      label: 'by class',
      kind: 'groups',
      weights: [{ key: 'liveBytes', label: 'bytes', unit: 'bytes' }],
    });
    let total = 0;
    let listed = 0;
    await forEachLine(input, (line, number) => {
      const size = CLASS_SIZE.exec(line);
      if (size !== null) {
        builder.add(builder.child(ROOT, builder.frame(size[1]!)), 0, Number(size[2]));
        listed += Number(size[2]);
      } else if (/^\d+$/.test(line)) total = Number(line);
      else if (line.trim() !== '') damage.add(number, line, 'no "Class: bytes"');
    });
    const rest = total - listed;
    if (rest > 0) builder.add(ROOT, 0, rest);
    const missing = rest > 0 ? [{ total: 'liveBytes', amount: rest, why: 'other classes' }] : [];
    return profileOf(memsizeOfAll, [builder.finish()], { damage, missing, totals: { liveBytes: total } });
  },
};

const CLASS_SIZE = /^([A-Z][\w:]*): (\d+)$/;
