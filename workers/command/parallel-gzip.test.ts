import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parallelGzip } from './parallel-gzip.ts';

type Text = Iterable<Uint8Array<ArrayBuffer>> | AsyncIterable<Uint8Array<ArrayBuffer>>;

async function packed(pieces: Text): Promise<Buffer> {
  async function* text() {
    yield* pieces;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of parallelGzip(text())) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it('compresses any text, in pieces of any size, as one member', async () => {
  const line = fc.constantFrom('{"address":"0x7f0010", "type":"STRING"}\n', 'another line\n', '');
  const piece = fc.tuple(line, fc.constantFrom(1, 3, 500, 90_000)).map(([text, times]) => text.repeat(times));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 5 }), async texts => {
      const file = await packed(texts.map(text => new TextEncoder().encode(text)));
      expect(gunzipSync(file).toString()).toBe(texts.join(''));
      // Node reads all members that follow one another: a second one would begin with these bytes.
      expect(file.indexOf(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), 1)).toBe(-1);
    }),
    { numRuns: 15 },
  );
});

it('can refer to the end of the previous piece', async () => {
  const random = Uint8Array.from(
    { length: 30_000 },
    (_, at) => Math.imul(at ^ (at >>> 5), at * 0x9e3779b1) >>> 19,
  );
  const once = await packed([random]);
  const twice = await packed([random, random]);
  expect(twice.length).toBeLessThan(once.length * 1.1);
});

it('passes on an error of its input', async () => {
  async function* text(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    yield new TextEncoder().encode('some text');
    throw new Error('the disk is gone');
  }
  await expect(packed(text())).rejects.toThrow('the disk is gone');
});
