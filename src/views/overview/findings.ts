import type { Finding } from '../../../workers/protocol/findings.ts';
import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { Overview, RetainedRow } from '../../../workers/protocol/overview.ts';
import { secondDumpText } from '../../../workers/protocol/second-dump-text.ts';
import type { SnapshotInfo } from '../../../workers/protocol/snapshot-info.ts';
import type { AddressText, ObjectIndex } from '../../../workers/protocol/units.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { objectText } from '../../widgets/ObjectName.tsx';

/** A sentence about the heap, and the objects that it is about. */
export interface Remark {
  id: string;
  text: string;
  tone: 'plain' | 'hint';
  /** The object to inspect. */
  object?: { index: ObjectIndex; address: AddressText; name: string };
  /** The set to narrow by. */
  set?: ObjectSetSpec;
}

/** Objects that retain at least this share of the bytes are reported. */
const LARGE_SHARE = 0.05;

/** Maximum number of sentences about large objects. */
const LARGE_SENTENCES = 3;

/** A child that retains this share of its dominator's bytes is the accumulation point (MAT's rule, for one step). */
const PASSES_ON = 0.7;

/** Above this share, the page suggests a GC before the dump (numbers.md#reachable). */
export const UNREACHABLE_HINT_SHARE = 0.02;

/** Below this share, the tracer's own table does not distort the picture. */
const OVERHEAD_SHARE = 0.01;

/** Runs of at least this length are reported. */
const LONG_RUN = 1000;

/** Findings of the worker as remarks. */
export function remarksOf(findings: readonly Finding[]): Remark[] {
  return findings.map(({ id, group, title, sentence, set, objectsShown: [address] }) => {
    const remark: Remark = { id, tone: group === 'leak' ? 'plain' : 'hint', text: sentence };
    if (set?.kind === 'dominatedBy' && address !== undefined) {
      return { ...remark, object: { index: set.object, address, name: title } };
    }
    return set === null ? remark : { ...remark, set };
  });
}

/** What is unusual, and what is missing from the dump, in sentences; the most important first. */
export function hintsOf(overview: Overview, info: SnapshotInfo): Remark[] {
  return [
    ...overhead(overview),
    ...missingThreads(overview),
    ...unreachable(overview, info),
    ...repeatedClasses(overview),
    ...missingParts(overview, info),
  ];
}

/** The objects and runs that retain a large share of the heap. */
export function largeObjects(overview: Overview): Remark[] {
  return [...singleObjects(overview), ...longRuns(overview)];
}

function singleObjects({ topRetained, shallowBytes }: Overview): Remark[] {
  const candidates = topRetained.filter(row => !row.overhead && row.chainLength < LONG_RUN);
  const mentioned = new Set<number>();
  const findings: Remark[] = [];
  for (const row of candidates) {
    const share = shareOf(row.object.retainedBytes, shallowBytes);
    if (share < LARGE_SHARE || findings.length === LARGE_SENTENCES) break;
    if (mentioned.has(row.object.index)) continue;
    mentioned.add(row.object.index);
    const through = passedOn(row, candidates);
    for (const passed of through) mentioned.add(passed.object.index);
    const last = through.at(-1);
    const detail =
      last === undefined
        ? ''
        : `, nearly all of it through ${objectText(last.object)} (${formatBytes(last.object.retainedBytes)})`;
    findings.push({
      id: `large ${row.object.index}`,
      tone: 'plain',
      text: `${objectText(row.object)} keeps ${formatBytes(row.object.retainedBytes)} alive, ${formatShare(share)} of the heap${detail}.`,
      object: inspected(last ?? row),
    });
  }
  return findings;
}

function inspected({ object }: RetainedRow): NonNullable<Remark['object']> {
  return { index: object.index, address: object.address, name: object.title || object.label };
}

/** The chain of objects, each dominated by the one before, that retain most of what the first retains. */
function passedOn(row: RetainedRow, candidates: readonly RetainedRow[]): RetainedRow[] {
  const through: RetainedRow[] = [];
  let holder = row;
  for (;;) {
    const next = candidates.find(
      ({ dominator, object }) =>
        dominator.kind === 'object' &&
        dominator.object.index === holder.object.index &&
        object.retainedBytes >= PASSES_ON * holder.object.retainedBytes,
    );
    if (next === undefined) return through;
    through.push(next);
    holder = next;
  }
}

function longRuns({ topRetained, shallowBytes }: Overview): Remark[] {
  return topRetained
    .filter(row => row.chainLength >= LONG_RUN)
    .slice(0, 2)
    .map(row => ({
      id: `run ${row.object.index}`,
      tone: 'plain',
      text: `A run of ${formatCount(row.chainLength)} \u00d7 ${row.object.label}, each kept alive by the one before, holds ${formatBytes(row.object.retainedBytes)}, ${formatShare(shareOf(row.object.retainedBytes, shallowBytes))} of the heap.`,
      object: inspected(row),
    }));
}

function overhead({ measurementOverhead, shallowBytes }: Overview): Remark[] {
  if (measurementOverhead === null) return [];
  const share = shareOf(measurementOverhead.shallowBytes, shallowBytes);
  if (share < OVERHEAD_SHARE) return [];
  return [
    {
      id: 'overhead',
      tone: 'hint',
      text: `The allocation tracer\u2019s own table takes ${formatBytes(measurementOverhead.shallowBytes)} (${formatShare(share)}). It exists only because tracing was on.`,
    },
  ];
}

function unreachable(overview: Overview, info: SnapshotInfo): Remark[] {
  const share = shareOf(overview.unreachable.shallowBytes, overview.shallowBytes);
  if (share <= UNREACHABLE_HINT_SHARE) return [];
  const amount = `${formatBytes(overview.unreachable.shallowBytes)} (${formatShare(share)})`;
  return [
    {
      id: 'unreachable',
      tone: 'hint',
      text: unreachableText(amount, overview, info),
      set: { kind: 'reachability', reachable: false },
    },
  ];
}

/** Only for a complete dump, with all references followed, is it certain that unreachable objects are garbage. */
function unreachableText(amount: string, overview: Overview, info: SnapshotInfo): string {
  if (info.incomplete.length > 0) {
    return `${amount} look unreachable. That may be due to what is missing from the dump.`;
  }
  if (mayLackThreads(overview)) {
    return `${amount} are unreachable: garbage, or held by threads that are not in the dump.`;
  }
  if (info.referencesOnly) return `${amount} look unreachable by the references lists alone.`;
  return `${amount} are unreachable: garbage that had not been collected. Run GC.start before the dump to leave it out.`;
}

/** Whether the dump may be from a forked process, in which only the forking thread continues. */
function mayLackThreads({ threads }: Overview): boolean {
  return threads !== null && threads.running === 1 && threads.others > 0;
}

function missingThreads(overview: Overview): Remark[] {
  const { threads } = overview;
  if (threads === null || !mayLackThreads(overview)) return [];
  const others = formatCountOf(threads.others, 'other Thread object');
  return [
    {
      id: 'one-thread',
      tone: 'hint',
      text: `Only one thread was running, and there ${threads.others === 1 ? 'is' : 'are'} ${others}. If the dump was taken in a forked process, the stacks of the other threads are not in it: what only they held is missing, or looks unreachable.`,
    },
  ];
}

/** Maximum number of class names in a sentence. */
const REPEATED_NAMES = 3;

function repeatedClasses({ repeatedClasses: repeated }: Overview): Remark[] {
  const [first] = repeated;
  if (first === undefined) return [];
  const names = repeated.slice(0, REPEATED_NAMES).map(({ name, count }) => `${name} (${formatCount(count)})`);
  const text =
    repeated.length === 1
      ? `${first.name} exists ${formatCount(first.count)} times: was it reloaded?`
      : `Some classes exist several times: ${names.join(', ')}${repeated.length > names.length ? ' and others' : ''}. Were they reloaded?`;
  return [
    {
      id: 'repeated-classes',
      tone: 'hint',
      text: `${text} Lists by class merge classes of the same name; group by class object to tell them apart.`,
    },
  ];
}

/** What is missing from the dump, and what that means for the numbers. */
function missingParts({ import: report }: Overview, info: SnapshotInfo): Remark[] {
  const hints: Record<string, string | null> = {
    'no-roots': noRootsText(info),
    'references-only': info.referencesOnly
      ? 'Only the references lists are followed, as reap and harb do: many live objects look unreachable by this rule.'
      : null,
    untraced:
      info.tracedObjects === 0
        ? 'Allocations were not traced, so generations and allocation sites are unknown. ObjectSpace.trace_object_allocations_start, early in the process, records them.'
        : null,
    'second-dump': report.secondDump === null ? null : secondDumpText(report.secondDump),
    'damaged-fields':
      report.damagedFields === 0
        ? null
        : `${formatCountOf(report.damagedFields, 'field')} ${report.damagedFields === 1 ? 'has an impossible value, and is' : 'have impossible values, and are'} left out. See below.`,
    rescued:
      report.rescuedRecords === 0
        ? null
        : `${formatCountOf(report.rescuedRecords, 'damaged record')} ${report.rescuedRecords === 1 ? 'was' : 'were'} read despite the damage. See below.`,
  };
  return Object.entries(hints).flatMap(([id, text]) =>
    text === null ? [] : [{ id, tone: 'hint' as const, text }],
  );
}

function noRootsText({ hasRoots, isSinceDump, objects }: SnapshotInfo): string | null {
  if (hasRoots || objects === 0) return null;
  const what = isSinceDump
    ? 'This dump has no roots, because dump_all(since:) omits them.'
    : 'This file has no roots.';
  return `${what} Objects without referrers are used as roots, and retained sizes cover this partial dump only.`;
}
