import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readNaiveDump } from '../../testing/naive-ruby-dump.ts';
import {
  columnsOfSnapshot,
  columnsOfTwin,
  differences,
  figuresOfSnapshot,
  figuresOfTwin,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';

const FIXTURES = new URL('../../../e2e/fixtures/', import.meta.url);

describe('the importer and its slow twin read the same from', () => {
  const files = readdirSync(FIXTURES).filter(file => file.endsWith('.json.gz'));
  const unpacked = (file: string) => gunzipSync(readFileSync(new URL(file, FIXTURES)));

  test.each(files)('%s', async file => {
    const bytes = unpacked(file);
    const read = await readSnapshot(bytes);
    const twin = readNaiveDump(bytes);
    expect(figuresOfSnapshot(read)).toEqual(figuresOfTwin(twin));
    expect(differences(columnsOfSnapshot(read), columnsOfTwin(twin))).toEqual([]);
  });

  test.each(files)('%s, references only', async file => {
    const bytes = unpacked(file);
    const ours = columnsOfSnapshot(await readSnapshot(bytes, { referencesOnly: true }));
    const theirs = columnsOfTwin(readNaiveDump(bytes, { referencesOnly: true }));
    expect(differences(ours, theirs, ['address', 'dominator', 'retainedBytes'])).toEqual([]);
  });
});
