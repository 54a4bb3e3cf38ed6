import { expect, test } from 'vitest';
import type { StoredBytes } from './stored-bytes.ts';
import { withHead } from './with-head.ts';

const BYTES = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);

function countedReads(bytes: Uint8Array, failures = 0): { stored: StoredBytes; reads: () => number } {
  let reads = 0;
  const stored: StoredBytes = {
    name: 'a.json',
    length: bytes.length,
    async read(offset, length) {
      if (++reads <= failures) throw new Error('it could not be read');
      return bytes.slice(offset, offset + length);
    },
    inOrder: () => null,
  };
  return { stored: withHead(stored), reads: () => reads };
}

test('the beginning of a file is read once, and every range is as stored', async () => {
  const { stored, reads } = countedReads(BYTES);
  const heads = await Promise.all([stored.read(0, 4), stored.read(10, 20), stored.read(0, 1 << 16)]);
  expect(heads).toEqual([BYTES.slice(0, 4), BYTES.slice(10, 30), BYTES.slice(0, 1 << 16)]);
  expect(reads()).toBe(1);
  expect(await stored.read(65_000, 1000)).toEqual(BYTES.slice(65_000, 66_000));
  expect(reads()).toBe(2);
});

test('a short file ends where it ends, although a reader took over the buffer', async () => {
  const { stored } = countedReads(BYTES.slice(0, 100));
  const taken = await stored.read(0, 50);
  structuredClone(taken, { transfer: [taken.buffer] });
  expect(await stored.read(40, 100)).toEqual(BYTES.slice(40, 100));
});

test('a read that failed is tried again', async () => {
  const { stored, reads } = countedReads(BYTES, 1);
  await expect(stored.read(0, 4)).rejects.toThrow('it could not be read');
  expect(await stored.read(0, 4)).toEqual(BYTES.slice(0, 4));
  expect(reads()).toBe(2);
});
