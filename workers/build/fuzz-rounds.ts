import { type Failure, groupOf } from '../testing/fuzz/failure.ts';
import { fuzzTargets } from '../testing/fuzz/targets.ts';

/** Messages of the process that runs the rounds. */
export type FuzzMessage =
  /** A round begins. */
  | { kind: 'round'; seed: number; target: string }
  /** A round failed. Only the first failure of its kind comes with a description and an input, as base64. */
  | {
      kind: 'failed';
      seed: number;
      target: string;
      failures: Failure[];
      text: string | null;
      input: string | null;
    };

/** `fuzz-rounds.ts FROM END MS`: runs the rounds of `npm run fuzz` and reports to the parent process. */
async function main(from: number, end: number, ms: number): Promise<void> {
  const post = (message: FuzzMessage) =>
    new Promise(resolve => {
      process.send?.(message, resolve);
    });
  const endMs = performance.now() + ms;
  const explained = new Set<string>();
  const targets = fuzzTargets();
  for (let seed = from; seed < end && performance.now() < endMs; seed++) {
    for (const target of targets) {
      await post({ kind: 'round', seed, target: target.name });
      const failures = await target.failures(seed);
      const [first] = failures;
      if (first === undefined) continue;
      const group = `${target.name}, ${groupOf(first)}`;
      const { text, input } = explained.has(group) ? { text: null, input: null } : await target.explain(seed);
      explained.add(group);
      const base64 = input && Buffer.from(input).toString('base64');
      await post({ kind: 'failed', seed, target: target.name, failures, text, input: base64 });
    }
  }
  process.disconnect?.();
}

const [from, end, ms] = process.argv.slice(2).map(Number);
await main(from!, end!, ms!);
