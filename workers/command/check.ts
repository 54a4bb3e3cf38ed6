import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type OpenedFile, openFiles } from '../files/node-byte-source.ts';
import { FILTER_ERROR } from '../protocol/filter/filter.ts';
import { HeapSession } from '../service/heap-session.ts';
import { type Budget, type Limit, parseBudget } from './budget/budget.ts';
import {
  type GroupLabel,
  isOver,
  type Measured,
  type MeasuredDump,
  measure,
  measureGrowth,
  reasonsFor,
  reasonsForGrowth,
} from './budget/measure.ts';
import { CHECK_FORMATS, printVerdicts } from './budget/outputs.ts';
import type { Verdict } from './budget/verdict.ts';
import { describeOpenError, refuse, STATUS, sentencesOf, UsageError } from './outcome.ts';

export const CHECK_USAGE =
  'heapscape check FILE… --budget budget.json [--format text|junit|github] [--output FILE]';

/**
 * Compares dumps with a budget: status 1 if a limit is exceeded. The `limits` apply to each dump, `growth` from the
 * first to the last.
 */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      budget: { type: 'string' },
      format: { type: 'string', default: 'text' },
      output: { type: 'string' },
    },
  });
  const format = CHECK_FORMATS.find(known => known === values.format);
  if (format === undefined) throw new UsageError(`There is no format ${values.format}.`);
  if (values.budget === undefined) throw new UsageError('Which budget? Give --budget FILE.');
  if (positionals.length === 0) throw new UsageError('Which dump? Give one or several files.');

  const file = { path: values.budget, text: '' };
  let budget: Budget;
  try {
    file.text = await readFile(file.path, 'utf8');
    budget = parseBudget(file.text);
  } catch (error) {
    return refuse(`${file.path}: ${(error as Error).message}`);
  }
  let files: OpenedFile[];
  try {
    files = await openFiles(positionals);
  } catch (error) {
    return refuse(`${positionals.join(' ')}: ${describeOpenError(error)}`);
  }
  try {
    if (budget.growth.length > 0 && files.length < 2) {
      return refuse(
        `${file.path} limits growth, which takes two dumps or more: the first and the last count.`,
      );
    }
    // The parts of a split dump are one dump.
    const isJoined = files.length < positionals.length;
    const dumps = files.map((opened, at) => ({
      ...opened,
      path: isJoined ? opened.source.name : positionals[at]!,
    }));
    const verdicts = await verdictsOf(budget, dumps);
    const printed = printVerdicts(format, verdicts, file);
    if (values.output === undefined) process.stdout.write(printed);
    else await writeFile(values.output, printed);
    return verdicts.some(({ over }) => over.length > 0) ? STATUS.over : STATUS.done;
  } catch (error) {
    if (!(error instanceof NotMeasured)) throw error;
    return refuse(error.message);
  } finally {
    for (const opened of files) await opened.close();
  }
}

/** A dump could not be opened, or cannot answer a filter of the budget. */
class NotMeasured extends Error {}

/** A dump that is to be measured, and what it is called. */
interface Given extends OpenedFile {
  path: string;
}

/** Opens one dump after the other, so that no more than the first and one other take memory. */
async function verdictsOf({ limits, growth }: Budget, given: readonly Given[]): Promise<Verdict[]> {
  const session = new HeapSession();
  const verdicts: Verdict[] = [];
  let first: MeasuredDump | null = null;
  for (const [at, file] of given.entries()) {
    const dump = await openDump(session, file, at);
    for (const limit of limits) {
      verdicts.push(await verdictOf(limit, dump, null));
    }
    if (at === given.length - 1 && first !== null) {
      for (const limit of growth) verdicts.push(await verdictOf(limit, dump, first));
    }
    if (at === 0 && growth.length > 0) first = dump;
    else await session.close(dump.info.id);
  }
  return verdicts;
}

async function openDump(session: HeapSession, { source, path }: Given, at: number): Promise<MeasuredDump> {
  const outcome = await session.openSource(source, { loadId: at + 1, name: source.name }, () => undefined);
  if (!outcome.ok) throw new NotMeasured(`${path}: ${sentencesOf(outcome.problem)}`);
  const { incomplete } = outcome.value;
  if (incomplete.length > 0) {
    process.stderr.write(`${path}: The dump is incomplete. ${incomplete.join(' ')}\n`);
  }
  return { session, info: outcome.value, path };
}

/** Groups over a limit whose reasons are found. */
const EXPLAINED = 10;

/** Checks a limit of one dump, or with `first` of the growth since that one. */
async function verdictOf(limit: Limit, dump: MeasuredDump, first: MeasuredDump | null): Promise<Verdict> {
  const label = first === null ? dump.path : `${first.path} → ${dump.path}`;
  const explain = (group: GroupLabel) =>
    first === null || limit.each !== null
      ? reasonsFor(dump, limit, group)
      : reasonsForGrowth(first, dump, limit);
  try {
    const measured = first === null ? measure(dump, limit) : measureGrowth(first, dump, limit);
    const found = (await measured).sort((a, b) => excess(b) - excess(a));
    const over: Verdict['over'] = [];
    for (const measured of found) {
      if (!isOver(limit, measured)) continue;
      const reasons = over.length < EXPLAINED ? await explain(measured.group) : null;
      over.push({ measured, reasons });
    }
    return { limit, dump: label, over, largest: found[0] ?? null };
  } catch (error) {
    if (error instanceof Error && error.name === FILTER_ERROR) {
      throw new NotMeasured(`${label}: "${limit.text}": ${error.message}`);
    }
    throw error;
  }
}

function excess({ value, before }: Measured): number {
  return value - (before ?? 0);
}
