import { profileOf } from '../facts.ts';
import type { ProfileFormat } from '../format.ts';
import type { CallTree } from '../model/call-tree.ts';
import type { Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { arrayOf, isObject, type Json, numberOr, readJson, textOf } from '../reading/json.ts';
import { forEachLine } from '../reading/lines.ts';

/** Sizes in jemalloc's statistics, by name. */
const SIZES = ['allocated', 'active', 'metadata', 'resident', 'mapped', 'retained'] as const;

type Sizes = Partial<Record<(typeof SIZES)[number], number>>;

/** `Allocated: 90832, active: 114688, metadata: 2913792 (n_thp 0), resident: 2953216, mapped: 6844416, retained: 1544192` */
const LINE = /^Allocated: \d+, active: \d+/;

const NOTES = [
  'allocated: what the program has. active: the pages that hold it. resident: with metadata, and pages that are free but not returned yet. retained: address space kept, without memory behind it.',
];

/** What jemalloc prints with MALLOC_CONF=stats_print:true. */
export const jemallocStats: ProfileFormat = {
  id: 'jemalloc-stats',
  label: 'jemalloc statistics',
  sniff: ({ lines }) =>
    lines.some(line => /^___ Begin jemalloc statistics ___/.test(line) || LINE.test(line)),
  async read(input) {
    const damage = new DamageLog();
    const sizes: Sizes = {};
    let version = '';
    await forEachLine(input, line => {
      const match = /^Version: "?([^"]+)"?$/.exec(line);
      if (match !== null) version = match[1]!;
      // The line is repeated for each arena; the first one has the totals.
      if (!LINE.test(line) || sizes.allocated !== undefined) return;
      for (const name of SIZES) {
        const match = new RegExp(`\\b${name}: (\\d+)`, 'i').exec(line);
        if (match !== null) sizes[name] = Number(match[1]);
      }
    });
    if (sizes.allocated === undefined) {
      input.fail(
        'There is no line "Allocated: …" in the statistics.',
        'They may be cut off: let the program end.',
      );
    }
    return statsProfile(jemallocStats, sizes, [], version, damage);
  },
};

/** The same statistics as JSON, with MALLOC_CONF=stats_print:true,stats_print_opts:J. */
export const jemallocStatsJson: ProfileFormat = {
  id: 'jemalloc-stats-json',
  label: 'jemalloc statistics as JSON',
  sniff: ({ text }) => /^\s*\{\s*"jemalloc"\s*:\s*\{/.test(text),
  async read(input) {
    const json = await readJson(input);
    const all = isObject(json) && isObject(json.jemalloc) ? json.jemalloc : {};
    if (!isObject(all.stats))
      return input.fail('There are no "stats" in the file.', 'Print them without leaving any out.');
    const { stats } = all;
    const sizes: Sizes = {};
    for (const name of SIZES) if (typeof stats[name] === 'number') sizes[name] = numberOr(stats[name], 0);
    const classes = sizeClasses(all);
    return statsProfile(jemallocStatsJson, sizes, classes, textOf(all.version), new DamageLog());
  },
};

/** Number of live blocks of each size: small ones in bins, large ones in separate extents. */
function sizeClasses(all: { [key: string]: Json }): { size: number; blocks: number }[] {
  const arenas = isObject(all.arenas) ? all.arenas : {};
  const merged =
    isObject(all['stats.arenas']) && isObject(all['stats.arenas'].merged) ? all['stats.arenas'].merged : {};
  return (
    [
      ['bin', 'bins', 'curregs'],
      ['lextent', 'lextents', 'curlextents'],
    ] as const
  ).flatMap(([sizes, counts, count]) => {
    const current = arrayOf(merged[counts]);
    return arrayOf(arenas[sizes]).flatMap((entry, at) => {
      const counted = current[at];
      const blocks = isObject(counted) ? numberOr(counted[count], 0) : 0;
      return isObject(entry) && blocks > 0 ? [{ size: numberOr(entry.size, 0), blocks }] : [];
    });
  });
}

function statsProfile(
  format: ProfileFormat,
  sizes: Sizes,
  classes: readonly { size: number; blocks: number }[],
  version: string,
  damage: DamageLog,
): Opened {
  const totals: Totals = { liveBytes: sizes.allocated! };
  for (const name of SIZES) if (sizes[name] !== undefined) totals[`${name}Bytes`] = sizes[name];
  const trees = [residentTree(sizes)];
  if (classes.length > 0) {
    trees.push(classTree(classes));
    totals.liveBlocks = classes.reduce((sum, { blocks }) => sum + blocks, 0);
  }
  return profileOf(format, trees, {
    details: [{ label: 'Version', value: version }],
    damage,
    totals,
    notes: NOTES,
  });
}

/** The parts of the resident memory. */
function residentTree(sizes: Sizes): CallTree {
  const { allocated = 0, active = allocated, metadata = 0, resident = active + metadata } = sizes;
  const builder = new TreeBuilder({
    id: 'resident',
    label: 'what is resident',
    kind: 'groups',
    weights: [{ key: 'residentBytes', label: 'resident bytes', unit: 'bytes' }],
  });
  for (const [name, bytes] of [
    ['allocated by the program', allocated],
    ['unused in active pages (fragmentation)', active - allocated],
    ['metadata of jemalloc', metadata],
    ['free pages that are not returned yet', resident - active - metadata],
  ] as const) {
    builder.add(builder.child(ROOT, builder.frame(name)), 0, Math.max(0, bytes));
  }
  return builder.finish();
}

function classTree(classes: readonly { size: number; blocks: number }[]): CallTree {
  const builder = new TreeBuilder({
    id: 'size',
    label: 'by size of block',
    kind: 'groups',
    weights: [
      { key: 'liveBytes', label: 'live bytes', unit: 'bytes' },
      { key: 'liveBlocks', label: 'live blocks', unit: 'count' },
    ],
  });
  for (const { size, blocks } of classes) {
    const node = builder.child(ROOT, builder.frame(`${size} bytes`));
    builder.add(node, 0, size * blocks);
    builder.add(node, 1, blocks);
  }
  return builder.finish();
}
