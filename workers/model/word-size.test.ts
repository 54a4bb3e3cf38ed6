import { expect, it } from 'vitest';
import { fixtureDump } from '../testing/fixture-dumps.ts';
import { readSnapshot } from '../testing/snapshot-columns.ts';
import { wordBytesOf } from './word-size.ts';

it.each([
  ['ruby-2.7', 8],
  ['ruby-3.2-wasm', 4],
  ['ruby-3.4-wasm-since', 4],
  ['ruby-4.0', 8],
  ['ruby-4.0-wasm', 4],
  ['ruby-4.1', 8],
  ['ruby-4.1-wasm', 4],
])('a pointer of %s has %d bytes', async (name, bytes) => {
  const { snapshot } = await readSnapshot(fixtureDump(name));
  expect(wordBytesOf(snapshot)).toBe(bytes);
});
