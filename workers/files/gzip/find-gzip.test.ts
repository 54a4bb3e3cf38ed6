import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fixtureDump } from '../../testing/fixture-dumps.ts';
import { storedIn } from '../../testing/fuzz/gzip-fuzz.ts';
import { findGzip } from './find-gzip.ts';
import { GzipSource } from './gzip-source.ts';

const text = fixtureDump('ruby-3.4-wasm').subarray(0, 2_000_000);
const file = new Uint8Array(gzipSync(text));

async function read(bytes: Uint8Array) {
  const found = await findGzip(storedIn(bytes, () => 1 << 20));
  if (found === null) return null;
  const source = new GzipSource(found.stored, found.notes, found.likelyCause);
  const slices: Uint8Array[] = [];
  for await (const slice of source.slices()) slices.push(slice.slice());
  const again = await source.read([{ offset: 123_456, length: 500 }]);
  const all = Buffer.concat(slices);
  return { all, again: again[0]!, notes: found.notes, damage: source.findings.damage };
}

/** What a terminal makes of line feeds. */
function translated(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes].flatMap(byte => (byte === 0x0a ? [0x0d, 0x0a] : [byte])));
}

describe('a gzip stream', () => {
  it.each([
    ['as it is', file, 0],
    [
      'behind a line of text',
      new Uint8Array([...Buffer.from('Defaulted container "web" out of: web, log\n'), ...file]),
      1,
    ],
    ['copied through a terminal', translated(file), 1],
    ['both', translated(new Uint8Array([...Buffer.from('$ cat heap.json.gz\n'), ...file])), 2],
  ])('is found %s', async (_, bytes, notes) => {
    const found = await read(bytes);
    expect(found?.damage).toBeNull();
    expect(Buffer.compare(found!.all, text)).toBe(0);
    expect(Buffer.compare(found!.again, text.subarray(123_456, 123_956))).toBe(0);
    expect(found!.notes).toHaveLength(notes);
  });

  it('is not found in text, nor in what merely has its first bytes', async () => {
    expect(await read(text)).toBeNull();
    expect(
      await read(new Uint8Array([0x41, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff])),
    ).toBeNull();
  });
});
