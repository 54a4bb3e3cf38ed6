import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerptOfDump } from '../../testing/fixture-dumps.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import { readRecords } from '../../testing/oracle-ruby-records.ts';
import {
  columnsOfOracle,
  columnsOfSnapshot,
  differences,
  figuresOfOracle,
  figuresOfSnapshot,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';

/** Ruby versions that write raw names with stale bytes; that write shapes and slot sizes; and that run on 32 bits. */
const EXCERPTS = ['ruby-3.1', 'ruby-4.1', 'ruby-3.3-wasm'].map((name, index) => ({
  name,
  bytes: excerptOfDump(name, 14),
  /** Cuts are tried at every byte of the first excerpt and, to save time, at every seventh byte of the others. */
  step: index === 0 ? 1 : 7,
}));
/** The same damage in every run, some thousands of each kind in all. */
const RUNS = { seed: 20_260_101, numRuns: 350 };

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

/** Everything that was read from a dump, to be compared as one value. */
async function everything(bytes: Uint8Array, cuts: readonly number[] = []) {
  const read = await readSnapshot(bytes, { cuts });
  return { ...figuresOfSnapshot(read), columns: columnsOfSnapshot(read) };
}

async function expectAsOracle(bytes: Uint8Array): Promise<void> {
  const read = await readSnapshot(bytes);
  const oracle = readOracleDump(bytes);
  expect(figuresOfSnapshot(read)).toEqual(figuresOfOracle(oracle));
  expect(differences(columnsOfSnapshot(read), columnsOfOracle(oracle))).toEqual([]);
}

describe.each(EXCERPTS)('an excerpt of $name', ({ bytes, step }) => {
  const text = latin1(bytes);
  const { records } = readRecords(bytes);
  const starts = records.map(record => record.offset);
  const objects = records.filter(({ fields }) => fields.address !== undefined && fields.type !== 'SHAPE');
  const anyByte = fc.nat(bytes.length - 1);

  test('is read the same wherever slices end', async () => {
    const whole = await readSnapshot(bytes);
    const figures = figuresOfSnapshot(whole);
    for (let cut = 1; cut < bytes.length; cut += step) {
      const { snapshot, retention } = await readSnapshot(bytes, { cuts: [cut] });
      expect(figuresOfSnapshot({ snapshot, retention })).toEqual(figures);
      expect(snapshot.references.targets).toEqual(whole.snapshot.references.targets);
      expect(retention.retained).toEqual(whole.retention.retained);
    }
  });

  test('is read the same in slices of a few bytes', async () => {
    const whole = await everything(bytes);
    for (const size of [1, 2, 3, 7, 64, 65, 1000]) {
      const cuts = Array.from({ length: Math.floor((bytes.length - 1) / size) }, (_, i) => (i + 1) * size);
      expect(await everything(bytes, cuts)).toEqual(whole);
    }
  });

  test('loses no whole record when it is cut at any byte', async () => {
    for (let cut = 0; cut < bytes.length; cut += step) {
      const cutBytes = bytes.slice(0, cut);
      const { snapshot } = await readSnapshot(cutBytes);
      const whole = objects.filter(
        ({ offset }) => (starts.find(start => start > offset) ?? bytes.length) <= cut,
      );
      expect(snapshot.objects).toBeGreaterThanOrEqual(whole.length);
      expect(snapshot.objects).toBeLessThanOrEqual(whole.length + 1);
    }
  });

  test('is read as the oracle reads it when it is cut at any byte', async () => {
    // Before the first object, nothing reveals the width of addresses.
    for (let cut = starts[2]!; cut < bytes.length; cut += 3) await expectAsOracle(bytes.slice(0, cut));
  });

  test('is read as the oracle reads it with other lines between its records', async () => {
    const noise = fc.constantFrom(
      '',
      'GC took 3 ms',
      '[1, 2]',
      '{"level":"info"}',
      'caf\xE9',
      '\t',
      '-- } --',
      'null',
    );
    const places = fc.array(fc.tuple(fc.constantFrom(...starts), noise), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(places, fc.boolean(), async (lines, crlf) => {
        const sorted = lines.toSorted((a, b) => b[0] - a[0]);
        const noisy = sorted.reduce(
          (all, [at, line]) => `${all.slice(0, at)}${line}\n${all.slice(at)}`,
          text,
        );
        await expectAsOracle(bytesOf(crlf ? noisy.replaceAll('\n', '\r\n') : noisy));
      }),
      RUNS,
    );
  });

  test('is read as the oracle reads it with anything in its paths', async () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      '\n',
      ' ',
      'x',
      '\xE9',
      '\xC3\xA9',
      '", ',
      '}',
      '{',
      '":',
      '\t',
      '\\"',
      '[',
    );
    // A path that looks like the end of a record and of its line cannot be distinguished from one.
    const path = fc
      .array(piece, { minLength: 1, maxLength: 6 })
      .map(pieces => pieces.join(''))
      .filter(inserted => !/(^|")\}\n/.test(inserted));
    const paths = [...text.matchAll(/"file":"(?=[^"\\\n]*", "line")/g)].map(
      match => match.index + match[0].length,
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), path, async (at, inserted) => {
        await expectAsOracle(bytesOf(`${text.slice(0, at)}${inserted}${text.slice(at)}`));
      }),
      RUNS,
    );
  });

  test('loses at most the records that are hit when bytes are changed', async () => {
    await fc.assert(
      fc.asyncProperty(anyByte, fc.nat(255), async (at, byte) => {
        const changed = bytes.slice();
        changed[at] = byte;
        const { snapshot } = await readSnapshot(changed);
        expect(snapshot.objects).toBeGreaterThanOrEqual(objects.length - 2);
        expect(snapshot.objects).toBeLessThanOrEqual(objects.length + 1);
      }),
      RUNS,
    );
  });

  test('can be read, whatever is changed in it', async () => {
    const edit = fc.record({
      at: anyByte,
      remove: fc.nat(40),
      insert: fc.string({ maxLength: 12, unit: 'binary' }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 10 }), async edits => {
        const damaged = edits.reduce(
          (all, { at, remove, insert }) => `${all.slice(0, at)}${insert}${all.slice(at + remove)}`,
          text,
        );
        const { snapshot, retention } = await readSnapshot(bytesOf(damaged));
        expect(retention.tree.length).toBeLessThanOrEqual(snapshot.objects + 5);
      }),
      RUNS,
    );
  });
});

test('a byte order mark is not part of the first record', async () => {
  const { bytes } = EXCERPTS[0]!;
  await expectAsOracle(bytesOf(`\xEF\xBB\xBF${latin1(bytes)}`));
});

test.each([
  ['', {}],
  ['\r\n\r\n', {}],
  ['{', { foreignLines: 1 }],
  ['\nno dump at all\nnone', { foreignLines: 2 }],
  ['{"address":"0x', { skippedRecords: 1, truncated: true }],
  ['{"address":"0x7f28"}\n', { skippedRecords: 1 }],
  ['{"type":"STRING", "memsize":40}\n', { skippedRecords: 1 }],
  ['{"type":"SYMBOL", "value":"no object"}\n', { foreignLines: 1 }],
])('what is in %j is counted, though none is an object', async (text, counts) => {
  const { snapshot } = await readSnapshot(bytesOf(text));
  expect(snapshot.objects).toBe(0);
  expect(snapshot.facts.import).toMatchObject({
    skippedRecords: 0,
    foreignLines: 0,
    truncated: false,
    ...counts,
  });
});

test('a path that contains what looks like the end of a record does not end it', async () => {
  const objects = [
    '{"address":"0x7f0000000008", "type":"STRING", "memsize":40}',
    '{"address":"0x7f0000000030", "type":"OBJECT", "file":"odd"}\npath.rb", "line":3, "memsize":120}',
    '{"address":"0x7f0000000058", "type":"STRING", "memsize":40}',
  ];
  const { snapshot } = await readSnapshot(bytesOf(`${objects.join('\n')}\n`));
  expect(snapshot.objects).toBe(3);
  expect(snapshot.facts.shallowBytes).toBe(200);
  expect(snapshot.facts.import).toMatchObject({ rescuedRecords: 1, skippedRecords: 0, foreignLines: 0 });
});
