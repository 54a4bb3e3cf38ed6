import type { Failure } from './failure.ts';
import { describeFailure, Fuzzer, loadBases } from './fuzz.ts';
import { gzipFuzz } from './gzip-fuzz.ts';

/** Something to be fuzzed, round by round. */
export interface FuzzTarget {
  name: string;
  /** The failures in the round of a seed; empty if there are none. The same seed always gives the same round. */
  failures(seed: number): Promise<Failure[]>;
  /** A description of a failed round, and a small input that repeats it, if there is one. */
  explain(seed: number): Promise<{ text: string; input: Uint8Array | null }>;
}

/** Everything that `npm run fuzz` runs in turn. */
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
