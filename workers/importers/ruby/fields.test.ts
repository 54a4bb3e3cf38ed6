import { describe, expect, test } from 'vitest';
import { columnsOfSnapshot, figuresOfSnapshot, readSnapshot } from '../../testing/snapshot-columns.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readSnapshot(bytesOf(text));

/** A root, an object with the given fields, and a string that only that object refers to. */
const heap = (fields: string, head = '"address":"0x7f0000000028", "type":"DATA"') =>
  [
    '{"type":"ROOT", "root":"vm", "references":["0x7f0000000028"]}',
    `{${head}, ${fields}}`,
    '{"address":"0x7f0000000050", "type":"STRING", "memsize":20000}',
    '',
  ].join('\n');
const REFERENCES = '"references":["0x7f0000000050"]';

describe('an impossible value affects only its own field', () => {
  test.each([
    ['memsize', '18446744073709551615'],
    ['memsize', '1152921504606846976'],
    ['memsize', '9007199254740992'],
    ['memsize', '-40'],
    ['memsize', '40.5'],
    ['memsize', '1e400'],
    ['memsize', 'null'],
    ['memsize', 'true'],
    ['memsize', '"forty"'],
    ['memsize', '[40]'],
    ['memsize', '{"bytes":40}'],
  ])('%s %s', async (field, value) => {
    const { snapshot, retention } = await read(
      heap(`${REFERENCES}, "${field}":${value}, "flags":{"old":true}`),
    );
    expect(snapshot.objects).toBe(2);
    expect(snapshot.facts.shallowBytes).toBe(20_000);
    expect(retention.retained[1]).toBe(20_000);
    expect(snapshot.facts.import).toMatchObject({ damagedFields: 1, skippedRecords: 0, rescuedRecords: 0 });
    const shown = value.replace(/^["[{]|["\]}]$/g, '');
    expect(snapshot.facts.import.damaged).toEqual([{ line: 2, offset: 62, field, value: shown }]);
  });

  test.each([
    ['line', '4294967296'],
    ['line', '-1'],
    ['line', '1.5'],
    ['line', '"one"'],
    ['generation', '2147483648'],
    ['generation', '4294967297'],
    ['generation', '18446744073709551616'],
    ['generation', '-3'],
    ['length', '18446744073709551615'],
    ['bytesize', '-1'],
    ['size', '"many"'],
    ['slot_size', '18446744073709551615'],
    ['slot_size', '1e400'],
    ['class', '"0x"'],
    ['class', '"Object"'],
    ['class', '"0x1ffffffffffffffff"'],
    ['class', '12'],
    ['superclass', '["0x7f0000000050"]'],
    ['references', '["0x7f0000000050", "0xzz", 7, null]'],
    ['references', '"0x7f0000000050"'],
    ['frozen', '"yes"'],
    ['flags', '[]'],
  ])('%s %s', async (field, value) => {
    const rest = field === 'references' ? '' : `${REFERENCES}, `;
    const { snapshot, retention } = await read(heap(`${rest}"${field}":${value}, "memsize":40`));
    const listed = field !== 'references' || value.startsWith('[');
    expect(snapshot.objects).toBe(2);
    expect(retention.retained[1]).toBe(listed ? 20_040 : 40);
    expect(snapshot.facts.import).toMatchObject({ damagedFields: 1, skippedRecords: 0, rescuedRecords: 0 });
    expect(snapshot.facts.import.damaged[0]!.field).toBe(field);
    const [object] = columnsOfSnapshot({ snapshot, retention });
    expect(object).toMatchObject({ line: 0, generation: null, length: null, classAddress: null });
  });

  test('the largest values that columns can hold are exact', async () => {
    const read2 = await read(
      heap(
        '"length":4294967294, "file":"a.rb", "line":4294967295, "generation":2147483647, "memsize":9007199254740991',
      ),
    );
    const [object] = columnsOfSnapshot(read2);
    expect(object).toMatchObject({
      length: 4294967294,
      line: 4294967295,
      generation: 2147483647,
      shallowBytes: 2 ** 53 - 1,
    });
    expect(read2.snapshot.facts.import.damagedFields).toBe(0);
  });

  test.each([
    ['"T_NEW"', 'T_NEW', 0],
    ['"constructor"', 'constructor', 0],
    ['"__proto__"', '__proto__', 0],
    ['5', 'UNKNOWN', 1],
    ['null', 'UNKNOWN', 1],
    ['["STRING"]', 'UNKNOWN', 1],
    ['""', 'UNKNOWN', 1],
  ])('type %s is %s', async (value, type, damagedFields) => {
    const { snapshot, retention } = await read(
      heap(`${REFERENCES}, "memsize":40`, `"address":"0x7f0000000028", "type":${value}`),
    );
    expect(columnsOfSnapshot({ snapshot, retention })[0]).toMatchObject({ type, retainedBytes: 20_040 });
    expect(snapshot.facts.import).toMatchObject({ damagedFields, skippedRecords: 0 });
  });

  test('a record whose address is missing or cannot be read is skipped and counted', async () => {
    const { snapshot } = await read(
      `${heap('"memsize":40')}{"address":"nowhere", "type":"STRING", "memsize":40}\n{"type":"ARRAY", "memsize":40}\n{"address":"0x7f0000000078", "memsize":40}\n{"type":"ROOT"}\n`,
    );
    expect(snapshot.facts.import).toMatchObject({ skippedRecords: 4, records: 7 });
    expect(snapshot.facts.import.skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'its address cannot be read'],
      [5, 'it has no address'],
      [6, 'it has no type'],
      [7, 'it does not say which root it is'],
    ]);
  });

  test.each(['addrEss', 'gener!tion', 'refer nces', 'real_clas__name', 'memsiz', 'memsizee'])(
    'the key %s is not taken for a known one',
    async key => {
      const known = {
        addrEss: 'address',
        'gener!tion': 'generation',
        'refer nces': 'references',
        real_clas__name: 'real_class_name',
        memsiz: 'memsize',
        memsizee: 'memsize',
      }[key]!;
      const text = heap(`${REFERENCES}, "real_class_name":"A", "generation":3, "memsize":40`).replace(
        `"${known}":`,
        `"${key}":`,
      );
      const { snapshot, retention } = await read(text);
      const columns = columnsOfSnapshot({ snapshot, retention });
      const holder = columns.find(({ address }) => address === '0x7f0000000028');
      expect(holder === undefined).toBe(key === 'addrEss');
      if (key === 'gener!tion') expect(holder!.generation).toBeNull();
      if (key.startsWith('memsiz')) expect(holder!.shallowBytes).toBe(0);
    },
  );

  test('a damaged record without a readable size is kept if it ends as records do', async () => {
    const { snapshot, retention } = await read(
      `${heap('"memsize":40')}{"address":"0x7f0000000078", "type":"OBJECT", "references":["0x7f0000000050"], "generation":3, "mem\u0001size":40, "flags":{}}\n`,
    );
    expect(columnsOfSnapshot({ snapshot, retention })[2]).toMatchObject({
      shallowBytes: 0,
      generation: 3,
      references: ['0x7f0000000050'],
    });
    expect(snapshot.facts.import).toMatchObject({ rescuedRecords: 1, damagedFields: 1, skippedRecords: 0 });
  });
});

describe('addresses', () => {
  const record = (address: string, references: readonly string[] = []) =>
    `{"address":"${address}", "type":"OBJECT", "references":[${references.map(at => `"${at}"`).join(', ')}], "memsize":40}\n`;

  test('are exact to 64 bits', async () => {
    const addresses = [
      '0xb007f0000000028',
      '0xfffffffffffffff8',
      '0xffffffffffffffff',
      '0x8000000000000000',
      '0x20000000000001',
    ];
    const read2 = await read(
      addresses.map((address, at) => record(address, [addresses[(at + 1) % 5]!])).join(''),
    );
    const columns = columnsOfSnapshot(read2);
    expect(columns.map(({ address }) => address)).toEqual(addresses);
    expect(columns.map(({ references }) => references[0])).toEqual([...addresses.slice(1), addresses[0]]);
    addresses.forEach((address, object) => {
      expect(read2.snapshot.pages.objectAtText(address)).toBe(object);
      expect(
        read2.snapshot.pages.objectAtText(address.replace('0x', '0x000').toUpperCase().replace('X', 'x')),
      ).toBe(object);
    });
    expect(read2.snapshot.pages.objectAtText('0xfffffffffffffff0')).toBe(-1);
  });

  test('an unaligned one does not affect the others', async () => {
    const read2 = await read(
      record('0x7f0000000028', ['0x7f0000000053']) +
        record('0x7f0000000053', ['0x7f0000000078']) +
        record('0x7f0000000078'),
    );
    expect(columnsOfSnapshot(read2).map(({ address, references }) => [address, references])).toEqual([
      ['0x7f0000000028', ['0x7f0000000053']],
      ['0x7f0000000053', ['0x7f0000000078']],
      ['0x7f0000000078', []],
    ]);
    expect(read2.snapshot.facts.import).toMatchObject({ skippedRecords: 0, damagedFields: 0 });
  });

  const at32 = (at: number) => `0x${(0x1_0000 + at * 20).toString(16)}`;
  const heap32 = (slots: string) =>
    Array.from(
      { length: 400 },
      (_, at) =>
        `{"address":"${at32(at)}", "type":"OBJECT", ${slots}"references":["${at32((at + 1) % 400)}"], "memsize":20}\n`,
    ).join('');

  test.each([
    ['at once', ''],
    ['behind 70 KiB of log', 'I, [2026-03-04T05:06:07] INFO -- : Completed 200 OK\n'.repeat(1400)],
    ['behind 2 MiB of log', 'I, [2026-03-04T05:06:07] INFO -- : Completed 200 OK\n'.repeat(42_000)],
    [
      'after roots that are longer than 64 KiB',
      `{"type":"ROOT", "root":"vm", "references":[${Array.from({ length: 9000 }, (_, at) => `"${at32(at % 400)}"`).join(', ')}]}\n`,
    ],
    ['behind addresses of 64 bits', '{"address":"0x7f0000000028", "type":"STRING", "memsize":40}\n'],
  ])('of four-byte alignment are read right %s', async (_where, before) => {
    const read2 = await read(before + heap32(''));
    const columns = columnsOfSnapshot(read2).filter(({ type }) => type === 'OBJECT');
    expect(columns.map(({ address }) => address)).toEqual(Array.from({ length: 400 }, (_, at) => at32(at)));
    expect(columns.every(({ references }, at) => references[0] === at32((at + 1) % 400))).toBe(true);
    expect(figuresOfSnapshot(read2)).toMatchObject({ skippedRecords: 0, danglingReferences: 0 });
    expect(read2.snapshot.facts.platform).toBeNull();
  });

  test('are taken for WebAssembly’s only if there are slot sizes', async () => {
    expect((await read(heap32('"slot_size":20, '))).snapshot.facts.platform).toBe('WebAssembly');
    expect((await read(heap32('"slot_size":24, '))).snapshot.facts.platform).toBe('WebAssembly');
    expect((await read(heap32('"slot_size":40, '))).snapshot.facts.platform).toBeNull();
  });
});
