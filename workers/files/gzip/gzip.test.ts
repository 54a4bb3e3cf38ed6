import { constants, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withThousands } from '../../protocol/digits.ts';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { oracleGunzip, trailerOf } from '../../testing/fuzz/oracle-gunzip.ts';
import type { StoredBytes } from '../stored-bytes.ts';
import { GzipReader } from './gzip-reader.ts';
import { GzipSource } from './gzip-source.ts';
import { Status, WINDOW_BYTES } from './inflate-codes.ts';
import { Inflater } from './inflater.ts';
import { MemberSearch } from './member-search.ts';
import { RestartPoints } from './restart-points.ts';
import { wholeOf } from './stored-part.ts';

/** Size of the blocks that pigz gives to its threads by default. */
const PIGZ_BLOCK = 131_072;
/** State at the start of the first member. */
const START = { memberStart: 0, memberOffset: 0, checksum: 0 };
const RUNS = { seed: 20_261_125, numRuns: 400 };

/** Bytes as a file that returns a limited number of bytes at a time. */
function storedBytes(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): StoredBytes {
  return {
    name: 'test.json.gz',
    length: bytes.length,
    read: async (offset, length) => bytes.slice(offset, offset + Math.min(length, most)),
    inOrder: () => null,
  };
}

async function textOf(reader: GzipReader): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for (let piece = await reader.next(); piece !== null; piece = await reader.next()) {
    pieces.push(piece.slice());
  }
  return new Uint8Array(Buffer.concat(pieces));
}

async function gunzipped(bytes: Uint8Array, most?: number) {
  const reader = new GzipReader(storedBytes(bytes, most), null);
  const text = await textOf(reader);
  return { text, damage: reader.damage, notes: reader.notes };
}

/** Text with matches of all distances and lengths, and without any. */
const anyText = fc
  .tuple(
    fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 6 }),
    fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 700 })), { maxLength: 120 }),
  )
  .map(([words, picks]) => {
    const parts = picks.map(([word, times]) => {
      const bytes = words[word % words.length]!;
      return times > 500 ? new Uint8Array(times).fill(bytes[0]!) : bytes.subarray(0, times);
    });
    return new Uint8Array(Buffer.concat(parts));
  });

const anyOptions = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
});

describe('inflating', () => {
  it('gives the text that zlib compressed, with any options and in reads of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        anyOptions,
        fc.integer({ min: 1, max: 4000 }),
        async (text, options, most) => {
          const { text: ours, damage } = await gunzipped(gzipSync(text, options), most);
          expect(damage).toBeNull();
          expect(Buffer.compare(ours, text)).toBe(0);
        },
      ),
      RUNS,
    );
  });

  it('gives the text of real dumps, at every level', async () => {
    const text = fixtureDump('ruby-3.1');
    for (const level of [0, 1, 6, 9]) {
      const { text: ours, damage } = await gunzipped(gzipSync(text, { level }));
      expect(damage).toBeNull();
      expect(Buffer.compare(ours, text)).toBe(0);
    }
  });

  it('finds the same streams damaged as zlib, and stops at once', () => {
    const text = fixtureDump('ruby-3.1').subarray(40_000, 90_000);
    const streams = [{ level: 9 }, { level: 6, strategy: constants.Z_FIXED }, { level: 0 }].map(options =>
      deflateRawSync(text, options),
    );
    const inflater = new Inflater();
    const change = fc.tuple(fc.constantFrom(...streams), fc.nat(), fc.nat(7));
    fc.assert(
      fc.property(change, fc.boolean(), ([stream, place, bit], nearStart) => {
        const damaged = new Uint8Array(stream);
        damaged[place % (nearStart ? 120 : damaged.length)]! ^= 1 << bit;
        const ours = inflatedRaw(inflater, damaged);
        const theirs = inflatedByZlib(damaged);
        expect(ours?.length).toBe(theirs?.length);
        expect(ours === null || ours.equals(theirs!)).toBe(true);
      }),
      { ...RUNS, numRuns: 4000 },
    );
  });

  it('refuses references to text before the stream', async () => {
    const before = Buffer.from('qqqqqqqq');
    const stream = deflateRawSync('q'.repeat(50), { dictionary: before });
    expect(inflatedByZlib(stream)).toBeNull();
    expect(inflatedRaw(new Inflater(), stream)).toBeNull();
  });

  it('gives all text that the bits of a cut stream contain, as zlib does', async () => {
    const file = new Uint8Array(gzipSync(fixtureDump('ruby-3.1').subarray(0, 6000)));
    for (let length = 10; length < file.length - 8; length += 3) {
      const { text, damage } = await gunzipped(file.subarray(0, length));
      const expected = oracleGunzip(file.subarray(0, length)).text;
      expect(damage).toContain('cut short');
      expect(Buffer.compare(text, expected)).toBe(0);
    }
  });

  it('reads what pigz writes: blocks that refer to previous ones, with empty stored blocks between them', async () => {
    const text = fixtureDump('ruby-4.0');
    // Compressed data cannot be compressed again: such blocks are stored.
    const noise = deflateRawSync(text).subarray(0, 70_000);
    const parts = [text.subarray(0, 900_000), noise, text.subarray(900_000)];
    const whole = Buffer.concat(parts);
    const blocks: Uint8Array[] = [];
    for (let at = 0; at < whole.length; at += PIGZ_BLOCK) {
      const isLast = at + PIGZ_BLOCK >= whole.length;
      const dictionary = whole.subarray(Math.max(0, at - WINDOW_BYTES), at);
      const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
      const options = at === 0 ? { finishFlush } : { finishFlush, dictionary };
      blocks.push(deflateRawSync(whole.subarray(at, at + PIGZ_BLOCK), options));
    }
    const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
    const file = new Uint8Array(Buffer.concat([header, ...blocks, trailerOf(whole)]));
    for (const most of [undefined, 131_072, 4099]) {
      const read = await gunzipped(file, most);
      expect(read.damage).toBeNull();
      expect(Buffer.compare(read.text, whole)).toBe(0);
    }
  });
});

/** The text of a deflate stream; null if it is invalid or cut. */
function inflatedRaw(inflater: Inflater, stream: Uint8Array): Buffer | null {
  inflater.clearInput();
  inflater.addInput(stream.subarray(0, inflater.roomForInput()), true);
  inflater.begin();
  const pieces: Uint8Array[] = [];
  for (;;) {
    const status = inflater.run(false);
    pieces.push(inflater.text.slice());
    if (status === Status.ended) return Buffer.concat(pieces);
    if (status !== Status.full) return null;
  }
}

function inflatedByZlib(stream: Uint8Array): Buffer | null {
  try {
    return inflateRawSync(stream);
  } catch {
    return null; // The message of zlib differs.
  }
}

describe('gzip files', () => {
  const text = new TextEncoder().encode('one record\nanother record\n'.repeat(40));
  const file = new Uint8Array(gzipSync(text));

  it('may have every field in their header', async () => {
    const header = [0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3];
    const extra = [5, 0, 1, 2, 3, 4, 5];
    const fields = [...extra, ...Buffer.from('heap.json\0a comment\0'), 0xab, 0xcd];
    const bytes = new Uint8Array([...header, ...fields, ...file.subarray(10)]);
    for (const most of [1, 7, 1000]) {
      const read = await gunzipped(bytes, most);
      expect(read.damage).toBeNull();
      // Two arbitrary bytes in place of the header's checksum.
      expect(read.notes[0]).toContain('header at byte 0 does not have the checksum');
      expect(Buffer.compare(read.text, text)).toBe(0);
    }
  });

  it('may have several members, some empty, and zeros after them', async () => {
    const members = [file, gzipSync(new Uint8Array(0)), gzipSync(text, { level: 0 }), Buffer.alloc(700)];
    for (const most of [1, 9, 1000]) {
      const read = await gunzipped(new Uint8Array(Buffer.concat(members)), most);
      expect(read.damage).toBeNull();
      expect(Buffer.compare(read.text, Buffer.concat([text, text]))).toBe(0);
    }
  });

  it('report a cut at any byte, and give the text before it', async () => {
    for (let length = 3; length < file.length; length++) {
      const read = await gunzipped(file.subarray(0, length));
      expect(read.damage).toContain(`ends at byte ${withThousands(length)}, in the middle`);
      expect(Buffer.compare(read.text, text.subarray(0, read.text.length))).toBe(0);
    }
  });

  it('report other data after them', async () => {
    const { text: read, damage } = await gunzipped(
      new Uint8Array([...file, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    );
    expect(damage).toBe(`What is at byte ${withThousands(file.length + 2)} is no gzip header.`);
    expect(Buffer.compare(read, text)).toBe(0);
  });

  it('leave out a line of text after them, and note it', async () => {
    for (const behind of ['Connection closed.\n', '\n$ ', '\u001b[0m\u00fcber\r\n'.repeat(90)]) {
      const tail = Buffer.from(behind);
      const reader = new GzipReader(storedBytes(new Uint8Array([...file, ...tail])), null);
      expect(Buffer.compare(await textOf(reader), text)).toBe(0);
      expect(reader.damage).toBeNull();
      expect(reader.notes).toEqual([
        `${withThousands(tail.length)} bytes of text after the gzip stream were left out.`,
      ]);
    }
  });

  it('report a wrong checksum or length', async () => {
    for (const place of [file.length - 8, file.length - 1]) {
      const wrong = file.slice();
      wrong[place]! ^= 1;
      const { text: read, damage } = await gunzipped(wrong);
      expect(damage).toContain(`ends at byte ${withThousands(file.length)} does not have the checksum`);
      expect(Buffer.compare(read, text)).toBe(0);
    }
  });

  it('lose only the member that is damaged, where others follow', async () => {
    const members = ['first\n', 'second\n', 'third\n', 'fourth\n'].map(line => gzipSync(line.repeat(30)));
    // A stored block that is longer than the file: the member seems to continue to the end.
    members[1]!.set([1, 0xff, 0xff, 0, 0], 10);
    const bytes = new Uint8Array(Buffer.concat(members));
    const reader = new GzipReader(storedBytes(bytes), null, new MemberSearch(storedBytes(bytes)));
    const lines = Buffer.from(await textOf(reader)).toString('latin1');
    const start = members[0]!.length;
    expect(lines.startsWith('first\n'.repeat(30))).toBe(true);
    expect(lines.endsWith(`\n${'third\n'.repeat(30)}${'fourth\n'.repeat(30)}`)).toBe(true);
    expect(reader.damage).toBe(
      `The gzip stream that begins at byte ${start} is damaged. The text goes on with the gzip stream at byte ${start + members[1]!.length}.`,
    );
  });

  it('report how many places are damaged', async () => {
    const members = Array.from({ length: 9 }, (_, i) => gzipSync(`line ${i}\n`.repeat(30)));
    for (const damaged of [1, 4, 6]) members[damaged]![10] = 7; // A reserved block type.
    const bytes = new Uint8Array(Buffer.concat(members));
    const reader = new GzipReader(storedBytes(bytes), null, new MemberSearch(storedBytes(bytes)));
    const lines = Buffer.from(await textOf(reader)).toString();
    const expected = [0, 2, 3, 5, 7, 8].map(i => `line ${i}\n`.repeat(30));
    expect(lines.replaceAll('\n\n', '\n')).toBe(expected.join(''));
    expect(reader.damage).toContain('2 more places are damaged');
  });

  it('do not mistake a gzip file stored within a damaged one for the next member', async () => {
    const inner = gzipSync('inner');
    inner[12]! ^= 0xff; // Not whole: its checksum is wrong, or it is not a stream.
    const outer = gzipSync(Buffer.concat([Buffer.from('outer'), inner]), { level: 0 });
    outer[outer.length - 6]! ^= 1;
    const bytes = new Uint8Array(Buffer.concat([outer, Buffer.from('no gzip'), gzipSync('last')]));
    const reader = new GzipReader(storedBytes(bytes), null, new MemberSearch(storedBytes(bytes)));
    expect(Buffer.from(await textOf(reader)).toString('latin1')).toBe(
      `outer${inner.toString('latin1')}\nlast`,
    );
  });

  it('end even if endless bytes look like starts of members', async () => {
    // Headers that are followed by the start of a stored block; no member is whole.
    const start = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0, 5, 0, 0xfa, 0xff);
    const fakes = Buffer.concat(Array.from({ length: 200 }, () => start));
    const bytes = new Uint8Array(Buffer.concat([file, Buffer.from('x'), fakes]));
    const reader = new GzipReader(storedBytes(bytes), null, new MemberSearch(storedBytes(bytes)));
    expect(Buffer.compare(await textOf(reader), text)).toBe(0);
    expect(reader.damage).toBe(`What is at byte ${file.length} is no gzip header.`);
  });

  it('never block a reader, however they are damaged', async () => {
    const bytes = new Uint8Array(gzipSync(fixtureDump('ruby-3.1').subarray(0, 30_000)));
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 3 }),
        fc.nat(bytes.length),
        async (changes, cut) => {
          const wrong = bytes.slice(0, cut);
          for (const [place, byte] of changes) if (place < cut) wrong[place] = byte;
          const reader = new GzipReader(storedBytes(wrong), null);
          await textOf(reader);
          expect(await reader.next()).toBeNull();
        },
      ),
      RUNS,
    );
  });
});

describe('restart points', () => {
  const text = fixtureDump('ruby-4.0');
  const SPACING = 50_000;

  async function sourceOf(bytes: Uint8Array) {
    const points = new RestartPoints(SPACING);
    const reader = new GzipReader(storedBytes(bytes), points);
    expect(Buffer.compare(await textOf(reader), text)).toBe(0);
    const source = new GzipSource(wholeOf(storedBytes(bytes)));
    source.learn({ damage: null, notes: [], restartPoints: points.all });
    return { source, points: points.all };
  }

  const members = (bytes: number) =>
    Array.from({ length: Math.ceil(text.length / bytes) }, (_, i) =>
      gzipSync(text.subarray(i * bytes, (i + 1) * bytes)),
    );

  it.each([
    ['of one stream', gzipSync(text)],
    ['of stored blocks', gzipSync(text, { level: 0 })],
    ['of small blocks', gzipSync(text, { memLevel: 1 })],
    ['of many members', Buffer.concat(members(30_000))],
    ['of large members', Buffer.concat(members(1_500_000))],
  ])('give any piece of a file %s', async (_, file) => {
    const { source, points } = await sourceOf(new Uint8Array(file));
    expect(points.length).toBeGreaterThan(5);
    const range = fc.record({ offset: fc.nat(text.length + 100), length: fc.nat(9000) });
    await fc.assert(
      fc.asyncProperty(fc.array(range, { maxLength: 5 }), async ranges => {
        const pieces = await source.read(ranges);
        for (const [i, { offset, length }] of ranges.entries()) {
          expect(Buffer.compare(pieces[i]!, text.subarray(offset, offset + length))).toBe(0);
        }
      }),
      { ...RUNS, numRuns: 60 },
    );
  });

  it('report a file that is cut after a flushed block', async () => {
    const half = text.subarray(0, 200_000);
    const stream = deflateRawSync(half, { finishFlush: constants.Z_SYNC_FLUSH });
    const bytes = new Uint8Array(Buffer.concat([gzipSync('').subarray(0, 10), stream]));
    const points = new RestartPoints(SPACING);
    const reader = new GzipReader(storedBytes(bytes), points);
    expect(Buffer.compare(await textOf(reader), half)).toBe(0);
    const end = {
      textOffset: half.length,
      storedBit: bytes.length * 8,
      window: half.slice(-100),
      ...START,
    };
    await reader.restart(end);
    expect(await reader.next()).toBeNull();
    expect(reader.damage).toContain('cut short');
  });

  it('are limited in number, and far apart in a long text', () => {
    const points = new RestartPoints();
    let added = 0;
    for (let textOffset = 0; textOffset < 6e9; textOffset += 700_000) {
      if (!points.needsPoint(textOffset)) continue;
      points.add({ textOffset, storedBit: textOffset, window: null, ...START });
      added++;
      expect(points.all.length).toBeLessThanOrEqual(64);
    }
    expect(added).toBeGreaterThan(64);
    const offsets = points.all.map(point => point.textOffset);
    const gaps = offsets.map((offset, i) => offset - (offsets[i - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(6e9 / 31);
  });
});
