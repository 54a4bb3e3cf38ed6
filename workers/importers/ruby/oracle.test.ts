import { describe, expect, test } from 'vitest';
import { fixtureDump, fixtureNames } from '../../testing/fixture-dumps.ts';
import { readOracleDump } from '../../testing/oracle-ruby-dump.ts';
import {
  columnsOfOracle,
  columnsOfSnapshot,
  differences,
  figuresOfOracle,
  figuresOfSnapshot,
  readSnapshot,
} from '../../testing/snapshot-columns.ts';

describe('the importer and the oracle agree about', () => {
  test.each(fixtureNames())('%s', async name => {
    const bytes = fixtureDump(name);
    const read = await readSnapshot(bytes);
    const oracle = readOracleDump(bytes);
    expect(figuresOfSnapshot(read)).toEqual(figuresOfOracle(oracle));
    expect(differences(columnsOfSnapshot(read), columnsOfOracle(oracle))).toEqual([]);
  });

  test.each(fixtureNames())('%s, references only', async name => {
    const bytes = fixtureDump(name);
    const ours = columnsOfSnapshot(await readSnapshot(bytes, { referencesOnly: true }));
    const theirs = columnsOfOracle(readOracleDump(bytes, { referencesOnly: true }));
    expect(differences(ours, theirs, ['address', 'dominator', 'retainedBytes'])).toEqual([]);
  });
});
