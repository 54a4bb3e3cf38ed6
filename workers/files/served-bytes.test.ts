import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ServedFile } from '../protocol/dump-file.ts';
import { ProblemError } from '../protocol/errors.ts';
import { rangeOf } from '../serving/served-content.ts';
import { type Network, servedBytes } from './served-bytes.ts';

const FILE = { url: 'http://localhost/a.json', name: 'a.json', etag: '"1"' };

/**
 * A server whose connections break after the given numbers of bytes; 0 = the request itself fails. After the last one,
 * none breaks.
 */
function serverOf(bytes: Uint8Array, breaks: number[] = [], headers: Record<string, string> = {}) {
  const waits: number[] = [];
  const network: Network = {
    wait: async ms => void waits.push(ms),
    async fetch(_url, { headers: asked }) {
      const range = rangeOf(asked.Range, bytes.length);
      if (range === null || range === 'outside') throw new Error('not a range');
      const [start, end] = range;
      const breakAfter = breaks.shift();
      if (breakAfter === 0) throw new TypeError('network error');
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const last = breakAfter === undefined ? end : Math.min(end, start + breakAfter);
            if (last > start) controller.enqueue(bytes.slice(start, last));
            if (last < end) controller.error(new TypeError('network error'));
            else controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      const answer = {
        etag: FILE.etag,
        'content-range': `bytes ${start}-${end - 1}/${bytes.length}`,
        ...headers,
      };
      return new Response(body, { status: 206, headers: answer });
    },
  };
  return { network, waits };
}

const servedFile = (bytes: Uint8Array): ServedFile => ({ ...FILE, size: bytes.length });

async function allOf(bytes: Uint8Array, network: Network, bufferBytes: number): Promise<number[]> {
  const reader = servedBytes(servedFile(bytes), network).inOrder();
  const read: number[] = [];
  if (reader === null) return read;
  for (;;) {
    const slice = await reader.fill(new ArrayBuffer(bufferBytes));
    if (slice.length === 0) return read;
    read.push(...slice);
  }
}

it('reads every byte once and in order, wherever the connection breaks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 50 }),
      async (bytes, breaks, bufferBytes) => {
        const { network } = serverOf(bytes, breaks);
        expect(await allOf(bytes, network, bufferBytes)).toEqual([...bytes]);
      },
    ),
  );
});

it('reads ranges, cut at the end of the file', async () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, at) => at);
  const stored = servedBytes(servedFile(bytes), serverOf(bytes, [3, 0]).network);
  expect([...(await stored.read(10, 5))]).toEqual([10, 11, 12, 13, 14]);
  expect([...(await stored.read(98, 10))]).toEqual([98, 99]);
  expect([...(await stored.read(100, 10))]).toEqual([]);
});

it('waits longer before each retry, and reports the byte that it reached when it gives up', async () => {
  const bytes = new Uint8Array(50);
  const { network, waits } = serverOf(bytes, [7, 0, 0, 0, 0, 0, 0]);
  const error = await allOf(bytes, network, 8).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem.message).toMatch(/lost at byte 7\./);
  expect(waits).toEqual([200, 400, 800, 1600, 3200]);
});

it.each([
  [{ etag: '"2"' }, /changed on the server/],
  [{ 'content-range': 'bytes 0-9/11' }, /changed on the server/],
])('refuses to go on where the server answers %j', async (headers, message) => {
  const bytes = new Uint8Array(10);
  await expect(allOf(bytes, serverOf(bytes, [], headers).network, 4)).rejects.toThrow(message);
});
