import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { gemOfPath } from '../memory-profiler/gem-of-path.ts';
import { IndentedTree } from '../model/indented-tree.ts';
import type { Opened } from '../model/profile.ts';
import { ROOT, TreeBuilder } from '../model/tree-builder.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLineOfFirst } from '../reading/lines.ts';
import { binaryBytes } from '../reading/quantities.ts';

/** `    yaml: 1.8203 MiB (Also required by: rails/secrets, and 3 others)`, indented by two spaces per level. */
const NODE = /^( *)(\S.*): (-?[\d.]+) (MiB|KiB|GiB|MB)(?: \(Also required by: (.*)\))?\s*$/;

/** Output of derailed's bundle:mem and perf:mem: how much each `require` made the process grow. */
export const derailedMem: ProfileFormat = {
  id: 'derailed-mem',
  label: 'derailed bundle:mem or perf:mem',
  sniff: ({ lines }) => lines.some(isTop),
  read: readRequireTree,
};

function isTop(line: string): boolean {
  return /^TOP: [\d.]+ (MiB|KiB|GiB|MB)/.test(line);
}

async function readRequireTree(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const builder = new TreeBuilder({
    id: 'requires',
    label: 'by require',
    kind: 'requires',
    weights: [{ key: 'rssBytes', label: 'growth of the process (RSS)', unit: 'bytes' }],
  });
  const lines = new IndentedTree(builder);
  let begun = false;
  let total = 0;
  let files = 0;
  const several = await forEachLineOfFirst(input, isTop, (line, number) => {
    const match = NODE.exec(line);
    if (match === null) {
      // Warnings of the application may be between the lines; a truncated line of the tree is damage.
      if (begun && /^ {2,}\S+: [\d.]*\s*[MKG]?i?B?$/.test(line)) {
        damage.add(number, line, 'no size in MiB');
      }
      return;
    }
    const [, blanks, name, amount, unit, others] = match;
    const indent = blanks!.length;
    const bytes = binaryBytes(`${amount} ${unit}`);
    if (Number.isNaN(bytes)) {
      damage.add(number, line, 'no size in MiB');
      return;
    }
    begun = true;
    const parent = lines.parentAt(indent) ?? ROOT;
    if (indent === 0 && name === 'TOP') {
      total += bytes;
      lines.add(indent, ROOT, [bytes]);
      return;
    }
    files++;
    const node = builder.child(parent, builder.frame(name!, '', 0, libraryOf(name!)));
    lines.add(indent, node, [bytes]);
    if (others !== undefined) builder.remark(node, `also required by ${others}`);
  });
  lines.end();
  return profileOf(derailedMem, [builder.finish()], {
    notes: [
      ...several,
      'Sizes are growth of the process (RSS) in MiB, measured around each require: with what it requires itself.',
      'A file counts where it is required first.',
    ],
    damage,
    totals: { rssBytes: total, files },
  });
}

/**
 * The gem of a required file, by its path: active_record for `active_record/railtie`, rack for `/…/gems/rack-2.2.4/…`.
 */
function libraryOf(name: string): string {
  if (!name.startsWith('/')) return name.split('/', 1)[0]!.replace(/\.(?:rb|so|bundle)$/, '');
  return gemOfPath(name).replace(/-\d[\w.]*$/, '');
}
