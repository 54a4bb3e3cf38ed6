import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../testing/bytes-source.ts';
import { excerptOfDump, fixtureDump } from '../../testing/fixture-dumps.ts';
import {
  base64,
  coloured,
  criLog,
  csv,
  cutLines,
  dockerLog,
  inspected,
  nestedLog,
  tarMember,
  utf16,
} from '../../testing/wrapped-texts.ts';
import type { ByteSource } from '../byte-source.ts';
import { layerLabels, unwrap, withoutLayers } from './unwrap.ts';

const concatenated = (...texts: (Uint8Array | string)[]) =>
  new Uint8Array(Buffer.concat(texts.map(text => Buffer.from(text as Uint8Array))));
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
const base64String = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
/** One third of a file, by its number. */
const partOf = (bytes: Uint8Array, part: string) => {
  const third = Math.ceil(bytes.length / 3);
  return bytes.subarray(Number(part) * third, (Number(part) + 1) * third);
};
const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** Reads all of a wrapped text, and again with what was found on the way. */
async function opened(stored: ByteSource, again: ByteSource = stored) {
  const unwrapped = await unwrap(
    stored,
    () => undefined,
    () => undefined,
  );
  if (unwrapped.text === null) return null;
  const slices: Uint8Array[] = [];
  for await (const slice of unwrapped.text.slices) slices.push(slice.slice());
  const layers = unwrapped.layers();
  return { text: concatenated(...slices), labels: layerLabels(layers), source: withoutLayers(again, layers) };
}

/** A few records of a dump, some of them long, so that cuts fall into all kinds of places. */
const SMALL = concatenated(
  excerptOfDump('ruby-3.4-wasm-full', 12),
  `{"address":"0x7f0000000028", "type":"STRING", "value":"ä € 😀 \\" \\\\n #{x} #x", "memsize":40, "flags":{}}\n`,
  `{"address":"0x7f0000000050", "type":"ARRAY", "references":[${Array.from({ length: 400 }, (_, at) => `"0x7f${(at * 40).toString(16).padStart(10, '0')}"`).join(', ')}], "memsize":40, "flags":{}}\n`,
);
const VALID = new Uint8Array(Buffer.from(Buffer.from(SMALL).toString('utf8')));

interface Wrapping {
  label: string;
  wrap(text: Uint8Array, size: number): Uint8Array;
  /** Only valid UTF-8 can be wrapped like this. */
  needsUtf8?: true;
}

const WRAPPINGS: readonly Wrapping[] = [
  { label: 'docker json-file log', wrap: (text, size) => dockerLog(text, size), needsUtf8: true },
  { label: 'Kubernetes container log (CRI)', wrap: (text, size) => criLog(text, size) },
  { label: 'string literal as a console prints it', wrap: text => concatenated('=> ', inspected(text)) },
  {
    label: 'string literal as a console prints it',
    wrap: text => new Uint8Array(Buffer.from(JSON.stringify(Buffer.from(text).toString()))),
    needsUtf8: true,
  },
  {
    label: 'string in a JSON document',
    wrap: text => new Uint8Array(Buffer.from(JSON.stringify({ heap: Buffer.from(text).toString() }))),
    needsUtf8: true,
  },
  { label: 'UTF-16', wrap: text => utf16(text, false, true), needsUtf8: true },
  { label: 'UTF-16', wrap: text => utf16(text, false, false), needsUtf8: true },
  { label: 'UTF-16 (big endian)', wrap: text => utf16(text, true, true), needsUtf8: true },
  { label: 'UTF-16 (big endian)', wrap: text => utf16(text, true, false), needsUtf8: true },
  {
    label: 'tar archive',
    wrap: text =>
      concatenated(
        tarMember('dump/', new Uint8Array(0), '5'),
        tarMember('dump/._heap.json', new Uint8Array(700)),
        tarMember('PaxHeaders/heap.json', new Uint8Array(Buffer.from('20 path=heap.json\n')), 'x'),
        tarMember('dump/heap.json', text),
        new Uint8Array(1024),
      ),
  },
  { label: 'CSV', wrap: csv },
  { label: 'colours of a terminal', wrap: coloured },
  { label: 'JSON log lines ("_raw")', wrap: nestedLog, needsUtf8: true },
  { label: 'base64', wrap: (text, size) => base64(text, Math.max(60, size)) },
];

/** Sizes of pieces of lines, and where the file is cut into slices. */
const cutting = fc.record({
  size: fc.oneof(fc.integer({ min: 30, max: 200 }), fc.constant(16_384)),
  cuts: fc.array(fc.nat(100_000), { maxLength: 12 }),
});

describe('a wrapped text', () => {
  for (const [at, { label, wrap, needsUtf8 }] of WRAPPINGS.entries()) {
    const text = needsUtf8 === true ? VALID : SMALL;
    it(`is what was wrapped, whatever the pieces: ${label}, ${at}`, async () => {
      await fc.assert(
        fc.asyncProperty(cutting, async ({ size, cuts }) => {
          const wrapped = wrap(text, size);
          const places = [...new Set(cuts.map(cut => cut % wrapped.length))].sort((a, b) => a - b);
          const result = (await opened(bytesSource(wrapped, places)))!;
          expect(result.labels).toEqual([label]);
          const rest = Buffer.from(result.text.subarray(text.length)).toString().replaceAll(/[\n}]/g, '');
          expect(isSame(result.text.subarray(0, text.length), text) && rest === '').toBe(true);
        }),
        { numRuns: 25 },
      );
    });

    it(`can be read again at any place: ${label}, ${at}`, async () => {
      const dump = fixtureDump('ruby-3.4-wasm-full');
      const whole = Buffer.concat(Array.from({ length: 3 }, () => dump));
      const large = needsUtf8 === true ? Buffer.from(whole.toString('utf8')) : whole;
      const wrapped = wrap(new Uint8Array(large), 16_384);
      const { source, text: unwrapped } = (await opened(bytesSource(wrapped, [1000, 700_000])))!;
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({ offset: fc.nat(unwrapped.length + 100), length: fc.integer({ min: 1, max: 9000 }) }),
            { minLength: 1, maxLength: 5 },
          ),
          async ranges => {
            const pieces = await source.read(ranges);
            for (const [index, { offset, length }] of ranges.entries()) {
              expect(isSame(pieces[index]!, unwrapped.subarray(offset, offset + length))).toBe(true);
            }
          },
        ),
        { numRuns: 25 },
      );
    });
  }

  it('has the lines of the other stream after the line that they interrupted', async () => {
    const errors = ['warning: one', 'warning: two'];
    for (const wrapped of [dockerLog(VALID, 100, errors), criLog(VALID, 100, errors)]) {
      const { text } = (await opened(bytesSource(wrapped)))!;
      const lines = Buffer.from(text).toString().split('\n');
      expect(lines.filter(line => errors.includes(line))).toEqual(errors);
      expect(lines.filter(line => !errors.includes(line)).join('\n')).toBe(Buffer.from(VALID).toString());
    }
  });

  it('is joined if lines were cut without a mark', async () => {
    for (const lineBytes of [2048, 16_384]) {
      const references = Array.from(
        { length: 3000 },
        (_, at) => `"0x7f${(at * 40).toString(16).padStart(10, '0')}"`,
      );
      const root = `{"type":"ROOT", "root":"vm", "references":[${references.join(', ')}]}\n`;
      // A whole record of exactly that length, and one that is cut after a brace.
      const record = (value: number) =>
        `{"address":"0x7f0000000078", "type":"STRING", "value":"${'v'.repeat(value)}", "memsize":40, "flags":{}}\n`;
      const whole = record(lineBytes + 1 - record(0).length);
      expect(whole.length).toBe(lineBytes + 1);
      const text = concatenated(root, whole, 'a line of log\n', whole.replace('{}}', '{}, "x":{}}'), SMALL);
      const result = (await opened(bytesSource(cutLines(text, lineBytes))))!;
      expect(result.labels).toEqual([`lines cut after ${lineBytes} bytes`]);
      expect(Buffer.from(result.text).toString('latin1')).toBe(Buffer.from(text).toString('latin1'));
    }
  });

  it('is read through the line ends and marks that other programs add', async () => {
    const crlf = (bytes: Uint8Array) =>
      new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1'));
    const text = Buffer.from(VALID).toString();
    const marked = (bytes: Uint8Array) => concatenated('\ufeff', crlf(bytes));
    for (const wrapped of [
      dockerLog(VALID, 90),
      criLog(VALID, 90),
      inspected(concatenated('\n[', VALID)),
    ].map(marked)) {
      const result = (await opened(bytesSource(wrapped)))!;
      expect(result.labels).toHaveLength(1);
      expect(Buffer.from(result.text).toString().replaceAll(/\r/g, '')).toContain(text);
    }
    const { text: joined } = (await opened(bytesSource(crlf(cutLines(VALID, 2048)))))!;
    expect(Buffer.from(joined).toString().replaceAll('\r', '')).toBe(text);
  });

  it('consists of all files of a tar archive, each on lines of its own; a broken header passes through', async () => {
    const two = concatenated(tarMember('a.json', SMALL), tarMember('b.json', SMALL), new Uint8Array(1024));
    const both = (await opened(bytesSource(two, [300, 700, 2000])))!;
    expect(Buffer.from(both.text).toString('latin1')).toBe(
      `${Buffer.from(SMALL).toString('latin1')}\n${Buffer.from(SMALL).toString('latin1')}`,
    );
    const second = tarMember('b.json', SMALL);
    second[0]! ^= 1; // Its checksum is wrong now.
    const broken = (await opened(bytesSource(concatenated(tarMember('a.json', SMALL), second))))!;
    expect(Buffer.from(broken.text).toString('latin1')).toContain('.json');
    expect(
      Buffer.from(broken.text).toString('latin1').split(Buffer.from(SMALL).toString('latin1')),
    ).toHaveLength(3);
  });

  it('is searched in linear time, even in three megabytes of the same characters', async () => {
    const hostile = [
      '\\',
      '"',
      '{',
      '{"log":"',
      '"{\\"',
      '\\u',
      '\\u{',
      '"address":"',
      '"address" ',
      'H4sI',
      '\0',
      `2026-03-04T05:06:07Z stdout P `,
    ];
    for (const piece of hostile) {
      const text = concatenated(piece.repeat(Math.ceil(3_000_000 / piece.length)), SMALL);
      const result = await opened(bytesSource(text));
      // Within a string, the records are part of it; everywhere else they are found.
      expect(result === null || result.text.length > 0).toBe(true);
    }
  });

  it('is found in layers of layers', async () => {
    const zipped = gzipSync(SMALL);
    const nested: [Uint8Array, Uint8Array, string[]][] = [
      [utf16(dockerLog(VALID, 90), false, true), VALID, ['UTF-16', 'docker json-file log']],
      [
        dockerLog(concatenated('=> ', inspected(VALID), '\n'), 90),
        VALID,
        ['docker json-file log', 'string literal as a console prints it'],
      ],
      [concatenated('$ base64 heap.json.gz\n', base64(zipped, 76)), SMALL, ['base64', 'gzip']],
      [base64(Buffer.from(utf16(VALID, false, true)), 76), VALID, ['base64', 'UTF-16']],
      [concatenated('data:application/gzip;base64,', base64(zipped, 1e6)), SMALL, ['base64', 'gzip']],
      [
        concatenated(JSON.stringify({ size: 1, dump: base64String(zipped), type: 'gz' })),
        SMALL,
        ['base64', 'gzip'],
      ],
      [concatenated('=> ', inspected(base64(zipped, 60)), '\n'), SMALL, ['base64', 'gzip']],
      [dockerLog(base64(zipped, 76), 90), SMALL, ['docker json-file log', 'base64', 'gzip']],
      [criLog(base64(zipped, 76), 90), SMALL, ['Kubernetes container log (CRI)', 'base64', 'gzip']],
      [zipped, SMALL, ['gzip']],
      [gzipSync(tarMember('heap.json', SMALL)), SMALL, ['gzip', 'tar archive']],
      [tarMember('heap.json.gz', zipped), SMALL, ['tar archive', 'gzip']],
      [
        concatenated(tarMember('README.md', utf8('# A dump\n')), tarMember('heap.json.gz', zipped)),
        SMALL,
        ['tar archive', 'gzip'],
      ],
      [
        concatenated(
          ...['00', '01', '02'].map(part => tarMember(`heap.json.gz.${part}`, partOf(zipped, part))),
        ),
        SMALL,
        ['tar archive', 'gzip'],
      ],
      [
        concatenated(...['00', '01', '02'].map(part => tarMember(`heap.json.${part}`, partOf(SMALL, part)))),
        SMALL,
        ['tar archive'],
      ],
    ];
    for (const [wrapped, text, labels] of nested) {
      const result = (await opened(bytesSource(wrapped)))!;
      expect(result.labels).toEqual(labels);
      expect(Buffer.from(result.text).toString('latin1').replace('=> \n', '').trim()).toBe(
        Buffer.from(text).toString('latin1').trim(),
      );
      const [piece] = await result.source.read([{ offset: 50, length: 200 }]);
      expect(isSame(piece!, result.text.subarray(50, 250))).toBe(true);
    }
  });

  it('is found with any spacing of its records, also escaped in a string', async () => {
    const record = { address: '0x7f0000000028', type: 'ARRAY', references: ['0x7f0000000050'], memsize: 40 };
    const pretty = Buffer.from(`${JSON.stringify(record, null, '\t')}\n`.replaceAll('": ', '"\t:\t'));
    for (const wrapped of [
      dockerLog(pretty, 500),
      inspected(pretty),
      JSON.stringify({ heap: String(pretty) }),
    ]) {
      const result = (await opened(bytesSource(concatenated(wrapped))))!;
      expect(Buffer.from(result.text).toString()).toContain(String(pretty));
    }
  });

  it('is found in strings of any document, with objects on several lines or several objects on a line', async () => {
    const lines = Buffer.from(VALID)
      .toString()
      .split('\n')
      .filter(line => line.startsWith('{'));
    const entries = lines.map(message => ({ insertId: 'x', labels: { at: 'a' }, message, size: 1 }));
    const documents = [
      JSON.stringify(entries, null, 2),
      JSON.stringify(entries),
      JSON.stringify({ events: entries, nextToken: null }),
      JSON.stringify({ events: entries }, null, 4),
      JSON.stringify(lines),
      // As .NET writes quotes.
      JSON.stringify({ dump: String(Buffer.from(VALID)) }).replaceAll('\\"', '\\u0022'),
    ];
    for (const document of documents) {
      const result = (await opened(bytesSource(concatenated(document))))!;
      const found = Buffer.from(result.text).toString().split('\n');
      for (const line of lines) expect(found).toContain(line);
    }
  });

  it('is not unwrapped if it is not a log: other lines pass through', async () => {
    const log = 'Started GET "/" {"log":"x"}\n{"log":"started\\n","stream":"stdout"}\n"{\\"a\\":1}"\n';
    for (const text of [
      SMALL,
      concatenated(log, SMALL),
      concatenated('\ufeff', SMALL),
      concatenated(SMALL, log),
    ]) {
      const result = (await opened(bytesSource(text, [40, 5000])))!;
      expect(result.labels).toEqual([]);
      expect(isSame(result.text, text)).toBe(true);
    }
  });

  it('keeps lines that are not wrapped among those that are', async () => {
    const between = `${'x'.repeat(500)} {"log":"not closed\n\n{"address":"0x10", "value":"{\\"address\\":\\"0x1\\"}"}\n`;
    const literals = concatenated(
      '=> ',
      inspected(VALID),
      '\n',
      between,
      inspected(VALID),
      ' +\n',
      inspected(VALID),
      '\n',
    );
    for (const [wrapped, count] of [
      [concatenated(dockerLog(VALID, 90), between, dockerLog(VALID, 90)), 2],
      [concatenated(criLog(VALID, 90), between, criLog(VALID, 90)), 2],
      [literals, 3],
    ] as const) {
      const { text } = (await opened(bytesSource(wrapped, [700, 20_000])))!;
      const all = Buffer.from(text).toString();
      expect(all.split(Buffer.from(VALID).toString())).toHaveLength(count + 1);
      expect(all).toContain(between);
    }
  });
});

describe('a dump after other text', () => {
  it('is found after any amount of text, with progress, and read from the start', async () => {
    const log = Buffer.from('2026-03-04 05:06:07 INFO -- : Completed 200 OK in 12ms\n'.repeat(60_000));
    const wrapped: [Uint8Array, Uint8Array][] = [
      [SMALL, SMALL],
      [dockerLog(VALID, 90), VALID],
      [inspected(SMALL), SMALL],
      [base64(gzipSync(SMALL), 76), SMALL],
    ];
    for (const [bytes, text] of wrapped) {
      const searched: number[] = [];
      const found = await unwrap(
        bytesSource(concatenated(log, bytes), [500_000, 1_500_000, 2_600_000]),
        () => undefined,
        soFar => void searched.push(soFar),
      );
      expect(searched.slice(0, 2)).toEqual([1_500_000, 2_600_000]);
      const slices: Uint8Array[] = [];
      for await (const slice of found.text!.slices) slices.push(slice.slice());
      expect(Buffer.concat(slices).toString('latin1')).toContain(Buffer.from(text).toString('latin1'));
    }
  });

  it('is found in a string that begins with other text, long before it', async () => {
    for (const length of [10, 2_000_000]) {
      const log = 'a line of log\n'.repeat(length / 10);
      const wrapped = concatenated('irb> p dump\n=> ', inspected(concatenated(log, 'D, ', SMALL)), '\n');
      const result = (await opened(bytesSource(wrapped, [700_000, 1_500_000])))!;
      expect(isSame(result.text, concatenated('irb> p dump\n', log, 'D, ', SMALL))).toBe(true);
      const [piece] = await result.source.read([{ offset: result.text.length - 200, length: 300 }]);
      expect(isSame(piece!, result.text.subarray(-200))).toBe(true);
    }
  });

  it('is not found if there is no record in the whole text', async () => {
    const text = Buffer.from('{"some":"thing","address":"12 Main Street"}\n'.repeat(40_000));
    const found = await unwrap(
      bytesSource(new Uint8Array(text), [1_200_000]),
      () => undefined,
      () => undefined,
    );
    expect(found).toMatchObject({ text: null, searchedBytes: text.length });
    expect(found.layers()).toEqual([]);
  });

  it('can be stopped during the search', async () => {
    const text = new Uint8Array(Buffer.from('nothing\n'.repeat(400_000)));
    const stop = new Error('stopped');
    const searching = unwrap(
      bytesSource(text, [1_100_000, 2_000_000]),
      () => undefined,
      () => {
        throw stop;
      },
    );
    await expect(searching).rejects.toBe(stop);
  });
});
