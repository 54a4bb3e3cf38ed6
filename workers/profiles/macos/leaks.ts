import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Missing, Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import type { Totals } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';

const WEIGHTS = [
  { key: 'leakedBytes', label: 'leaked bytes', unit: 'bytes' },
  { key: 'leakedBlocks', label: 'leaked blocks', unit: 'count' },
] as const;

const SUMMARY = /^Process \d+: (\d+) leaks? for (\d+) total leaked bytes/;
const NODES = /^Process \d+: (\d+) nodes malloced/;
/** `   13 (1.34K) _clients --> ROOT LEAK: <_FileCache 0x1319b9e80> [320]` */
const NODE = /^( *)\d+ \((?:[\d.]+[KMGT]?|\d+ bytes)\) (.*) \[(\d+)\](?: .*)?$/;
/** `Leak: 0x6000000defb0  size=112  zone: Default   GlueTubeManager  C++  CFNetwork` */
const LISTED = /^Leak: 0x[0-9a-f]+ +size=(\d+) +zone: +(\S+)(?:\s+(.*))?$/;
/** `4   dyld   0x18e0a7f28 start + 2236` */
const STACK_FRAME = /^(\d+) +(\S.*?) +0x[0-9a-f]+ (.+?)(?: \+ \d+)?(?: +\(?([^\s():]+):(\d+)\)?)?$/i;

/** Output of macOS `leaks`: unreferenced blocks, as trees of references, or as a list. */
export const leaks: ProfileFormat = {
  id: 'leaks',
  label: 'macOS leaks',
  sniff: ({ lines }) => lines.some(line => /^leaks Report Version: /.test(line) || SUMMARY.test(line)),
  read: readLeaks,
};

async function readLeaks(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const objects = new TreeBuilder({
    id: 'objects',
    label: 'by what holds them',
    kind: 'groups',
    weights: WEIGHTS,
  });
  const stacks = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights: WEIGHTS });
  const path: { indent: number; node: number }[] = [];
  const stated: Totals = {};
  const listed = { bytes: 0, blocks: 0 };
  let stack = ROOT;
  let frames: number[] | null = null;
  const add = (node: number, bytes: number) => {
    for (const [builder, at] of [
      [objects, node],
      [stacks, stack],
    ] as const) {
      builder.add(at, 0, bytes);
      builder.add(at, 1, 1);
    }
    listed.bytes += bytes;
    listed.blocks++;
  };
  await forEachLine(input, (line, number) => {
    const summary = SUMMARY.exec(line);
    const nodes = NODES.exec(line);
    const node = NODE.exec(line);
    const row = LISTED.exec(line);
    if (summary !== null) {
      stated.leakedBlocks = Number(summary[1]);
      stated.leakedBytes = Number(summary[2]);
    } else if (nodes !== null) stated.liveBlocks = Number(nodes[1]);
    else if (/^STACK OF /.test(line)) frames = [];
    else if (frames !== null && /^=+$/.test(line)) {
      // Frames are listed from the outermost one, which has the highest number.
      stack = stacks.stack(frames);
      frames = null;
    } else if (frames !== null) {
      const frame = STACK_FRAME.exec(line);
      if (frame !== null)
        frames.push(stacks.frame(frame[3]!, frame[4] ?? '', Number(frame[5] ?? 0), frame[2]!));
    } else if (node !== null) {
      const indent = node[1]!.length;
      while (path.length > 0 && path.at(-1)!.indent >= indent) path.pop();
      const bytes = Number(node[3]);
      const parent = path.at(-1)?.node ?? ROOT;
      const at = objects.child(parent, objects.frame(className(node[2]!, bytes)));
      path.push({ indent, node: at });
      add(at, bytes);
    } else if (row !== null) {
      const [name, , library] = (row[3] ?? '').split(/ {2,}/);
      const bytes = Number(row[1]);
      const label = name === undefined || name === '' ? className('', bytes) : name;
      add(objects.child(ROOT, objects.frame(label, '', 0, library ?? '')), bytes);
    } else if (/^ *\d+ \([\d.]+/.test(line) && !line.includes('<< TOTAL >>')) {
      damage.add(number, line, 'no size in brackets at its end');
    }
  });
  const trees = [objects.finish()];
  if (stacks.nodes > 1) trees.push(stacks.finish());
  return profileOf(leaks, trees, { damage, totals: stated, missing: missingOf(stated, listed) });
}

/**
 * The name of a block: its class without the address; for a block without a class its size, as other tools print it.
 */
function className(text: string, bytes: number): string {
  const what = text.slice(text.lastIndexOf(' --> ') < 0 ? 0 : text.lastIndexOf(' --> ') + 5);
  const named = /^(?:ROOT (?:LEAK|CYCLE): )?<(.*) 0x[0-9a-f]+>$/i.exec(what);
  return named === null ? `malloc<${bytes}>` : named[1]!;
}

function missingOf(stated: Totals, listed: { bytes: number; blocks: number }): Missing[] {
  const missing: Missing[] = [];
  for (const [total, amount] of [
    ['leakedBytes', listed.bytes],
    ['leakedBlocks', listed.blocks],
  ] as const) {
    const rest = (stated[total] ?? 0) - amount;
    if (rest > 0) missing.push({ total, amount: rest, why: 'leaks that are not listed in the file' });
  }
  return missing;
}
