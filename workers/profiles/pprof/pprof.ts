import { profileOf } from '../facts.ts';
import type { ProfileFormat, TextInput } from '../format.ts';
import type { Opened } from '../model/profile.ts';
import { TreeBuilder, type WeightSpec } from '../model/tree-builder.ts';
import type { Totals, Unit } from '../model/units.ts';
import { DamageLog } from '../reading/damage-log.ts';
import { wholeBytes } from '../reading/lines.ts';
import {
  fieldsOf,
  messagesOf,
  numberOf,
  numbersOf,
  ProtoError,
  type ProtoField,
  ProtoReader,
} from './protobuf.ts';

/** Field numbers in profile.proto. */
const PROFILE = {
  sampleType: 1,
  sample: 2,
  mapping: 3,
  location: 4,
  function: 5,
  strings: 6,
  comment: 13,
  defaultType: 14,
};
const SAMPLE = { location: 1, value: 2 };
const LOCATION = { id: 1, mapping: 2, address: 3, line: 4 };
const LINE = { function: 1, line: 2 };
const FUNCTION = { id: 1, name: 2, file: 4 };
const MAPPING = { id: 1, start: 2, offset: 4, file: 5 };

/** Go's names of values, and the names used here. */
const KNOWN: Record<string, { key: string; label: string }> = {
  alloc_objects: { key: 'allocatedObjects', label: 'allocated objects' },
  alloc_space: { key: 'allocatedBytes', label: 'allocated bytes' },
  inuse_objects: { key: 'liveObjects', label: 'live objects' },
  inuse_space: { key: 'liveBytes', label: 'live bytes' },
};

/** Profiles of pprof (profile.proto), which Go and many other tools write, with or without gzip. */
export const pprof: ProfileFormat = {
  id: 'pprof',
  hasNoOtherContents: true,
  label: 'pprof profile',
  sniff: ({ bytes }) => looksLikePprof(bytes),
  read: readPprof,
};

/** Fields of a profile that are numbers; all others are messages, strings or packed lists. */
const NUMBERS = new Set([7, 8, 9, 10, 12, 13, 14]);
const LAST_FIELD = 15;
/** Maximum number of fields inspected to recognise the format. */
const LOOKED_AT = 200;

/** The format has no signature: all fields must be those of a profile, and include a sample type. */
function looksLikePprof(bytes: Uint8Array): boolean {
  if (bytes[0]! >> 3 > LAST_FIELD || ![0x0a, 0x12, 0x1a, 0x5a, 0x60, 0x48].includes(bytes[0]!)) return false;
  const reader = new ProtoReader(bytes);
  let types = 0;
  let samples = 0;
  try {
    for (let at = 0; at < LOOKED_AT && !reader.done; at++) {
      const next = reader.next();
      if (next.field > LAST_FIELD || ('value' in next && !NUMBERS.has(next.field))) return false;
      if (next.field === PROFILE.sampleType && 'bytes' in next) {
        if (!fieldsOf(next.bytes).every(each => 'value' in each && each.field <= 2)) return false;
        types++;
      }
      if (next.field === PROFILE.sample) samples++;
    }
  } catch (error) {
    // The head of a long file ends within a field.
    if (!(error instanceof ProtoError)) throw error;
  }
  return types > 0 && samples > 0;
}

async function readPprof(input: TextInput): Promise<Opened> {
  const bytes = await wholeBytes(input);
  const fields: ProtoField[] = [];
  const notes: string[] = [];
  const reader = new ProtoReader(bytes);
  while (!reader.done) {
    const start = reader.at;
    try {
      fields.push(reader.next());
    } catch (error) {
      if (!(error instanceof ProtoError)) throw error;
      return input.fail(
        `The file ends in the middle of a field, at byte ${start} (${error.message}); its names come last and are missing.`,
        'Copy the file again.',
      );
    }
  }
  try {
    return profileFrom(fields, notes);
  } catch (error) {
    if (!(error instanceof ProtoError)) throw error;
    return input.fail(`A part of the profile is damaged: ${error.message}.`, 'Copy the file again.');
  }
}

/** Name of functions whose names were in the missing part of a truncated file. */
const MISSING_NAME = '(missing name)';

function profileFrom(fields: readonly ProtoField[], notes: string[]): Opened {
  const damage = new DamageLog();
  const decoder = new TextDecoder();
  const strings = messagesOf(fields, PROFILE.strings).map(bytes => decoder.decode(bytes));
  let missingNames = 0;
  const text = (index: number) => {
    const found = strings[index];
    if (found === undefined) missingNames++;
    return found ?? MISSING_NAME;
  };
  const types = messagesOf(fields, PROFILE.sampleType).map(bytes => {
    const parts = fieldsOf(bytes);
    return { type: text(numberOf(parts, 1)), unit: text(numberOf(parts, 2)) };
  });
  const order = shownFirst(
    types.map(({ type }) => type),
    text(numberOf(fields, PROFILE.defaultType)),
  );
  const weights = order.map(at => weightOf(types[at]!));
  const builder = new TreeBuilder({ id: 'stacks', label: 'call stacks', kind: 'calls', weights });
  const frames = framesOf(fields, builder, text);
  const sums = types.map(() => 0);
  const samples = messagesOf(fields, PROFILE.sample);
  for (const [number, bytes] of samples.entries()) {
    const parts = fieldsOf(bytes);
    const stack = numbersOf(parts, SAMPLE.location).map(id => frames.get(id));
    const values = numbersOf(parts, SAMPLE.value);
    if (stack.includes(undefined) || values.length !== types.length) {
      damage.add(number + 1, `sample ${number + 1}`, 'a location that is not in the file, or too few values');
      continue;
    }
    // Samples of one stack differ in labels, such as the size of blocks: they are combined in one node.
    const node = builder.stackFromInnermost((stack as number[][]).flat());
    for (const [weight, at] of order.entries()) {
      builder.add(node, weight, values[at]!);
      sums[weight]! += values[at]!;
    }
  }
  const totals: Totals = { samples: samples.length };
  for (const [at, { key }] of weights.entries()) if (key !== MISSING_NAME) totals[key] = sums[at]!;
  if (missingNames > 0) notes.push('The file was cut short: names come last, and some are missing.');
  const all = [...notes, 'Go samples allocations, and scales the values before it writes them.'];
  return profileOf(pprof, [builder.finish()], {
    details: numbersOf(fields, PROFILE.comment).map(comment => ({ label: 'Comment', value: text(comment) })),
    damage,
    totals,
    notes: types.some(({ type }) => KNOWN[type] !== undefined) ? all : notes,
  });
}

/** Indexes of the values in display order: the default first, which is the last one if none is set. */
function shownFirst(types: readonly string[], preferred: string): number[] {
  const named = types.indexOf(preferred);
  const first = named >= 0 ? named : types.length - 1;
  const bytesBefore = (at: number) => (at === first ? 0 : 1);
  return [...types.keys()].sort((a, b) => bytesBefore(a) - bytesBefore(b) || a - b);
}

function weightOf({ type, unit }: { type: string; unit: string }): WeightSpec {
  const known = KNOWN[type];
  const units: Record<string, Unit> = {
    bytes: 'bytes',
    count: 'count',
    milliseconds: 'milliseconds',
    seconds: 'seconds',
  };
  return {
    key: known?.key ?? type,
    label: known?.label ?? `${type} (${unit})`,
    unit: units[unit] ?? 'units',
  };
}

/** The frames of each location, from the innermost outwards: inlined functions come first. */
function framesOf(
  fields: readonly ProtoField[],
  builder: TreeBuilder,
  text: (index: number) => string,
): Map<number, number[]> {
  const functions = new Map<number, { name: string; file: string }>();
  for (const bytes of messagesOf(fields, PROFILE.function)) {
    const parts = fieldsOf(bytes);
    const place = { name: text(numberOf(parts, FUNCTION.name)), file: text(numberOf(parts, FUNCTION.file)) };
    functions.set(numberOf(parts, FUNCTION.id), place);
  }
  const mappings = new Map<number, { file: string; start: number; offset: number }>();
  for (const bytes of messagesOf(fields, PROFILE.mapping)) {
    const parts = fieldsOf(bytes);
    mappings.set(numberOf(parts, MAPPING.id), {
      file: text(numberOf(parts, MAPPING.file)),
      start: numberOf(parts, MAPPING.start),
      offset: numberOf(parts, MAPPING.offset),
    });
  }
  const frames = new Map<number, number[]>();
  for (const bytes of messagesOf(fields, PROFILE.location)) {
    const parts = fieldsOf(bytes);
    const mapping = mappings.get(numberOf(parts, LOCATION.mapping));
    const library = mapping?.file ?? '';
    const lines = messagesOf(parts, LOCATION.line).map(line => {
      const inside = fieldsOf(line);
      const place = functions.get(numberOf(inside, LINE.function));
      return builder.frame(
        place?.name ?? '(unnamed)',
        place?.file ?? '',
        numberOf(inside, LINE.line),
        library,
      );
    });
    const address = numberOf(parts, LOCATION.address);
    const offset = mapping === undefined ? address : address - mapping.start + mapping.offset;
    const module = library.slice(library.lastIndexOf('/') + 1);
    const bare = () =>
      builder.frame(`${module === '' ? '' : `${module}+`}0x${offset.toString(16)}`, '', 0, library);
    frames.set(numberOf(parts, LOCATION.id), lines.length > 0 ? lines : [bare()]);
  }
  return frames;
}
