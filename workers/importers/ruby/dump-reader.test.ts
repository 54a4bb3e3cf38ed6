import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SnapshotBuilder } from '../../model/snapshot-builder.ts';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { Byte } from './bytes.ts';
import { DumpReader, LOOK_AHEAD } from './dump-reader.ts';
import { KEY_NAMES } from './record-keys.ts';

test.each(fixtureNames())('%s: every newline is passed once', name => {
  const bytes = fixtureDump(name);
  const padded = new Uint8Array(bytes.length + LOOK_AHEAD);
  padded.set(bytes);
  const reader = new DumpReader(new SnapshotBuilder(name.includes('wasm') ? 2 : 3, 1000, 1000));
  expect(reader.read(padded, 0, bytes.length, bytes.length, 0, true)).toBe(bytes.length);
  let newlines = 0;
  for (const byte of bytes) if (byte === Byte.lf) newlines++;
  expect(reader.lines).toBe(newlines);
});

test('the literals that the scanner switches on are those of the keys', () => {
  const source = readFileSync(new URL('./record-scanner.ts', import.meta.url), 'utf8');
  const cases = [...source.matchAll(/case (\d+):(?: \{)?\s*\/\/ (\w+)/g)];
  expect(cases.length).toBeGreaterThan(30);
  for (const [, id, name] of cases) {
    expect(KEY_NAMES[Number(id)]).toBe(name!.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`));
  }
});
