import type { Failure } from './failure.ts';
import { describeFailure, Fuzzer, loadBases } from './fuzz.ts';
import { gzipFuzz } from './gzip-fuzz.ts';

/** Something that is fuzzed, round after round. */
export interface FuzzTarget {
  name: string;
  /** What is wrong in the round of a seed; empty if all is well. Rounds of one seed are always the same. */
  failures(seed: number): Promise<Failure[]>;
  /** A round that failed in words, and a small input that repeats it where one can be told. */
  explain(seed: number): Promise<{ text: string; input: Uint8Array | null }>;
}

/** Everything that `npm run fuzz` runs in turns. */
export function fuzzTargets(): FuzzTarget[] {
  return [mutatedDumps(), gzipFiles()];
}

function mutatedDumps(): FuzzTarget {
  const fuzzer = new Fuzzer(loadBases());
  return {
    name: 'mutated dumps',
    failures: seed => fuzzer.failures(seed),
    async explain(seed) {
      const failed = await fuzzer.explain(seed);
      return { text: describeFailure(failed), input: failed.minimised };
    },
  };
}

function gzipFiles(): FuzzTarget {
  const failure = async (seed: number) => (await gzipFuzz(seed, 1)).failure;
  return {
    name: 'gzip files',
    async failures(seed) {
      const found = await failure(seed);
      return found === null ? [] : [{ check: 'gzip', message: found.what }];
    },
    async explain(seed) {
      const found = await failure(seed);
      return { text: `seed ${seed}, a gzip file: ${found?.what}`, input: found?.file ?? null };
    },
  };
}
