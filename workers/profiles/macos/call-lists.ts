import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { IndentedTree } from '../model/indented-tree.ts';
import type { Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine, forEachLineOfFirst } from '../reading/lines.ts';
import { binaryBytes } from '../reading/quantities.ts';
import { stackFrames, symbolFrame } from './stack-frames.ts';

const WEIGHTS = [
  { key: 'liveBytes', label: 'live bytes', unit: 'bytes' },
  { key: 'liveBlocks', label: 'live blocks', unit: 'count' },
] as const;

/** `8 calls for 131072 bytes: thread_x | start | main | malloc` */
const BY_SIZE = /^\s*(\d+) calls? for (\d+) bytes: *(.*)$/;

/** `malloc_history PID -allBySize` or `-allByCount`: live blocks by call stack, with exact sizes. */
export const mallocBySize: ProfileFormat = {
  id: 'malloc-history-by-size',
  label: 'macOS malloc_history -allBySize or -allByCount',
  sniff: ({ lines }) => lines.some(line => BY_SIZE.test(line)),
  async read(input) {
    const damage = new DamageLog();
    const builder = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights: WEIGHTS });
    const totals = { liveBytes: 0, liveBlocks: 0 };
    await forEachLine(input, (line, number) => {
      const match = BY_SIZE.exec(line);
      if (match === null) {
        if (/^\s*\d+ calls? for/.test(line)) damage.add(number, line, 'not "N calls for N bytes: STACK"');
        return;
      }
      const node = builder.stack(stackFrames(builder, match[3]!));
      builder.add(node, 0, Number(match[2]));
      builder.add(node, 1, Number(match[1]));
      totals.liveBytes += Number(match[2]);
      totals.liveBlocks += Number(match[1]);
    });
    return profileOf(mallocBySize, [builder.finish()], { damage, totals });
  },
};

/**
 * `      + ! 18063 (2263M) thread_start  (in libsystem) + 8  [0x19920eb80]`, prefixed with guide characters for the
 * level.
 */
const NODE = /^([ +!:|]*)(\d+) \(([\d.]+[KMGT]?|[\d.]+ bytes)\) (.*)$/;

/** `malloc_history PID -callTree`. */
export const mallocCallTree: ProfileFormat = {
  id: 'malloc-history-call-tree',
  label: 'macOS malloc_history -callTree',
  sniff: ({ text }) =>
    /^Call graph:\n/m.test(text) && /^\s*\d+ \([\d.]+(?:\S*| bytes)\) << TOTAL >>/m.test(text),
  read: readCallTree,
};

async function readCallTree(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const builder = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights: WEIGHTS });
  const lines = new IndentedTree(builder);
  const totals = { liveBytes: 0, liveBlocks: 0 };
  let inGraph = false;
  const begins = (line: string) => line.startsWith('Call graph:');
  const several = await forEachLineOfFirst(input, begins, (line, number) => {
    if (begins(line)) inGraph = true;
    if (!inGraph) return;
    const match = NODE.exec(line);
    if (match === null) {
      if (/^[ +!:|]+\d+ /.test(line)) damage.add(number, line, 'not "COUNT (SIZE) SYMBOL"');
      return;
    }
    const indent = match[1]!.length;
    const blocks = Number(match[2]);
    const bytes = binaryBytes(match[3]!);
    const parent = lines.parentAt(indent);
    if (parent === null) {
      totals.liveBytes += bytes;
      totals.liveBlocks += blocks;
    }
    const isTotal = match[4]!.startsWith('<< TOTAL >>');
    const node = isTotal ? ROOT : builder.child(parent ?? ROOT, symbolFrame(builder, match[4]!));
    lines.add(indent, node, [bytes, blocks]);
  });
  lines.end();
  return profileOf(mallocCallTree, [builder.finish()], {
    damage,
    totals,
    notes: [...several, 'Counts are exact; sizes are rounded to a few digits by malloc_history.'],
  });
}
