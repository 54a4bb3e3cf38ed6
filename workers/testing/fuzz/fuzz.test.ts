import { describe, expect, test } from 'vitest';
import { AWAITED_CHECKS, AWAITED_MUTATIONS, AWAITED_TOGETHER } from './awaited.ts';
import { BROKEN_READERS } from './broken-readers.ts';
import type { Failure } from './failure.ts';
import { describeFailure, Fuzzer, loadBases } from './fuzz.ts';
import { MUTATIONS } from './mutations/all.ts';

/** The seeds of the cases: always the same, so that a failure here is one everywhere. */
const SEEDS = 3000;
const PARTS = 30;

const bases = loadBases();

/** What is wrong with the dump of a seed, but for what is known. */
async function news(fuzzer: Fuzzer, seed: number): Promise<Failure[]> {
  return (await fuzzer.failures(seed)).filter(({ check }) => AWAITED_CHECKS[check] === undefined);
}

describe('mutated dumps', () => {
  const awaited = { ...AWAITED_MUTATIONS, ...AWAITED_TOGETHER };
  const mutations = MUTATIONS.filter(({ name }) => awaited[name] === undefined);
  const fuzzer = new Fuzzer(bases, undefined, mutations);
  const parts = Array.from({ length: PARTS }, (_, part) => (part * SEEDS) / PARTS);

  test.each(parts)('are read as they should be, from seed %i on', async first => {
    for (let seed = first; seed < first + SEEDS / PARTS; seed++) {
      const failures = await news(fuzzer, seed);
      if (failures.length > 0) expect.fail(describeFailure(await fuzzer.explain(seed)));
    }
  });

  test('are the same for the same seed', () => {
    expect(new Fuzzer(loadBases()).make(17)).toEqual(new Fuzzer(bases).make(17));
  });
});

describe('still fails, and would else be taken off the list of what is awaited:', () => {
  const awaited = MUTATIONS.filter(({ name }) => AWAITED_MUTATIONS[name] !== undefined);

  test.each(awaited)('$name', async mutation => {
    const fuzzer = new Fuzzer(bases, undefined, [mutation]);
    let seed = 5000;
    while (seed < 5600 && (await news(fuzzer, seed)).length === 0) seed++;
    expect(seed).toBeLessThan(5600);
  });

  test.each(Object.keys(AWAITED_CHECKS))('the check of the %s', async check => {
    const failures = await new Fuzzer(bases, undefined, []).failures(1);
    expect(failures.map(failure => failure.check)).toContain(check);
  });
});

describe('a reader is found out that', () => {
  // Such mutations leave every record as it is: what is wrong is the reader.
  const mutations = MUTATIONS.filter(({ name }) => ['lost lines', 'lines in another order'].includes(name));
  const seeds = Array.from({ length: 15 }, (_, seed) => seed);

  test.each(BROKEN_READERS)('$fault', async ({ reader, checks }) => {
    const fuzzer = new Fuzzer(bases, reader, mutations);
    const found = new Set<string>();
    for (const seed of seeds) for (const { check } of await fuzzer.failures(seed)) found.add(check);
    for (const check of checks) expect(found).toContain(check);
  });

  test('has no fault is not', async () => {
    const fuzzer = new Fuzzer(bases, undefined, mutations);
    for (const seed of seeds) expect(await news(fuzzer, seed)).toEqual([]);
  });

  test('loses a record is shown with a file of few lines', async () => {
    const { reader } = BROKEN_READERS[0]!;
    const fuzzer = new Fuzzer(bases, reader, mutations);
    const { failures, minimised } = await fuzzer.explain(1);
    expect(failures.length).toBeGreaterThan(0);
    expect(new TextDecoder().decode(minimised).split('\n').length).toBeLessThanOrEqual(4);
  });
});
