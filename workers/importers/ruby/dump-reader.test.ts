import { expect, test } from 'vitest';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { Byte } from './bytes.ts';
import { DumpReader } from './dump-reader.ts';

test.each(fixtureNames())('%s: every newline is passed once', name => {
  const bytes = fixtureDump(name);
  const reader = new DumpReader(name.includes('wasm') ? 2 : 3, () => undefined);
  for (const _ of reader.push(bytes));
  for (const _ of reader.finish());
  let newlines = 0;
  for (const byte of bytes) if (byte === Byte.lf) newlines++;
  expect(reader.lines).toBe(newlines);
});
