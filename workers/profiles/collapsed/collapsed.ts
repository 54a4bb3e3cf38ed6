import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import { type CallTree, frameName, pathOf, type Weight } from '../model/call-tree.ts';
import type { Opened } from '../model/profile.ts';
import { TreeBuilder } from '../model/tree-builder.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { forEachLine } from '../reading/lines.ts';

/** `main;run;work 123`: a stack from the outermost function inwards, and its number. */
const LINE = /^(.*\S)\s+(\d+(?:\.\d+)?)\s*$/;

/** Maximum number of lines inspected to recognise the format. */
const LOOKED_AT = 50;

/** Collapsed (folded) stacks, which most profilers can write and most flame graph tools can read. */
export const collapsed: ProfileFormat = {
  id: 'collapsed',
  hasNoOtherContents: true,
  label: 'collapsed stacks',
  sniff: ({ lines }) => {
    const looked = lines.slice(0, LOOKED_AT).filter(line => !line.startsWith('#'));
    const stacks = looked.filter(line => LINE.test(line));
    return stacks.length > 0 && stacks.length === looked.length && stacks.some(line => line.includes(';'));
  },
  read: readCollapsed,
};

async function readCollapsed(input: TextInput): Promise<Opened> {
  const damage = new DamageLog();
  const builder = new TreeBuilder({
    id: 'stacks',
    label: 'call stacks',
    kind: 'calls',
    weights: [{ key: 'samples', label: 'samples', unit: 'units' }],
  });
  const frames = new Map<string, number>();
  let samples = 0;
  await forEachLine(input, (line, number) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const match = LINE.exec(line);
    if (match === null) {
      damage.add(number, line, 'no number after a stack');
      return;
    }
    const stack = match[1]!.split(';').map(name => {
      let frame = frames.get(name);
      if (frame === undefined) {
        frame = builder.frame(name.trim());
        frames.set(name, frame);
      }
      return frame;
    });
    builder.add(builder.stack(stack), 0, Number(match[2]));
    samples += Number(match[2]);
  });
  return profileOf(collapsed, [builder.finish()], {
    damage,
    totals: { samples: Math.round(samples) },
    notes: ['The numbers are whatever the writer of the file counted: samples, bytes or blocks.'],
  });
}

/** A tree as collapsed stacks: one line for each node with a self value. Lines come without line breaks. */
export function* collapsedLines(tree: CallTree, weight: Weight): Generator<string> {
  for (let node = 0; node < tree.parent.length; node++) {
    const own = weight.self[node]!;
    if (own === 0) continue;
    const path = node === 0 ? ['(not listed)'] : pathOf(tree, node);
    // The format itself uses these two characters, so they cannot be part of a name.
    yield `${path.map(name => name.replaceAll(';', ':').replaceAll('\n', ' ')).join(';')} ${own}`;
  }
}

/** A tree as a file for speedscope (https://www.speedscope.app): one profile for each weight. */
export function speedscope(tree: CallTree, name: string): object {
  const frames = Array.from(tree.frames.name.keys(), frame => {
    const file = tree.strings[tree.frames.file[frame]!]!;
    const line = tree.frames.line[frame]!;
    return {
      name: frame === 0 ? '(not listed)' : frameName(tree, frame),
      ...(file === '' ? {} : { file }),
      ...(line === 0 ? {} : { line }),
    };
  });
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'Heapscape',
    name,
    shared: { frames },
    profiles: tree.weights.filter(weight => weight.additive).map(weight => speedscopeProfile(tree, weight)),
  };
}

function speedscopeProfile(tree: CallTree, weight: Weight): object {
  const samples: number[][] = [];
  const weights: number[] = [];
  for (let node = 0; node < tree.parent.length; node++) {
    const own = weight.self[node]!;
    if (own <= 0) continue;
    const stack: number[] = node === 0 ? [0] : [];
    for (let at = node; at !== 0; at = tree.parent[at]!) stack.push(tree.frame[at]!);
    samples.push(stack.reverse());
    weights.push(own);
  }
  return {
    type: 'sampled',
    name: weight.label,
    unit: weight.unit === 'bytes' ? 'bytes' : 'none',
    startValue: 0,
    endValue: weights.reduce((sum, value) => sum + value, 0),
    samples,
    weights,
  };
}
