import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { excerptOfDump } from '../../testing/fixture-dumps.ts';
import { readRecords } from '../../testing/oracle-ruby-records.ts';
import {
  columnsOfSnapshot,
  differences,
  figuresOfSnapshot,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';
import { recordDetails } from './record-details.ts';

/** The records of a real dump that are valid JSON, so that another program could have read and rewritten them. */
function recordsOf(name: string): Record<string, unknown>[] {
  const lines = Buffer.from(excerptOfDump(name, 400))
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '');
  return lines.flatMap(line => {
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const lines = (records: readonly unknown[], write: (record: unknown) => string, separator = '\n') =>
  records.map(write).join(separator);

/** As Ruby writes it. */
const ruby = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(ruby).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, field]) => `${JSON.stringify(key)}:${ruby(field)}`)
    .join(', ')}}`;
};
/** As Python's json module writes it. */
const python = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'string') {
    return JSON.stringify(value).replace(
      /[\x7f-\uffff]/g,
      char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, field]) => `${JSON.stringify(key)}: ${python(field)}`)
    .join(', ')}}`;
};
const reordered = (order: (a: string, b: string) => number) => (record: unknown) =>
  JSON.stringify(Object.fromEntries(Object.entries(record as object).sort(([a], [b]) => order(a, b))));
const withStrings = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withStrings);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, withStrings(field)]));
};
const shouting = (record: unknown) =>
  ruby(record).replace(
    /"0x([0-9a-f]+)"/g,
    (_, digits: string) => `"0X${digits.toUpperCase().padStart(18, '0')}"`,
  );

const LAYOUTS: readonly (readonly [name: string, write: (records: readonly unknown[]) => string])[] = [
  ['spaces behind colons', records => lines(records, python)],
  ['no spaces', records => lines(records, record => JSON.stringify(record))],
  [
    'keys in alphabetical order',
    records =>
      lines(
        records,
        reordered((a, b) => (a < b ? -1 : 1)),
      ),
  ],
  [
    'keys in reverse order',
    records =>
      lines(
        records,
        reordered((a, b) => (a < b ? 1 : -1)),
      ),
  ],
  ['one record over several lines', records => lines(records, record => JSON.stringify(record, null, 2))],
  [
    'one record over several lines, with tabs and CR LF',
    records => lines(records, record => JSON.stringify(record, null, '\t')).replaceAll('\n', '\r\n'),
  ],
  ['one array', records => JSON.stringify(records)],
  ['one array over several lines', records => JSON.stringify(records, null, 4)],
  ['an array with a record a line', records => `[\n${lines(records, ruby, ',\n')}\n]\n`],
  ['an object around all', records => JSON.stringify({ version: 1, heap: { records } })],
  [
    'an object around each record',
    records => lines(records, record => JSON.stringify({ time: '05:06:07', record })),
  ],
  ['no newlines', records => lines(records, ruby, '')],
  ['record separators', records => lines(records, ruby, '\x1e')],
  ['NUL between records', records => lines(records, ruby, '\0')],
  [
    'unknown keys',
    records =>
      lines(records, record =>
        JSON.stringify({ zone: { a: [1, { b: null }], c: '}{"' }, ...(record as object), extra: [[], {}] }),
      ),
  ],
  [
    'null for absent values',
    records =>
      lines(records, record => python({ file: null, line: null, class: null, ...(record as object) })),
  ],
  ['numbers as strings', records => lines(records, record => python(withStrings(record)))],
  ['addresses in upper case, padded', records => lines(records, shouting)],
];

describe.each(['ruby-2.7', 'ruby-3.1', 'ruby-4.1', 'ruby-3.3-wasm'])('the records of %s', name => {
  const records = recordsOf(name);
  const reference = readSnapshot(bytesOf(lines(records, ruby)));

  test.each(LAYOUTS)('are the same with %s', async (_layout, write) => {
    const bytes = bytesOf(write(records));
    const read = await readSnapshot(bytes);
    const { foreignLines: _lines, ...figures } = figuresOfSnapshot(read);
    const { foreignLines: _none, ...expected } = figuresOfSnapshot(await reference);
    expect(figures).toEqual(expected);
    expect(differences(columnsOfSnapshot(read), columnsOfSnapshot(await reference))).toEqual([]);
    expect(read.snapshot.facts.runtimeVersion).toBe((await reference).snapshot.facts.runtimeVersion);
    expect(read.snapshot.facts.import).toMatchObject({
      skippedRecords: 0,
      rescuedRecords: 0,
      damagedFields: 0,
    });
    // The result does not depend on where slices end.
    const cuts = Array.from({ length: Math.floor(bytes.length / 70_001) }, (_, at) => (at + 1) * 70_001);
    expect(figuresOfSnapshot(await readSnapshot(bytes, { cuts }))).toEqual(figuresOfSnapshot(read));
  });
});

describe('an excerpt in another layout', () => {
  const records = readRecords(excerptOfDump('ruby-4.1', 6)).records.map(({ fields }) => fields);

  test.each(LAYOUTS)('is read the same wherever slices end: %s', async (_layout, write) => {
    const bytes = bytesOf(write(records));
    const whole = figuresOfSnapshot(await readSnapshot(bytes));
    for (let cut = 1; cut < bytes.length; cut += 7) {
      expect(figuresOfSnapshot(await readSnapshot(bytes, { cuts: [cut] }))).toEqual(whole);
    }
  });

  test.each(LAYOUTS)('lets every record be found again: %s', (_layout, write) => {
    const bytes = bytesOf(write(records));
    for (const { address, type, references = [] } of records) {
      if (address === undefined) continue;
      const details = recordDetails(bytes, address);
      expect(details?.fields.find(field => field.name === 'type')?.value).toBe(type);
      expect(details?.references).toEqual(references);
      expect(details!.raw.trimEnd()).toMatch(/^\{[\s\S]*\}$/);
    }
    expect(recordDetails(bytes, '0x12345678')).toBeNull();
  });
});

test('records that another program rewrote are counted; Ruby’s own are not', async () => {
  const records = recordsOf('ruby-4.1');
  const imported = async (text: string) => (await readSnapshot(bytesOf(text))).snapshot.facts.import;
  expect((await imported(lines(records, ruby))).rewrittenRecords).toBe(0);
  expect((await imported(lines(records, python))).rewrittenRecords).toBe(records.length);
  expect((await imported(JSON.stringify(records, null, 2))).rewrittenRecords).toBe(records.length);
});

test('a record right after the rest of a cut string is read, however deep its fields are', async () => {
  const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
  const record = `{"address":"0x7f0000000028", "type":"STRING", "value":"x", "extra":${deep}, "memsize":40}`;
  for (const before of ['{"', '{"name":"', '{"name":"{"', '[1, {"a":{"']) {
    const { snapshot } = await readSnapshot(bytesOf(`${before}${record}\n`));
    expect(snapshot.objects).toBe(1);
    expect(snapshot.facts.shallowBytes).toBe(40);
  }
});

test('records nested in fields are part of the outer record, unless the nesting never ends', async () => {
  const object = (address: number, fields: string) =>
    `{"address":"0x7f00000000${address}", "type":"OBJECT", ${fields}"memsize":40}`;
  const nested = object(28, `"extra":${object(50, `"extra":${object(78, '')}, `)}, `);
  expect((await readSnapshot(bytesOf(`${nested}\n`))).snapshot.objects).toBe(1);
  // Each is cut after the bracket: the next one would be in its list.
  const cut = '{"address":"0x7f0000000028", "type":"ARRAY", "references":[\n';
  const { snapshot } = await readSnapshot(bytesOf(`${cut.repeat(2000)}${object(50, '')}\n`));
  expect(snapshot.objects).toBe(1);
  expect(snapshot.facts.import).toMatchObject({ skippedRecords: 2000, foreignLines: 0 });
});

test('types may be in lower case, or named as in the source of Ruby', async () => {
  const dump = [
    '{"type":"root", "root":"vm", "references":["0x7f28"]}',
    '{"type":"T_ROOT", "root":"vm", "references":["0x7f50"], "memsize":null}',
    '{"address":"0x7f28", "type":"string", "memsize":40}',
    '{"address":"0x7f50", "type":"T_CLASS", "name":"A", "memsize":40}',
    '{"address":"0x7f78", "type":"toString", "memsize":40}',
    '{"\\u0061ddress":"0x7fa0", "type":"T_FUTURE", "memsize":40}\n',
  ];
  const read = await readSnapshot(bytesOf(dump.join('\n')));
  expect(columnsOfSnapshot(read).map(({ type }) => type)).toEqual([
    'STRING',
    'CLASS',
    'toString',
    'T_FUTURE',
  ]);
  expect(read.snapshot.facts.import).toMatchObject({ skippedRecords: 0, damagedFields: 0 });
  expect(read.snapshot.roots.map(({ name }) => name)).toEqual(['vm']);
});

test('texts that another program escaped are unchanged', async () => {
  const record = {
    address: '0x7f28',
    type: 'OBJECT',
    file: 'C:\\temp\\né "x".rb',
    line: 1,
    method: 'é',
    generation: 1,
    memsize: 40,
  };
  const { snapshot } = await readSnapshot(bytesOf(python(record)));
  const texts = [snapshot.sites.file[1]!, snapshot.sites.method[1]!].map(id => snapshot.strings.text(id));
  expect(texts).toEqual(['C:\\temp\\né "x".rb', 'é']);
});

test('what TruffleRuby writes is read', async () => {
  const dump = [
    '{"address":"0x8","class":"0x10","memsize":24,"flags":{},"type":"STRING","bytesize":3,"value":"abc","encoding":"UTF-8"}',
    '{"address":"0x10","class":"0x18","memsize":16,"flags":{},"type":"OBJECT","length":2}',
    '{"address":"0x1c","class":"0x10","memsize":0,"flags":{},"type":"ARRAY","length":7}',
  ].join('\n');
  const read = await readSnapshot(bytesOf(dump));
  expect(
    columnsOfSnapshot(read).map(({ address, type, shallowBytes, length, classAddress }) => [
      address,
      type,
      shallowBytes,
      length,
      classAddress,
    ]),
  ).toEqual([
    ['0x8', 'STRING', 24, 3, '0x10'],
    ['0x10', 'OBJECT', 16, 2, null],
    ['0x1c', 'ARRAY', 0, 7, '0x10'],
  ]);
});
