import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { splitLocation } from '../memory-profiler/gem-of-path.ts';
import type { CallTree } from '../model/call-tree.ts';
import type { Missing, Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder, type WeightSpec } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLineOfFirst } from '../reading/lines.ts';
import { binaryBytes } from '../reading/quantities.ts';

const GENERATION = /^Generation:\s+(\S+) object count: (\d+), mem: ([\d.]+ kb)\s*$/;
const SECTION = /^(allocated by memory|object count|High Ref Counts|Duplicate strings)(?: \((\d+)\))?/;
const ROW = /^\s*(\d+) {2}(.*)$/;

const LIVE_BYTES: WeightSpec = { key: 'liveBytes', label: 'live bytes', unit: 'bytes' };
const LIVE_OBJECTS: WeightSpec = { key: 'liveObjects', label: 'live objects', unit: 'count' };

/** The tables of `heapy read FILE GENERATION`, by the first words of their titles. */
const TABLES: Record<string, { id: string; label: string; weight: WeightSpec }> = {
  'allocated by memory': { id: 'memory', label: 'bytes by file and line', weight: LIVE_BYTES },
  'object count': { id: 'objects', label: 'objects by file and line', weight: LIVE_OBJECTS },
  'High Ref Counts': {
    id: 'references',
    label: 'references by file and line',
    weight: { key: 'references', label: 'references of objects', unit: 'count' },
  },
  'Duplicate strings': {
    id: 'strings',
    label: 'by string',
    weight: { key: 'duplicates', label: 'copies of a string', unit: 'count' },
  },
};

/**
 * Output of heapy read: the summary by generation (also of derailed's perf:heap), or the tables of one generation or of
 * all.
 */
export const heapyRead: ProfileFormat = {
  id: 'heapy-read',
  label: 'heapy read or derailed perf:heap',
  sniff: ({ text }) => /^Analyzing Heap(?: \(Generation: .*\))?\n[=-]{5,}$/m.test(text),
  read: readHeapy,
};

interface Table {
  title: string;
  stated: number | null;
  rows: { value: number; label: string }[];
}

async function readHeapy(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const generations: { name: string; objects: number; bytes: number }[] = [];
  const tables: Table[] = [];
  const stated: { count?: number; memory?: number } = {};
  let generation = '';
  const begins = (line: string) => line.startsWith('Analyzing Heap');
  const several = await forEachLineOfFirst(input, begins, (line, number) => {
    const row = GENERATION.exec(line);
    const section = SECTION.exec(line);
    const chosen = /^Analyzing Heap \(Generation: (.*)\)/.exec(line);
    const sum = /^(Count|Memory): ([\d.]+)( kb)?\s*$/.exec(line);
    if (row !== null) {
      generations.push({ name: row[1]!, objects: Number(row[2]), bytes: binaryBytes(row[3]!) });
    } else if (section !== null) {
      tables.push({
        title: section[1]!,
        stated: section[2] === undefined ? null : Number(section[2]),
        rows: [],
      });
    } else if (chosen !== null) generation = chosen[1]!;
    else if (sum?.[1] === 'Count') stated.count = Number(sum[2]);
    else if (sum?.[1] === 'Memory') stated.memory = binaryBytes(`${sum[2]} kb`);
    else if (/^Generation:/.test(line)) damage.add(number, line, 'no count of objects and no size');
    else {
      const entry = ROW.exec(line);
      if (entry !== null) tables.at(-1)?.rows.push({ value: Number(entry[1]), label: entry[2]! });
    }
  });
  const details = [{ label: 'Generation', value: generation }];
  return generations.length > 0
    ? profileOf(heapyRead, [generationTree(generations)], {
        damage,
        totals: generationTotals(generations, stated),
        notes: [
          ...several,
          'Bytes are those of objects with a generation, rounded to a tenth of a kB: heapy counts none for the others.',
        ],
      })
    : tablesProfile(input, tables, { details, notes: several }, damage);
}

function generationTree(generations: readonly { name: string; objects: number; bytes: number }[]): CallTree {
  const builder = new TreeBuilder({
    id: 'generation',
    label: 'by generation',
    kind: 'groups',
    weights: [{ key: 'tracedBytes', label: 'bytes of traced objects', unit: 'bytes' }, LIVE_OBJECTS],
  });
  for (const { name, objects, bytes } of generations) {
    const node = builder.child(ROOT, builder.frame(name === 'nil' ? 'no generation' : `generation ${name}`));
    builder.add(node, 0, bytes);
    builder.add(node, 1, objects);
  }
  return builder.finish();
}

function generationTotals(
  generations: readonly { objects: number; bytes: number }[],
  stated: { count?: number; memory?: number },
): Totals {
  return {
    liveObjects: stated.count ?? generations.reduce((sum, each) => sum + each.objects, 0),
    tracedBytes: stated.memory ?? generations.reduce((sum, each) => sum + each.bytes, 0),
    generations: generations.length,
  };
}

function tablesProfile(
  input: TextInput,
  tables: readonly Table[],
  facts: { details: { label: string; value: string }[]; notes: string[] },
  damage: DamageLog,
): Opened {
  if (tables.length === 0) {
    input.fail(
      'There is neither a generation nor a table in the output.',
      'Run heapy read again; it may not have ended.',
    );
  }
  const totals: Totals = {};
  const missing: Missing[] = [];
  const trees = tables.map(({ title, stated, rows }) => {
    const { id, label, weight } = TABLES[title]!;
    const builder = new TreeBuilder({ id, label, kind: 'groups', weights: [weight] });
    let listed = 0;
    for (const row of rows) {
      const { file, line } =
        title === 'Duplicate strings' ? { file: row.label, line: 0 } : splitLocation(row.label);
      const fileNode = builder.child(ROOT, builder.frame('', file));
      builder.add(
        line === 0 ? fileNode : builder.child(fileNode, builder.frame('', file, line)),
        0,
        row.value,
      );
      listed += row.value;
    }
    if (stated !== null) {
      totals[weight.key] = stated;
      builder.add(ROOT, 0, Math.max(0, stated - listed));
      if (stated > listed) {
        missing.push({
          total: weight.key,
          amount: stated - listed,
          why: `beyond the ${rows.length} rows of the table`,
        });
      }
    }
    return builder.finish();
  });
  return profileOf(heapyRead, trees, { ...facts, damage, missing, totals });
}
