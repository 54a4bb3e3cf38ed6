import { describe, expect, test } from 'vitest';
import { BROKEN_READERS } from './broken-readers.ts';
import { Fuzzer, loadBases } from './fuzz.ts';
import { MUTATIONS } from './mutations/all.ts';
import { SEEDS, testSeeds } from './seeds.ts';

const bases = loadBases();

describe('mutated dumps', () => {
  const fuzzer = new Fuzzer(bases);
  testSeeds(fuzzer, 0, SEEDS / 2);

  test('are the same for the same seed', () => {
    expect(new Fuzzer(loadBases()).make(17)).toEqual(new Fuzzer(bases).make(17));
  });
});

describe('a faulty reader is detected that', () => {
  // These mutations leave every record unchanged, so any failure is caused by the reader.
  const mutations = MUTATIONS.filter(({ name }) => ['lost lines', 'lines in another order'].includes(name));
  const seeds = Array.from({ length: 15 }, (_, seed) => seed);

  test.each(BROKEN_READERS)('$fault', async ({ reader, checks }) => {
    const fuzzer = new Fuzzer(bases, reader, mutations);
    const found = new Set<string>();
    for (const seed of seeds) for (const { check } of await fuzzer.failures(seed)) found.add(check);
    for (const check of checks) expect(found).toContain(check);
  });

  test('has no fault (it is not detected)', async () => {
    const fuzzer = new Fuzzer(bases, undefined, mutations);
    for (const seed of seeds) expect(await fuzzer.failures(seed)).toEqual([]);
  });

  test('loses a record, with a file of a few lines', async () => {
    const { reader } = BROKEN_READERS[0]!;
    const fuzzer = new Fuzzer(bases, reader, mutations);
    const { failures, minimised } = await fuzzer.explain(1);
    expect(failures.length).toBeGreaterThan(0);
    expect(new TextDecoder().decode(minimised).split('\n').length).toBeLessThanOrEqual(4);
  });
});
