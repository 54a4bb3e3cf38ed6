import { describe, expect, test } from 'vitest';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { readNaiveDump } from '../../testing/naive-ruby-dump.ts';
import {
  columnsOfSnapshot,
  columnsOfTwin,
  differences,
  figuresOfSnapshot,
  figuresOfTwin,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';

describe('the importer and its slow twin read the same from', () => {
  test.each(fixtureNames())('%s', async name => {
    const bytes = fixtureDump(name);
    const read = await readSnapshot(bytes);
    const twin = readNaiveDump(bytes);
    expect(figuresOfSnapshot(read)).toEqual(figuresOfTwin(twin));
    expect(differences(columnsOfSnapshot(read), columnsOfTwin(twin))).toEqual([]);
  });

  test.each(fixtureNames())('%s, references only', async name => {
    const bytes = fixtureDump(name);
    const ours = columnsOfSnapshot(await readSnapshot(bytes, { referencesOnly: true }));
    const theirs = columnsOfTwin(readNaiveDump(bytes, { referencesOnly: true }));
    expect(differences(ours, theirs, ['address', 'dominator', 'retainedBytes'])).toEqual([]);
  });
});
