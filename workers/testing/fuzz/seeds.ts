import { expect, test } from 'vitest';
import { describeFailure, type Fuzzer } from './fuzz.ts';

/** Number of seeds, which are always the same, so that a failure here can be reproduced anywhere. */
export const SEEDS = 3000;
const SEEDS_A_TEST = 100;

/** Tests for a range of seeds. They are in two files, so that two threads share them. */
export function testSeeds(fuzzer: Fuzzer, from: number, to: number): void {
  const parts = Array.from({ length: (to - from) / SEEDS_A_TEST }, (_, part) => from + part * SEEDS_A_TEST);

  test.each(parts)('are read as they should be, from seed %i on', async first => {
    for (let seed = first; seed < first + SEEDS_A_TEST; seed++) {
      const failures = await fuzzer.failures(seed);
      if (failures.length > 0) expect.fail(describeFailure(await fuzzer.explain(seed)));
    }
  });
}
