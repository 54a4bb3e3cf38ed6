import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { TreeBuilder, type WeightSpec } from '../model/tree-builder.ts';
import type { Totals, Unit } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { arrayOf, isObject, type Json, numberOr, readJson, textOf } from '../reading/json.ts';
import { addressedFrame } from './frame-text.ts';

/** Profiles of DHAT, version 2: from Valgrind in all modes, and from the Rust crate dhat. */
export const dhat: ProfileFormat = {
  id: 'dhat',
  hasNoOtherContents: true,
  label: 'DHAT',
  sniff: ({ text }) => /"dhatFileVersion"\s*:/.test(text.slice(0, 1 << 12)),
  read: readDhat,
};

/** A weight, and how to read its value from a program point. */
interface DhatWeight extends WeightSpec {
  of(point: { [key: string]: Json }): number;
}

async function readDhat(input: TextInput): Promise<Opened> {
  const json = await readJson(input);
  if (!isObject(json) || !Array.isArray(json.pps) || !Array.isArray(json.ftbl)) {
    return input.fail(
      'The file has no program points ("pps") or no frames ("ftbl").',
      'Take the profile again.',
    );
  }
  if (json.dhatFileVersion !== 2) {
    const isOlder = numberOr(json.dhatFileVersion, 0) < 2;
    input.fail(
      `The file is of version ${textOf(json.dhatFileVersion) || numberOr(json.dhatFileVersion, 0)}; version 2 can be read.`,
      isOlder
        ? 'Use Valgrind 3.17 or newer.'
        : 'Heapscape does not know this version yet: use an older Valgrind.',
    );
  }
  const damage = new DamageLog();
  const weights = weightsOf(json);
  const builder = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights });
  const frames = json.ftbl.map(text => {
    const { name, file, line, library } = addressedFrame(textOf(text));
    return builder.frame(name, file, line, library);
  });
  const sums = weights.map(() => 0);
  for (const [at, point] of json.pps.entries()) {
    const stack = isObject(point) ? arrayOf(point.fs).map(frame => frames[numberOr(frame, -1)]) : [undefined];
    if (!isObject(point) || stack.some(frame => frame === undefined)) {
      damage.add(at + 1, JSON.stringify(point), 'a program point with a frame that is not in the table');
      continue;
    }
    // ftbl[0] is "[root]", which represents the whole profile.
    const node = builder.stackFromInnermost((stack as number[]).filter(frame => frame !== frames[0]));
    for (const [weight, { of }] of weights.entries()) {
      const value = of(point);
      builder.add(node, weight, value);
      sums[weight]! += value;
    }
  }
  const totals: Totals = { points: json.pps.length };
  for (const [at, { key, additive }] of weights.entries()) if (additive !== false) totals[key] = sums[at]!;
  return profileOf(dhat, [builder.finish()], {
    details: [
      { label: 'Command', value: textOf(json.cmd) },
      { label: 'Mode', value: textOf(json.mode) },
      { label: 'End', value: `${numberOr(json.te, 0)} ${textOf(json.tu)}` },
    ],
    damage,
    totals,
    notes: notesOf(json),
  });
}

/** The weights of a profile, which depend on its mode, and on whether it has lifetimes and accesses. */
function weightsOf(json: { [key: string]: Json }): DhatWeight[] {
  const mode = textOf(json.mode);
  const [bytes, blocks, unit] = nameOf(mode);
  const field = (name: string) => (point: { [key: string]: Json }) => numberOr(point[name], 0);
  const weights: DhatWeight[] = [
    { key: bytes, label: words(bytes), unit, of: field('tb') },
    { key: blocks, label: words(blocks), unit: 'count', of: field('tbk') },
  ];
  const average = (point: { [key: string]: Json }) =>
    numberOr(point.tl, 0) / Math.max(1, numberOr(point.tbk, 0));
  if (json.bklt === true) {
    const threshold = numberOr(json.tuth, 0);
    weights.push(
      { key: 'peakBytes', label: 'bytes at the peak', unit: 'bytes', of: field('gb') },
      { key: 'peakBlocks', label: 'blocks at the peak', unit: 'count', of: field('gbk') },
      { key: 'endBytes', label: 'bytes at the end', unit: 'bytes', of: field('eb') },
      { key: 'endBlocks', label: 'blocks at the end', unit: 'count', of: field('ebk') },
      {
        key: 'ownPeakBytes',
        label: "bytes at the site's own peak",
        unit: 'bytes',
        additive: false,
        of: field('mb'),
      },
      { key: 'lifetime', label: 'lifetimes of all blocks', unit: timeUnit(json), of: field('tl') },
      {
        key: 'shortLivedBytes',
        label: 'bytes of short-lived blocks',
        unit: 'bytes',
        of: point => (average(point) < threshold ? numberOr(point.tb, 0) : 0),
      },
    );
  }
  if (json.bkacc === true) {
    weights.push(
      { key: 'readBytes', label: 'bytes read', unit: 'bytes', of: field('rb') },
      { key: 'writtenBytes', label: 'bytes written', unit: 'bytes', of: field('wb') },
      {
        key: 'neverReadBytes',
        label: 'bytes of blocks never read',
        unit: 'bytes',
        of: point => (numberOr(point.rb, 0) === 0 ? numberOr(point.tb, 0) : 0),
      },
    );
  }
  return weights;
}

function nameOf(mode: string): [string, string, Unit] {
  if (mode.endsWith('ad-hoc')) return ['units', 'events', 'units'];
  if (mode === 'copy') return ['copiedBytes', 'copies', 'bytes'];
  return ['allocatedBytes', 'allocatedBlocks', 'bytes'];
}

function words(key: string): string {
  return key.replace(/([A-Z])/g, ' $1').toLowerCase();
}

function timeUnit(json: { [key: string]: Json }): Unit {
  const unit = textOf(json.tu);
  return unit === 'instrs' ? 'instructions' : unit === 'µs' ? 'microseconds' : 'ticks';
}

function notesOf(json: { [key: string]: Json }): string[] {
  if (json.bklt !== true) return [];
  const threshold = `${numberOr(json.tuth, 0)} ${textOf(json.tu)}`;
  return [`Short-lived blocks: sites whose blocks live less than ${threshold} on average.`];
}
