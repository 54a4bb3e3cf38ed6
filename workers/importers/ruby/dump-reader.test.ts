import { describe, expect, test } from 'vitest';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { figuresOfSnapshot, readSnapshot } from '../../testing/snapshot-columns.ts';
import { Byte } from './bytes.ts';
import { DumpReader } from './dump-reader.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const imported = async (text: string, cuts: readonly number[] = []) =>
  (await readSnapshot(bytesOf(text), { cuts })).snapshot.facts.import;
const string = (at: number, fields = '') =>
  `{"address":"0x${(0x7f00_0000_0000 + at * 40).toString(16)}", "type":"STRING", ${fields}"memsize":40}\n`;
const root = (name: string, at: number) =>
  `{"type":"ROOT", "root":"${name}", "references":["0x${(0x7f00_0000_0000 + at * 40).toString(16)}"]}\n`;

/** Reads a text in one slice, and returns the number of steps. */
function stepsOf(reader: DumpReader, text: string): number {
  let steps = 0;
  for (const _ of reader.push(bytesOf(text))) steps++;
  for (const _ of reader.finish()) steps++;
  return steps;
}

test.each(fixtureNames())('%s: every newline is counted once', name => {
  const bytes = fixtureDump(name);
  const reader = new DumpReader(name.includes('wasm') ? 2 : 3, () => undefined);
  for (const _ of reader.push(bytes));
  for (const _ of reader.finish());
  let newlines = 0;
  for (const byte of bytes) if (byte === Byte.lf) newlines++;
  expect(reader.lines).toBe(newlines);
});

describe('a dump that stops within a record is truncated', () => {
  const cut = string(1, '"value":"some text", ').slice(0, 70);
  const CRASH =
    'app.rb:3: [BUG] Segmentation fault at 0x0000000000000008\nruby 3.1.2p20 (2022-04-12) [x86_64-linux]\n\n-- Control frame information -----\nc:0001 p:0000 s:0003 E:{"a"} [FINISH]\n';

  test.each([
    ['and so does the file', '', 'end-of-file', null],
    ['and newlines follow', '\n\r\n\n', 'end-of-file', null],
    ['and other text follows', '\nkilled\nbye\n', 'other-text', 'killed'],
    ['and a crash report follows', `\n${CRASH}`, 'crash', '[BUG] Segmentation fault at 0x0000000000000008'],
    [
      'and a crash report follows on the line',
      CRASH,
      'crash',
      '[BUG] Segmentation fault at 0x0000000000000008',
    ],
    [
      'and a crash report follows after other text',
      `\nwait\n${CRASH}`,
      'crash',
      '[BUG] Segmentation fault at 0x0000000000000008',
    ],
  ])('%s', async (_what, after, cause, followedBy) => {
    const report = await imported(`${root('vm', 0)}${string(0)}${cut}${after}`);
    expect(report).toMatchObject({
      truncated: true,
      truncation: { line: 3, offset: 122, cause, followedBy },
      skippedRecords: 1,
    });
  });

  test('but not if a record follows, or all are whole', async () => {
    expect(await imported(`${string(0)}${cut}\nkilled\n${string(2)}`)).toMatchObject({
      truncated: false,
      truncation: null,
      skippedRecords: 1,
    });
    expect(await imported(`${string(0)}${string(1).trimEnd()}`)).toMatchObject({
      truncated: false,
      skippedRecords: 0,
    });
    expect(await imported(`${string(0)}${CRASH}`)).toMatchObject({ truncated: false });
  });

  test.each([
    ['within a type', 'RING", "memsize":40, "flags":{"old":true}}\n', true],
    ['within references', '0000028", "0x7f0000000050", "0x7f0000000078"], "memsize":40}\n', true],
    ['before its last brace', '}\n', true],
    ['with a whole record', '', false],
    ['with other text', 'Started {x} and {"a":1}\n', false],
  ])('one that begins %s', async (_where, before, beginsWithinRecord) => {
    expect(await imported(`${before}${string(0)}`)).toMatchObject({ beginsWithinRecord });
  });
});

describe('two dumps in one file', () => {
  const first = [root('vm', 0), root('global_tbl', 1), string(0), string(1), string(2)].join('');
  const other = [
    root('vm', 1),
    root('end_proc', 7),
    root('global_tbl', 9),
    string(1),
    string(7),
    string(9),
  ].join('');

  test('have the figures of the first, and the second one is reported', async () => {
    const alone = figuresOfSnapshot(await readSnapshot(bytesOf(first)));
    const text = `${first}GC took 3 ms\n${other}`;
    for (let cut = 1; cut < text.length; cut += 5) {
      const both = await readSnapshot(bytesOf(text), { cuts: [cut] });
      expect(figuresOfSnapshot(both)).toEqual({
        ...alone,
        records: 11,
        foreignLines: 1,
        duplicateAddresses: 1,
      });
      expect(both.snapshot.facts.import.secondDump).toEqual({
        line: 7,
        offset: first.length + 13,
        records: 6,
      });
    }
  });

  test('of the same heap repeat every address', async () => {
    expect(await imported(first + first)).toMatchObject({
      duplicateAddresses: 3,
      skippedRecords: 0,
      secondDump: { line: 6, records: 5 },
    });
  });

  test('do not add shapes and free slots of the second to the first, wherever these stand', async () => {
    const shape =
      '{"address":"0x9990", "type":"SHAPE", "id":9, "parent_id":0, "depth":1, "shape_type":"IVAR"}\n';
    const free = '{"address":"0x9998", "type":"NONE", "slot_size":40}\n';
    const alone = figuresOfSnapshot(await readSnapshot(bytesOf(first)));
    const starts = [
      root('vm', 1) + shape + free + root('global_tbl', 9),
      root('vm', 1) + root('end_proc', 7) + shape + free + root('global_tbl', 9),
    ];
    for (const start of starts) {
      const text = first + start + string(1) + string(7);
      for (const cut of [0, first.length + 100, first.length + 200, first.length + 300]) {
        const both = await readSnapshot(bytesOf(text), { cuts: cut === 0 ? [] : [cut] });
        expect(figuresOfSnapshot(both)).toMatchObject({
          roots: alone.roots,
          shapes: alone.shapes,
          freeSlots: alone.freeSlots,
        });
        expect(both.snapshot.facts.import.secondDump).toMatchObject({ line: 6, offset: first.length });
      }
    }
  });

  test('do not count the last roots of the first as a second dump', async () => {
    const last = root('end_proc', 2);
    const alone = figuresOfSnapshot(await readSnapshot(bytesOf(first + last)));
    const both = await readSnapshot(bytesOf(first + last + first));
    expect(figuresOfSnapshot(both).roots).toEqual(alone.roots);
    expect(both.snapshot.facts.import.secondDump).toMatchObject({ line: 7, records: 5 });
  });

  test('are not inferred from repeated lines', async () => {
    const report = await imported(
      [root('vm', 0), root('global_tbl', 1), string(0), root('vm', 0), string(0), string(1)].join(''),
    );
    expect(report).toMatchObject({ secondDump: null, duplicateAddresses: 1, records: 6 });
  });

  test('nor from roots at the end', async () => {
    expect(
      await imported([string(0), string(1), root('vm', 0), root('global_tbl', 1)].join('')),
    ).toMatchObject({ secondDump: null, records: 4 });
  });
});

test('a record that is cut after a colon does not absorb the next one, even if its braces close both', async () => {
  const cut = '{"address":"0x10", "type":"STRING", "slot_size":40, "memsize":\n';
  const rest = '{"address":"0x18", "type":"STRING", "slot_size":40, "memsize":40, "flagb_protected":true}}\n';
  const spread = '{"address":"0x20",\n "type":"STRING",\n "slot_size":40, "memsize":\n40}\n';
  expect(await imported(cut + rest + spread)).toMatchObject({
    records: 3,
    rescuedRecords: 1,
    damagedFields: 1,
  });
});

test('type names in any spelling are read the same wherever slices end', async () => {
  const spelt = ['Module', 'module', 'T_MODULE', 'MODULE', 'Mystery', 'MYSTERY'];
  const text = spelt
    .map((type, at) => `{"address":"0x${(16 + 8 * at).toString(16)}", "type":"${type}", "slot_size":40}\n`)
    .join('');
  const typesOf = async (cuts: number[]) => {
    const { snapshot } = await readSnapshot(bytesOf(text), { cuts });
    return Array.from({ length: snapshot.objects }, (_, object) =>
      snapshot.strings.text(snapshot.descriptors.type[snapshot.pairs.descriptor[snapshot.pair[object]!]!]!),
    );
  };
  const whole = await typesOf([]);
  expect(whole).toEqual(['MODULE', 'MODULE', 'MODULE', 'MODULE', 'Mystery', 'MYSTERY']);
  for (let cut = 1; cut < text.length; cut++) expect(await typesOf([cut])).toEqual(whole);
});

describe('a record that is too long', () => {
  const limits = { maxRecordBytes: 2 ** 20 };
  const long = string(1, `"value":"${'x'.repeat(3 * 2 ** 20)}", `);

  test.each([
    ['a line', long, 3],
    ['a line that never ends', long.slice(0, -30), 1],
    ['followed by a record on its line', long.trimEnd(), 3],
  ])('is passed by and counted: %s', (_what, text, objects) => {
    let read = 0;
    const reader = new DumpReader(3, batch => (read += batch.keys.length), limits);
    stepsOf(reader, `${string(0)}${text}${objects === 1 ? '' : `${string(2)}${string(3)}`}`);
    const { report } = reader.irregularities;
    expect(read).toBe(objects);
    expect(report).toMatchObject({ skippedRecords: 1, records: objects + 1 });
    expect(report.skipped[0]).toMatchObject({
      line: 2,
      offset: 60,
      reason: 'it is 3 MiB long; records of up to 1 MiB are read',
    });
  });

  test('is read if it is not too long', () => {
    let read = 0;
    const reader = new DumpReader(3, batch => (read += batch.keys.length));
    stepsOf(reader, `${string(0)}${long}${string(2)}`);
    expect(read).toBe(3);
  });
});

describe('reading pauses within a slice, whatever it contains', () => {
  const MIB = 2 ** 20;
  test.each([
    ['records', string(0).repeat(MIB / 60)],
    ['lines without a brace', 'a\n'.repeat(MIB / 2)],
    ['one line without a brace', 'a'.repeat(MIB)],
    ['lines with braces', '{\n'.repeat(MIB / 2)],
    ['objects that never end', '{"type":'.repeat(MIB / 8)],
    ['lists that never end', '{"references":[['.repeat(MIB / 16)],
    ['records that are cut', '{"address":"0x7f28", "type":"STRING'.repeat(MIB / 34)],
    ['paths that never end', '{"address":"0x7f28", "file":"\n'.repeat(MIB / 30)],
    ['quotes', '"'.repeat(MIB)],
    ['an object of quotes', `{"file":"${'" '.repeat(MIB / 2)}`],
    ['spaces', ' '.repeat(MIB)],
    ['newlines in an object', `{${'\n'.repeat(MIB)}`],
    [
      'pretty records',
      `{\n  "address": "0x7f28",\n  "type": "STRING",\n  "memsize": 40\n},\n`.repeat(MIB / 70),
    ],
    ['many roots', Array.from({ length: MIB / 64 }, (_, at) => root(`kind ${at}`, at)).join('')],
  ])('%s', (_what, text) => {
    const reader = new DumpReader(3, () => undefined);
    expect(stepsOf(reader, text)).toBeGreaterThanOrEqual(4);
  });
});
