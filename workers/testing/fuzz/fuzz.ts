import { Base } from './bases.ts';
import { checkCase, type FuzzCase, makeCase } from './case.ts';
import { type Draft, settled, textOfDraft } from './draft.ts';
import { type Failure, groupOf } from './failure.ts';
import { minimise } from './minimise.ts';
import type { Mutation } from './mutation.ts';
import { MUTATIONS } from './mutations/all.ts';
import { READER, type Reader } from './reading.ts';
import { wrapped } from './wrapping.ts';

/** Dumps of all ages of Ruby's format, of 32 and 64 bits, full and partial ones. */
const BASES = [
  'ruby-2.7',
  'ruby-3.1',
  'ruby-3.1-since',
  'ruby-3.2-wasm',
  'ruby-3.3-wasm',
  'ruby-3.4-wasm-since',
  'ruby-4.1',
];

/** A failed case, minimized. */
export interface FailedCase {
  seed: number;
  base: string;
  mutations: string[];
  /** The failures of the whole case. */
  failures: Failure[];
  /** A smaller file in which the first of the failures still occurs. */
  minimised: Uint8Array;
}

/** The dumps from which cases are made. Takes some tenths of a second. */
export function loadBases(): Base[] {
  return BASES.map(name => new Base(name));
}

/** Makes dumps from seeds and checks how they are read. */
export class Fuzzer {
  readonly #bases: readonly Base[];
  readonly #reader: Reader;
  readonly #mutations: readonly Mutation[];

  constructor(bases: readonly Base[], reader: Reader = READER, mutations: readonly Mutation[] = MUTATIONS) {
    this.#bases = bases;
    this.#reader = reader;
    this.#mutations = mutations;
  }

  /** The dump of a seed. */
  make(seed: number): FuzzCase {
    return makeCase(seed, this.#bases, this.#mutations);
  }

  /** The failures of the dump of a seed; empty if there are none. */
  async failures(seed: number): Promise<Failure[]> {
    return await checkCase(this.#reader, this.make(seed).draft, seed);
  }

  /** The failed case of a seed. Minimizing it takes at most some hundred attempts. */
  async explain(seed: number): Promise<FailedCase> {
    const { base, mutations, draft } = this.make(seed);
    const check = (smaller: Draft) => checkCase(this.#reader, settled(smaller), seed);
    const failures = await check(draft);
    const [first] = failures;
    const smallest =
      first === undefined
        ? draft
        : await minimise(draft, async smaller =>
            (await check(smaller)).some(one => groupOf(one) === groupOf(first)),
          );
    const minimised = wrapped(textOfDraft(smallest), smallest.wrapping);
    return { seed, base, mutations, failures, minimised };
  }
}

/** A description of a failed case, with the command that repeats it. */
export function describeFailure({ seed, base, mutations, failures, minimised }: FailedCase): string {
  const text = JSON.stringify(new TextDecoder('latin1').decode(minimised));
  return [
    `seed ${seed}: ${base}, ${mutations.join(', ')}`,
    ...failures
      .slice(0, 5)
      .map(({ check, message }) => `  ${check}: ${message.split('\n').slice(0, 4).join('\n    ')}`),
    `  ${minimised.length} bytes in which it fails, too: ${text.slice(0, 1500)}`,
  ].join('\n');
}
