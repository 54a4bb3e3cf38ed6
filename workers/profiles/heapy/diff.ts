import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { splitLocation } from '../memory-profiler/gem-of-path.ts';
import type { Missing, Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';

/** `Retained STRING 60 objects of size 2400/10133 (in bytes) at: /srv/app_work.rb:9` */
const ROW = /^(Allocated|Retained) (\S+) (\d+) objects of size (\d+)\/(\d+) \(in bytes\) at: (.*)$/;

/** Output of heapy diff, and of derailed's perf:heap_diff. */
export const heapyDiff: ProfileFormat = {
  id: 'heapy-diff',
  label: 'heapy diff or derailed perf:heap_diff',
  sniff: ({ lines }) => lines.some(line => ROW.test(line)),
  read: readDiff,
};

async function readDiff(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const dumps: { label: string; value: string }[] = [];
  const rows: { type: string; objects: number; bytes: number; place: string }[] = [];
  let side = 'Retained';
  let stated = 0;
  let listed = 0;
  let isOver = false;
  await forEachLine(input, (line, number) => {
    const row = ROW.exec(line);
    if (row !== null) {
      // The rows of a report add up to the total in each of them: rows after that belong to another report.
      isOver ||= listed > 0 && listed === stated;
      if (isOver) return;
      listed += Number(row[4]);
      side = row[1]!;
      rows.push({ type: row[2]!, objects: Number(row[3]), bytes: Number(row[4]), place: row[6]! });
      stated = Number(row[5]);
    } else if (/^(Allocated|Retained) /.test(line)) {
      damage.add(number, line, 'not "TYPE n objects of size n/n (in bytes) at: FILE:LINE"');
    }
    const dump = /^Heap file generated: "(.*)"/.exec(line);
    if (dump !== null) dumps.push({ label: 'Heap dump', value: dump[1]! });
  });
  const word = side.toLowerCase();
  const weights = [
    { key: `${word}Bytes`, label: `${word} bytes`, unit: 'bytes' as const },
    { key: `${word}Objects`, label: `${word} objects`, unit: 'count' as const },
  ];
  const places = new TreeBuilder({
    id: 'location',
    label: 'by file, line and type',
    kind: 'groups',
    weights,
  });
  const types = new TreeBuilder({ id: 'type', label: 'by type', kind: 'groups', weights });
  const sums = { bytes: 0, objects: 0 };
  for (const { type, objects, bytes, place } of rows) {
    const { file, line } = splitLocation(place);
    const fileNode = places.child(ROOT, places.frame('', file));
    const lineNode = line === 0 ? fileNode : places.child(fileNode, places.frame('', file, line));
    for (const [builder, node] of [
      [places, places.child(lineNode, places.frame(type))],
      [types, types.child(types.child(ROOT, types.frame(type)), types.frame('', file, line))],
    ] as const) {
      builder.add(node, 0, bytes);
      builder.add(node, 1, objects);
    }
    sums.bytes += bytes;
    sums.objects += objects;
  }
  const totals: Totals = { [`${word}Bytes`]: stated, [`${word}Objects`]: sums.objects };
  const missing: Missing[] = [];
  if (stated > sums.bytes) {
    const why = 'rows that are not in the file';
    missing.push({ total: `${word}Bytes`, amount: stated - sums.bytes, why });
    places.add(ROOT, 0, stated - sums.bytes);
    types.add(ROOT, 0, stated - sums.bytes);
    delete totals[`${word}Objects`];
  }
  return profileOf(heapyDiff, [types.finish(), places.finish()], {
    details: dumps,
    damage,
    missing,
    totals,
    notes: isOver ? ['The file has several reports: shown is the first.'] : [],
  });
}
