import { type Problem, ProblemError } from '../../protocol/errors.ts';
import type { Base } from './bases.ts';
import { checkAnswers } from './checks/answers.ts';
import { checkConservation } from './checks/conservation.ts';
import { Expected } from './checks/expected.ts';
import { checkOracle } from './checks/oracle.ts';
import { checkRecords } from './checks/records.ts';
import { checkSlices } from './checks/slices.ts';
import { TotalsCheck } from './checks/totals.ts';
import { type Draft, settled, textOfDraft } from './draft.ts';
import { type Failure, Failures } from './failure.ts';
import type { Mutation } from './mutation.ts';
import { Random } from './random.ts';
import { type Reader, randomCuts } from './reading.ts';
import { wrapped } from './wrapping.ts';

/** Number of slices in readings that join the first ones anyway: more would be slow and test nothing more. */
const FEW = 20;

/** A dump made from a seed. */
export interface FuzzCase {
  seed: number;
  /** The real dump from which it was made. */
  base: string;
  /** Names of the mutations applied to it. */
  mutations: string[];
  draft: Draft;
}

/** Makes the dump of a seed: a part of one of the bases, mutated in one to four ways. */
export function makeCase(seed: number, bases: readonly Base[], mutations: readonly Mutation[]): FuzzCase {
  const random = new Random(seed);
  const base = random.pick(bases);
  let draft = sized(base, random);
  const chosen = random.sample(mutations, random.between(1, 4)).sort((a, b) => a.stage - b.stage);
  for (const mutation of chosen) draft = mutation.apply(draft, random);
  return { seed, base: base.name, mutations: chosen.map(({ name }) => name), draft: settled(draft) };
}

/** Most cases are small, to be fast; some have hundreds of records. */
function sized(base: Base, random: Random): Draft {
  const size = random.next();
  if (size < 0.005 && base.isSmall) return base.whole();
  return base.excerpt(random, size < 0.05 ? 200 : random.between(6, 30));
}

/**
 * Reads a dump in every way, asks all questions about it, and returns the failures. The slices and the objects asked
 * about are determined by the seed.
 */
export async function checkCase(reader: Reader, draft: Draft, seed: number): Promise<Failure[]> {
  const failures = new Failures();
  try {
    await check(reader, draft, new Random(seed ^ 0x5eed), failures);
  } catch (error) {
    failures.add('exception', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return failures.list;
}

async function check(reader: Reader, draft: Draft, random: Random, failures: Failures): Promise<void> {
  const bytes = wrapped(textOfDraft(draft), draft.wrapping);
  const expected = new Expected(draft);
  const { session, outcome } = await reader.open(bytes, randomCuts(random, bytes.length, FEW));
  if (!outcome.ok) {
    checkRefusal(outcome.problem, expected, failures);
    await wantRefusal(reader, bytes, failures);
    return;
  }
  const info = outcome.value;
  const totals = new TotalsCheck(session, info, failures);
  const overview = await totals.run(random);
  const rows = await totals.rows();
  await checkAnswers(session, info, rows, expected, random, failures);

  const again = draft.wrapping === 'none' ? reader.sliced : reader.columns;
  const read = await again(bytes, randomCuts(random, bytes.length));
  checkSlices(overview, rows, read, failures);
  const { freeSlots } = read.snapshot.facts;
  if (info.objects + freeSlots + read.snapshot.shapes.length === 0 && !info.hasRoots) {
    failures.add('refusal', 'a file without any record is open as an empty heap');
  }
  checkRecords(read, expected, failures);
  checkConservation(read, draft, expected, failures);
  if (expected.exact) checkOracle(read, draft, failures);
  await session.close(info.id);
}

/** A file may be refused, with a clear message, only if it contains nothing that must be read. */
function checkRefusal(
  { code, message, advice, details }: Problem,
  { objects }: Expected,
  failures: Failures,
): void {
  if (code === 'internal') failures.add('exception', details ?? message);
  else if (objects.size > 0) failures.add('refusal', `${objects.size} sound objects, and yet: ${message}`);
  else if (!/\S.*[.!]$/s.test(message) || advice === '')
    failures.add('refusal', `no sentence: ${message} ${advice}`);
}

/** A refused file must be refused for any slices. */
async function wantRefusal(reader: Reader, bytes: Uint8Array, failures: Failures): Promise<void> {
  try {
    await reader.columns(bytes, []);
  } catch (error) {
    if (error instanceof ProblemError) return;
    throw error;
  }
  failures.add('slices', 'the file is refused in some slices, and read in others');
}
