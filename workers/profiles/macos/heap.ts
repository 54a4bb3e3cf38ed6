import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Histogram, Missing, Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';
import { binaryBytes } from '../reading/quantities.ts';

const WEIGHTS = [
  { key: 'liveBytes', label: 'live bytes', unit: 'bytes' },
  { key: 'liveBlocks', label: 'live blocks', unit: 'count' },
] as const;

/** `All zones: 19103 nodes (2662832 bytes)`, and `Zone DefaultMallocZone_0x1: 3 nodes (96 bytes)`. */
const SUM = /^(All zones|Zone .*): (\d+) nodes? \((\d+) bytes\)/;
const SIZES = /^(All zones|Zone .*): \d+ nodes malloced .*Sizes: (.*)$/;
const ROW = /^\s*(\d+)\s+(\d+)\s+[\d.]+\s+(\S.*)$/;
/** Name, type and binary; the last two are in columns, unless the name is too long. */
const NAMED = /^(.*?)\s+(ObjC|Swift|CFType|C\+\+|C|Block|ObjC\/Swift)\s+(\S.*)$/;

/** Output of macOS `heap`: live blocks by class, and by size. */
export const macosHeap: ProfileFormat = {
  id: 'macos-heap',
  label: 'macOS heap',
  sniff: ({ lines }) => lines.some(line => SUM.test(line) || SIZES.test(line)),
  read: readHeap,
};

async function readHeap(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const rows: { zone: string; blocks: number; bytes: number; name: string }[] = [];
  const sums = new Map<string, { blocks: number; bytes: number }>();
  let zone = 'All zones';
  let sizes: Histogram | null = null;
  let table = false;
  await forEachLine(input, (line, number) => {
    const sum = SUM.exec(line);
    const listed = SIZES.exec(line);
    const row = table ? ROW.exec(line) : null;
    if (sum !== null) {
      zone = sum[1]!;
      sums.set(zone, { blocks: Number(sum[2]), bytes: Number(sum[3]) });
      table = false;
    } else if (listed !== null) {
      if (sizes === null || listed[1] === 'All zones') sizes = sizesOf(listed[2]!);
    } else if (/^\s*COUNT\s+BYTES\s+AVG\s+CLASS_NAME/.test(line)) table = true;
    else if (row !== null) rows.push({ zone, blocks: Number(row[1]), bytes: Number(row[2]), name: row[3]! });
    else if (table && line.trim() !== '' && !/^[\s=]+$/.test(line))
      damage.add(number, line, 'not a row of the table');
  });
  // Old versions list each zone and then all zones: if there is a sum of all zones, only that one counts.
  const all = sums.get('All zones');
  const counted = rows.filter(row => (all === undefined ? true : row.zone === 'All zones'));
  const builder = new TreeBuilder({
    id: 'class',
    label: 'by binary and class',
    kind: 'groups',
    weights: WEIGHTS,
  });
  const shown = { blocks: 0, bytes: 0 };
  for (const { blocks, bytes, name } of counted) {
    const named = NAMED.exec(name);
    const binary = named?.[3]?.trim() ?? '(no binary)';
    const parent = builder.child(ROOT, builder.frame(binary, '', 0, binary));
    const node = builder.child(parent, builder.frame(named?.[1] ?? name.trim(), '', 0, binary));
    builder.add(node, 0, bytes);
    builder.add(node, 1, blocks);
    shown.blocks += blocks;
    shown.bytes += bytes;
  }
  const whole =
    all ??
    [...sums.values()].reduce((a, b) => ({ blocks: a.blocks + b.blocks, bytes: a.bytes + b.bytes }), shown);
  const missing: Missing[] = [];
  for (const [at, measure] of (['bytes', 'blocks'] as const).entries()) {
    const rest = whole[measure] - shown[measure];
    if (rest <= 0) continue;
    missing.push({ total: WEIGHTS[at]!.key, amount: rest, why: 'classes that are not listed' });
    builder.add(ROOT, at, rest);
  }
  return profileOf(macosHeap, [builder.finish()], {
    damage,
    missing,
    totals: { liveBytes: whole.bytes, liveBlocks: whole.blocks },
    histograms: sizes === null ? [] : [sizes],
  });
}

/** `96KB[2] 18KB[1] 1008[12]`: sizes, and the number of blocks of each. */
function sizesOf(text: string): Histogram {
  const sizes = Array.from(text.matchAll(/([\d.]+[KMG]?B?)\[(\d+)\]/g), ([, size, count]) => ({
    from: binaryBytes(size!.replace(/B$/, '')),
    count: Number(count),
  })).sort((a, b) => a.from - b.from);
  return {
    label: 'sizes of live blocks',
    unit: 'bytes',
    from: Float64Array.from(sizes, each => each.from),
    count: Float64Array.from(sizes, each => each.count),
  };
}
