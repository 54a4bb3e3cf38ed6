import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Histogram, Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { HashFinder } from '../ruby-text/hash-finder.ts';
import { numbersOf, type RubyHash } from '../ruby-text/ruby-value.ts';
import { rowOfPair, TracerTable } from './tracer-table.ts';

/**
 * Results of allocation_tracer: `[count, old_count, total_age, min_age, max_age, total_memsize]` by the requested keys.
 */
export const allocationTracer: ProfileFormat = {
  id: 'allocation-tracer',
  label: 'allocation_tracer result',
  sniff: ({ text }) => {
    const start = text.slice(0, 1 << 16);
    return (
      /\[[^\n]{0,300}\]"?\s*(?:=>|: ?)\s*\[\s*\d+,\s*\d+,\s*\d+,\s*\d+,\s*\d+,\s*\d+\s*\]/.test(start) ||
      HEADER.test(start) ||
      (/"total_memsize"/.test(start) && /"old_count"/.test(start))
    );
  },
  read: readTracer,
};

/** The header that `ObjectSpace::AllocationTracer.trace` prints at exit: tab-separated. */
const HEADER = /^[\w\t]*\bcount\told_count\ttotal_age\tmin_age\tmax_age\ttotal_memsize$/m;

async function readTracer(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const table = new TracerTable();
  const rows = /"rows"\s*:/.test(input.head.text.slice(0, 1 << 12));
  let header: string[] | null = null;
  let results = 0;
  const finder = hashesIn(damage, (hash, line) => {
    results++;
    if (rows) table.addRows(hash, line, damage);
    else for (const pair of hash.pairs) table.add(rowOfPair(pair), line, damage);
  });
  await forEachLine(input, (line, number) => {
    if (HEADER.test(line)) header = line.split('\t');
    else if (header !== null && line.includes('\t'))
      table.addTabbed(header, line.split('\t'), number, damage);
    else finder.line(line, number);
  });
  finder.end();
  const { trees, totals } = table.finish();
  return profileOf(allocationTracer, trees, {
    damage,
    totals,
    notes: [
      'Sizes and ages are those of objects that were freed while tracing: living ones have none here.',
      ...(results > 1 && !rows ? [`The file has ${results} results: shown is what all of them count.`] : []),
    ],
  });
}

/** allocation_tracer's lifetime_table: by type, how many objects died at an age of 0, 1, 2 … GC runs. */
export const lifetimeTable: ProfileFormat = {
  id: 'allocation-tracer-lifetime',
  label: 'allocation_tracer lifetime table',
  sniff: ({ text }) => /^\{?\s*\{?:?"?T_[A-Z]+"?(?:=>|: ?)\s*\[\s*\d+/m.test(text.slice(0, 1 << 14)),
  async read(input) {
    const damage = new DamageLog();
    const builder = new TreeBuilder({
      id: 'type',
      label: 'by type',
      kind: 'groups',
      weights: [{ key: 'objects', label: 'objects', unit: 'count' }],
    });
    const histograms: Histogram[] = [];
    await forEachHash(input, damage, hash => {
      for (const [key, ages] of hash.pairs) {
        if (!Array.isArray(ages)) continue;
        const count = Float64Array.from(ages, age => (typeof age === 'number' ? age : 0));
        const type = String(key);
        const from = Float64Array.from(count.keys());
        histograms.push({ label: `age of ${type} in GC runs`, unit: 'count', from, count });
        builder.add(
          builder.child(ROOT, builder.frame(type)),
          0,
          count.reduce((sum, each) => sum + each, 0),
        );
      }
    });
    const tree = builder.finish();
    const objects = tree.weights[0]!.self.reduce((sum, each) => sum + each, 0);
    return profileOf(lifetimeTable, [tree], { damage, totals: { objects }, histograms });
  },
};

/** allocation_tracer's allocated_count_table, followed by freed_count_table if that was printed, too. */
export const countTable: ProfileFormat = {
  id: 'allocation-tracer-counts',
  label: 'allocation_tracer count table',
  sniff: ({ text }) => /^\s*\{\s*:?"?T_NONE"?\s*(?:=>|:)/.test(text),
  async read(input) {
    const damage = new DamageLog();
    const builder = new TreeBuilder({
      id: 'type',
      label: 'by type',
      kind: 'groups',
      weights: [
        { key: 'allocatedObjects', label: 'allocated objects', unit: 'count' },
        { key: 'freedObjects', label: 'freed objects', unit: 'count' },
      ],
    });
    let tables = 0;
    const sums = [0, 0];
    await forEachHash(input, damage, hash => {
      const at = tables++;
      if (at > 1) return;
      for (const [type, count] of numbersOf(hash)) {
        if (count > 0) builder.add(builder.child(ROOT, builder.frame(type)), at, count);
        sums[at]! += count;
      }
    });
    const [allocatedObjects, freedObjects] = sums as [number, number];
    const totals = tables > 1 ? { allocatedObjects, freedObjects } : { allocatedObjects };
    const notes =
      tables > 1
        ? ['The first table is taken for the allocated objects, the second for the freed ones.']
        : [];
    return profileOf(countTable, [builder.finish()], { damage, totals, notes });
  },
};

async function forEachHash(
  input: TextInput,
  damage: DamageLog,
  each: (hash: RubyHash) => void,
): Promise<void> {
  const finder = hashesIn(damage, each);
  await forEachLine(input, (line, number) => finder.line(line, number));
  finder.end();
}

/** A finder of hashes that logs those that are damaged or cut off. */
function hashesIn(damage: DamageLog, each: (hash: RubyHash, line: number) => void): HashFinder {
  return new HashFinder(
    ({ hash, line }) => {
      each(hash, line);
      if (!hash.complete) damage.add(line, '{', 'the hash is cut off: what follows is missing');
    },
    (line, text, why) => damage.add(line, text, why),
  );
}
