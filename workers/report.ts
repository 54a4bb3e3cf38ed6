import { parseArgs } from 'node:util';
import { describeOpenError, refuse, sentencesOf } from './command/outcome.ts';
import { type OpenedFile, openFiles } from './files/node-byte-source.ts';
import { type Problem, ProblemError } from './protocol/errors.ts';
import { FILTER_ERROR, problemText } from './protocol/filter/filter.ts';
import { parseFilter } from './protocol/filter/parse-filter.ts';
import { GROUPING_KEYS, isGroupingKey } from './protocol/object-set.ts';
import { unknownFile } from './protocol/profile-formats.ts';
import type { Report } from './protocol/report.ts';
import { secondDumpText } from './protocol/second-dump-text.ts';
import type { SnapshotInfo } from './protocol/snapshot-info.ts';
import { type DocumentRequest, printDocument, readDocumentOptions } from './report-document.ts';
import { isProfileOutput, type ProfileOutput, printProfile } from './report-profile.ts';
import { type RetainerReport, readRetainerOptions, reportRetainers } from './report-retainers.ts';
import { HeapSession } from './service/heap-session.ts';

export const REPORT_USAGE =
  'heapscape report FILE|- [FILE …] [--references-only] [--top N] [--filter TEXT] [--group KEY,KEY] [--html|--markdown [--strings]] [--paths FILTER] [--ignore WHAT]… [--cut WHAT]… [--as report|collapsed|speedscope]';
/** Default length of the list of functions of a profile. */
const DEFAULT_TOP = 200;

/**
 * `heapscape report`: prints the numbers of a heap dump, a profile, a report or a series as one JSON object; `-` is the
 * standard input. Several files are the parts of one, or dumps to compare. If it fails, status 2 and one line on
 * standard error.
 */
export async function report(args: string[]): Promise<number> {
  const given = readArguments(args);
  if (given === null) return refuse(`usage: ${REPORT_USAGE}`);
  const { paths, filter, group } = given;
  const retainers = readRetainerOptions(given);
  if (typeof retainers === 'string') return refuse(retainers);
  const label = paths.join(' ');
  const parsed = parseFilter(filter ?? '');
  if (!parsed.ok) return refuse(problemText(parsed.problem));
  const unknown = group?.find(key => !isGroupingKey(key));
  if (unknown !== undefined) {
    return refuse(`There is no key ${unknown} to group by. There are ${GROUPING_KEYS.join(', ')}.`);
  }

  let files: OpenedFile[];
  try {
    files = await openFiles(paths);
  } catch (error) {
    return refuse(`${label}: ${describeOpenError(error)}`);
  }
  try {
    return files.length === 1 ? await reportFile(files[0]!, given) : await reportSeries(files, given);
  } finally {
    for (const file of files) await file.close();
  }
}

/** Prints the report of one file: a heap dump, or a format that `profiles` can read. */
async function reportFile(file: OpenedFile, given: Arguments): Promise<number> {
  const label = given.paths.join(' ');
  const session = new HeapSession();
  const options = { loadId: 1, name: file.source.name, referencesOnly: given.referencesOnly };
  const outcome = await session.openSource(file.source, options, () => undefined);
  if (!outcome.ok && outcome.problem.code === 'not-a-dump')
    return await reportProfile(file, outcome.problem, given);
  if (!outcome.ok) return refuse(`${label}: ${sentencesOf(outcome.problem)}`);
  if (given.output !== 'report')
    return refuse(`${label}: a heap dump has no call stacks: --as is for profiles.`);
  return printReport(session, outcome.value, label, given);
}

/** Prints the report of the last of several dumps, with the comparison of all of them. */
async function reportSeries(files: readonly OpenedFile[], given: Arguments): Promise<number> {
  if (given.output !== 'report') return refuse('A heap dump has no call stacks: --as is for profiles.');
  const session = new HeapSession();
  const opened: SnapshotInfo[] = [];
  for (const [at, { source }] of files.entries()) {
    const options = { loadId: at + 1, name: source.name, referencesOnly: given.referencesOnly };
    const outcome = await session.openSource(source, options, () => undefined);
    if (!outcome.ok) {
      return refuse(
        `${source.name}: ${sentencesOf(outcome.problem)} Several files are compared as heap dumps of one series.`,
      );
    }
    opened.push(outcome.value);
  }
  const ids = opened.map(info => info.id);
  const ordered = await session.setSeries(ids, 'taken');
  const names = ordered.map(id => opened.find(info => info.id === id)!.name);
  if (ordered.some((id, at) => id !== ids[at]))
    process.stderr.write(`Compared in this order: ${names.join(', ')}.\n`);
  for (const info of opened) {
    if (info.id !== ordered.at(-1)) process.stderr.write(missingText(info, info.name));
  }
  return printReport(session, opened.find(info => info.id === ordered.at(-1))!, names.at(-1)!, given);
}

/** Prints the report of an open dump. `label`: the beginning of lines on standard error. */
async function printReport(
  session: HeapSession,
  info: SnapshotInfo,
  label: string,
  given: Arguments,
): Promise<number> {
  const retainers = readRetainerOptions(given);
  if (typeof retainers === 'string') return refuse(retainers);
  const { top, filter, group, document } = given;
  if (document !== null) return printDocument(session, info, label, document, filter);
  const report = await answerOrReason<Report | RetainerReport>(
    retainers === null
      ? session.ask('report', {
          snapshot: info.id,
          ...(top === undefined ? {} : { top }),
          ...(filter === undefined ? {} : { filter }),
          ...(group === undefined ? {} : { group: group.filter(isGroupingKey) }),
        })
      : reportRetainers(session, info.id, retainers, top),
  );
  if (typeof report === 'string') return refuse(`${label}: ${report}`);
  process.stderr.write(missingText(info, label));
  const isFull = 'notes' in report;
  const second = isFull && report.secondDump !== null ? [secondDumpText(report.secondDump)] : [];
  for (const sentence of [...second, ...(isFull ? report.notes : [])])
    process.stderr.write(`${label}: ${sentence}\n`);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

/** A line that says why objects may be missing from a dump; empty if none are. */
function missingText({ incomplete }: SnapshotInfo, label: string): string {
  return incomplete.length === 0 ? '' : `${label}: The dump is incomplete. ${incomplete.join(' ')}\n`;
}

/**
 * Prints a file that is not a heap dump. If it is not a known profile either, the problem of reading it as a heap is
 * reported.
 */
async function reportProfile(
  file: OpenedFile,
  heapProblem: Problem,
  { paths, output, top, filter, group, document }: Arguments,
): Promise<number> {
  try {
    if (filter !== undefined || group !== undefined)
      return refuse('--filter and --group are for heap dumps.');
    if (document !== null) return refuse('--html and --markdown are for heap dumps.');
    process.stdout.write(await printProfile(file.source, output, top ?? DEFAULT_TOP));
    return 0;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const isUnknown = error.problem.code === 'not-a-dump' && error.problem.looksLike === undefined;
    return refuse(`${paths.join(' ')}: ${sentencesOf(isUnknown ? unknownFile(heapProblem) : error.problem)}`);
  }
}

interface Arguments {
  /** One path, those of all parts of a split dump, or those of dumps to compare. */
  paths: string[];
  /** How to print a profile. */
  output: ProfileOutput;
  referencesOnly: boolean;
  top: number | undefined;
  filter: string | undefined;
  /** The filter whose objects' paths are requested. */
  pathsTo: string | undefined;
  ignore: string[];
  cut: string[];
  /** As written on the command line. */
  group: string[] | undefined;
  document: DocumentRequest | null;
}

/** Null if the arguments do not match the usage. */
function readArguments(given: string[]): Arguments | null {
  // A filter may begin with a minus, which would be mistaken for an option.
  let args = given;
  for (const option of ['--filter', '--paths']) {
    const at = args.indexOf(option);
    if (at >= 0 && at === args.length - 1) return null;
    if (at >= 0) args = args.toSpliced(at, 2, `${option}=${args[at + 1]}`);
  }
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'references-only': { type: 'boolean', default: false },
        top: { type: 'string' },
        filter: { type: 'string' },
        group: { type: 'string' },
        paths: { type: 'string' },
        ignore: { type: 'string', multiple: true, default: [] },
        cut: { type: 'string', multiple: true, default: [] },
        as: { type: 'string', default: 'report' },
        html: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        strings: { type: 'boolean', default: false },
      },
    });
    const top = values.top === undefined ? undefined : Number(values.top);
    const isWrong = positionals.length === 0 || (top !== undefined && !(top >= 0));
    const output = values.as;
    if (isWrong || !isProfileOutput(output)) return null;
    const group = values.group?.split(',').map(key => key.trim());
    const referencesOnly = values['references-only'];
    const { filter, paths: pathsTo, ignore, cut } = values;
    const document = readDocumentOptions(values);
    if (document === 'both') return null;
    return { paths: positionals, output, referencesOnly, top, filter, group, pathsTo, ignore, cut, document };
  } catch (error) {
    // An unknown option, or one without its value.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The answer, or a text that says why this dump cannot answer the filter. */
async function answerOrReason<Answer>(answer: Promise<Answer>): Promise<Answer | string> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === FILTER_ERROR) return error.message;
    throw error;
  }
}
