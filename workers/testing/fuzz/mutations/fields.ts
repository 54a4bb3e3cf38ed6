import {
  type Draft,
  type Loose,
  nonRecordPiece,
  type Piece,
  plainPieces,
  recordPiece,
  rewrittenRecord,
} from '../draft.ts';
import { type Mutation, Stage } from '../mutation.ts';
import type { Random } from '../random.ts';
import { Literal, recordText, type Value, type Values } from '../texts.ts';

/** Numbers that Ruby never writes, or only as the result of an error; all are valid JSON. */
const NUMBERS = [
  '-1',
  '-40',
  '0.5',
  '-0.0',
  '1e3',
  '1E+2',
  '1e400',
  '2147483648',
  '4294967295',
  '4294967297',
  '9007199254740993',
  '1152921504606846976',
  '18446744073709551615',
  '99999999999999999999999999',
];
/** Values of every type. */
const VALUES: readonly Value[] = [
  null,
  true,
  false,
  '',
  '40',
  '0x7f0000000008',
  0,
  7,
  [],
  [[]],
  ['0x10'],
  [1, null],
  {},
  { a: 1 },
];
/** The aspects of an object that each field determines. Other fields determine nothing that is compared. */
const SAYS = new Map<string, readonly Loose[]>(
  Object.entries({
    type: ['type', 'class', 'label', 'references', 'flags', 'length', 'value'],
    class: ['class', 'label', 'references'],
    superclass: ['label'],
    name: ['label'],
    struct: ['label'],
    imemo_type: ['label', 'references', 'flags'],
    singleton: ['label', 'flags'],
    memsize: ['shallowBytes'],
    references: ['references'],
    file: ['site'],
    line: ['site'],
    method: ['site'],
    generation: ['generation'],
    bytesize: ['length'],
    size: ['length'],
    length: ['length'],
    value: ['value', 'flags'],
    flags: ['flags'],
    frozen: ['flags'],
    embedded: ['flags'],
    shared: ['flags'],
    fstring: ['flags'],
    broken: ['flags'],
    encoding: ['encoding'],
    shape_id: ['shape'],
  } satisfies Record<string, Loose[]>),
);
const NUMERIC = ['memsize', 'generation', 'line', 'bytesize', 'size', 'length', 'slot_size', 'shape_id'];
/** Names with a meaning in JavaScript, and types that are unknown or rare. */
const TYPES = [
  'constructor',
  '__proto__',
  'toString',
  'valueOf',
  'WIDGET',
  'ZOMBIE',
  'STRING',
  'CLASS',
  'ICLASS',
];
/** Objects from which others get their class label. */
const CLASSES = ['CLASS', 'MODULE', 'ICLASS'];

type Editable = ReturnType<typeof plainPieces>[number];

const NO_OBJECTS = ['ROOT', 'NONE', 'SHAPE'];

/** Changes some of the records of objects that can be written again. Null leaves a record unchanged. */
function edit(draft: Draft, random: Random, change: (piece: Editable) => Piece | null): Draft {
  const all = plainPieces(draft).filter(({ record }) => !NO_OBJECTS.includes(record.fields.type));
  const chosen = new Set<Piece>(random.sample(all, random.chance(0.1) ? all.length : random.between(1, 5)));
  const pieces = draft.pieces.map(piece =>
    chosen.has(piece) ? (change(piece as Editable) ?? piece) : piece,
  );
  return { ...draft, pieces };
}

function withValue(values: Values, key: string, value: Value): Values {
  return values.map(field => (field[0] === key ? [key, value] : field));
}

function withField(random: Random, values: Values, key: string, value: Value): Values {
  // Address and type stay first, as in Ruby's own layout.
  const at = random.between(Math.min(2, values.length), values.length);
  return [...values.slice(0, at), [key, value], ...values.slice(at)];
}

function withText(record: Editable['record'], key: string, text: string): Piece {
  return recordPiece(rewrittenRecord(record, withValue(record.values, key, text), { [key]: text }));
}

function loosened({ record }: Editable, key: string, value: Value): Editable {
  const loose = new Set([...record.loose, ...(SAYS.get(key) ?? [])]);
  const values = withValue(record.values, key, value);
  return recordPiece({ ...record, clean: recordText(values), values, loose }) as Editable;
}

const impossibleNumber: Mutation = {
  name: 'impossible numbers',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, piece => {
      const keys = piece.record.values.map(([key]) => key).filter(key => NUMERIC.includes(key));
      if (keys.length === 0) return null;
      return loosened(piece, random.pick(keys), new Literal(random.pick(NUMBERS)));
    }),
};

const otherType: Mutation = {
  name: 'fields of other types',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, piece => {
      const keys = piece.record.values.map(([key]) => key).filter(key => key !== 'address');
      return keys.length === 0 ? null : loosened(piece, random.pick(keys), random.pick(VALUES));
    }),
};

const swappedFields: Mutation = {
  name: 'swapped fields',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, piece => {
      const { values } = piece.record;
      const [left, right] = random.sample(
        values.filter(([key]) => key !== 'address'),
        2,
      );
      if (left === undefined || right === undefined) return null;
      const first = loosened(piece, left[0], right[1]);
      return loosened(first, right[0], left[1]);
    }),
};

/** Values that cannot be an address. Nothing can refer to such a record: it may be skipped, but must be counted. */
const impossibleAddress: Mutation = {
  name: 'impossible addresses',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) => {
      const address = BigInt(record.fields.address!);
      const forms: Value[] = [
        `0x${(address + BigInt(random.between(1, 7))).toString(16)}`,
        '0x',
        '0x0',
        'nil',
        '-0x10',
        `0x1${'0'.repeat(16)}`,
        `0x${'f'.repeat(40)}`,
        '0x7f00zz08',
        '',
        0,
        null,
        [],
      ];
      return nonRecordPiece('damaged', recordText(withValue(record.values, 'address', random.pick(forms))));
    }),
};

const unusualAddress: Mutation = {
  name: 'padded, upper-case and large addresses',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) => {
      const digits = record.fields.address!.slice(2);
      const forms = [
        `0x${digits.padStart(16, '0')}`,
        `0x${digits.padStart(random.between(1, 16), '0')}`,
        `0x${digits.toUpperCase()}`,
        `0xffff${digits.slice(-8).padStart(12, '0')}`,
        `0x01${digits.slice(-8).padStart(14, '0')}`,
        `0x7fffff${digits.slice(-6).padStart(6, '0')}`,
      ];
      return withText(record, 'address', random.pick(forms));
    }),
};

const typeName: Mutation = {
  name: 'types of other names',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) =>
      CLASSES.includes(record.fields.type) ? null : withText(record, 'type', random.pick(TYPES)),
    ),
};

const longText: Mutation = {
  name: 'long texts',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) => {
      const keys = ['name', 'file', 'value', 'method', 'struct'].filter(key =>
        record.values.some(([k]) => k === key),
      );
      if (keys.length === 0) return null;
      const key = random.pick(keys);
      // Paths and structs are never escaped.
      const unit = random.pick(
        ['file', 'struct'].includes(key)
          ? ['x', 'é/']
          : ['x', 'é', '"', '\\', '}{', '{"address":"0x10", "type":"', '\u0001'],
      );
      const length = random.chance(0.01) ? 300_000 : random.pick([100, 1000, 9000]);
      const text = unit.repeat(Math.ceil(length / unit.length));
      return withText(record, key, text);
    }),
};

const unknownKeys: Mutation = {
  name: 'unknown keys',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) => {
      const value = random.pick<Value>([
        ...VALUES,
        '{"address":"0x10", "type":"STRING", "memsize":40}',
        '"}',
        { address: '0x10', type: 'STRING' },
        [{ references: ['0x10'], memsize: 7 }],
      ]);
      const key = random.pick(['extra', 'page', 'Key-9', 'é', 'mem', 'addresses', 'constructor']);
      return recordPiece(rewrittenRecord(record, withField(random, record.values, key, value), {}));
    }),
};

const deepNesting: Mutation = {
  name: 'deep nesting',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) => {
      const depth = random.pick([3, 60, 1500]);
      const [open, close] = random.pick([
        ['[', ']'],
        ['{"a":', '}'],
        ['[{"references":', '}]'],
      ]) as [string, string];
      const nested = new Literal(`${open.repeat(depth)}0${close.repeat(depth)}`);
      return recordPiece(rewrittenRecord(record, withField(random, record.values, 'extra', nested), {}));
    }),
};

const invalidUtf8: Mutation = {
  name: 'invalid UTF-8 in values',
  stage: Stage.fields,
  apply: (draft, random) =>
    edit(draft, random, ({ record }) => {
      const bytes = random.pick(['\xff', '\xc3', '\xed\xa0\x80', '\xf0\x9f\x98', '\x80\x80']);
      const at = record.clean.indexOf('"value":"');
      if (at < 0) return null;
      const clean = `${record.clean.slice(0, at + 9)}${bytes}${record.clean.slice(at + 9)}`;
      return recordPiece({ ...record, clean, values: null });
    }),
};

export const FIELD_MUTATIONS: readonly Mutation[] = [
  impossibleNumber,
  otherType,
  swappedFields,
  impossibleAddress,
  unusualAddress,
  typeName,
  longText,
  unknownKeys,
  deepNesting,
  invalidUtf8,
];
