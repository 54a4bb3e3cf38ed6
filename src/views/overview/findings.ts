import type { ObjectSetSpec } from '../../../workers/protocol/object-set.ts';
import type { Overview, RetainedRow, SnapshotInfo } from '../../../workers/protocol/rows.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf, formatShare, shareOf } from '../../format/counts.ts';
import { objectText } from '../../widgets/ObjectName.tsx';

/** A sentence about the heap, and what it speaks of. */
export interface Finding {
  id: string;
  text: string;
  tone: 'plain' | 'hint';
  /** The object to inspect. */
  row?: RetainedRow;
  /** The set to narrow by. */
  set?: ObjectSetSpec;
}

/** An object that keeps this share of the bytes is worth a sentence. */
const LARGE_SHARE = 0.05;

/** Sentences about large objects; more would be a list again. */
const LARGE_SENTENCES = 3;

/** A child with this part of its dominator's bytes is where they accumulate (MAT's rule, for one step). */
const PASSES_ON = 0.7;

/** Beyond this share the page suggests (numbers.md#reachable) a GC before the dump. */
export const UNREACHABLE_HINT_SHARE = 0.02;

/** Below this the tracer's own table misleads nobody. */
const OVERHEAD_SHARE = 0.01;

/** A run this long is odd. */
const LONG_RUN = 1000;

/** What is large and what is odd, in sentences; the most telling first. */
export function findingsOf(overview: Overview, info: SnapshotInfo): Finding[] {
  return [
    ...largeObjects(overview),
    ...longRuns(overview),
    ...overhead(overview),
    ...unreachable(overview),
    ...whatIsMissing(overview, info),
  ];
}

function largeObjects({ topRetained, shallowBytes }: Overview): Finding[] {
  const candidates = topRetained.filter(row => !row.overhead && row.chainLength < LONG_RUN);
  const told = new Set<number>();
  const findings: Finding[] = [];
  for (const row of candidates) {
    const share = shareOf(row.object.retainedBytes, shallowBytes);
    if (share < LARGE_SHARE || findings.length === LARGE_SENTENCES) break;
    if (told.has(row.object.index)) continue;
    told.add(row.object.index);
    const through = passedOn(row, candidates);
    for (const passed of through) told.add(passed.object.index);
    const last = through.at(-1);
    const detail =
      last === undefined
        ? ''
        : `, nearly all of it through ${objectText(last.object)} (${formatBytes(last.object.retainedBytes)})`;
    findings.push({
      id: `large ${row.object.index}`,
      tone: 'plain',
      text: `${objectText(row.object)} keeps ${formatBytes(row.object.retainedBytes)} alive, ${formatShare(share)} of the heap${detail}.`,
      row: last ?? row,
    });
  }
  return findings;
}

/** The objects, each dominated by the one before, that keep most of what the first keeps. */
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

function longRuns({ topRetained, shallowBytes }: Overview): Finding[] {
  return topRetained
    .filter(row => row.chainLength >= LONG_RUN)
    .slice(0, 2)
    .map(row => ({
      id: `run ${row.object.index}`,
      tone: 'plain',
      text: `A run of ${formatCount(row.chainLength)} \u00d7 ${row.object.label}, each kept alive by the one before, holds ${formatBytes(row.object.retainedBytes)}, ${formatShare(shareOf(row.object.retainedBytes, shallowBytes))} of the heap.`,
      row,
    }));
}

function overhead({ measurementOverhead, shallowBytes }: Overview): Finding[] {
  if (measurementOverhead === null) return [];
  const share = shareOf(measurementOverhead.shallowBytes, shallowBytes);
  if (share < OVERHEAD_SHARE) return [];
  return [
    {
      id: 'overhead',
      tone: 'hint',
      text: `${formatBytes(measurementOverhead.shallowBytes)}, ${formatShare(share)}, are the table of the allocation tracer itself: they are there because allocations were traced, not because of the application.`,
    },
  ];
}

function unreachable(overview: Overview): Finding[] {
  const share = shareOf(overview.unreachable.shallowBytes, overview.shallowBytes);
  if (share <= UNREACHABLE_HINT_SHARE) return [];
  return [
    {
      id: 'unreachable',
      tone: 'hint',
      text: `${formatBytes(overview.unreachable.shallowBytes)}, ${formatShare(share)}, are unreachable: garbage that was not collected yet. Run GC.start before the dump to leave it out.`,
      set: { kind: 'reachability', reachable: false },
    },
  ];
}

/** What the dump does not hold, and what that means for the numbers. */
function whatIsMissing({ import: report }: Overview, info: SnapshotInfo): Finding[] {
  const findings: Finding[] = [];
  if (!info.hasRoots) {
    findings.push({
      id: 'no-roots',
      tone: 'hint',
      text: 'This dump has no roots (it was taken with since:). Objects without a referrer stand in for them: retained sizes are within this partial dump.',
    });
  }
  if (info.referencesOnly) {
    findings.push({
      id: 'references-only',
      tone: 'hint',
      text: 'Only the references lists are followed, as reap and harb do: many live objects look unreachable by this rule.',
    });
  }
  if (info.tracedObjects === 0) {
    findings.push({
      id: 'untraced',
      tone: 'hint',
      text: 'Allocations were not traced, so generations and allocation sites are unknown. ObjectSpace.trace_object_allocations_start, early in the process, records them.',
    });
  }
  if (report.damage !== null) {
    findings.push({
      id: 'damaged-file',
      tone: 'hint',
      text: `${report.damage} Objects can be missing, and sizes be too small.`,
    });
  }
  if (report.truncated) {
    findings.push({
      id: 'truncated',
      tone: 'hint',
      text: 'The file ends within a record: whatever followed is missing, and sizes can be too small.',
    });
  }
  const damaged = report.skippedRecords + report.rescuedRecords;
  if (damaged > 0) {
    findings.push({
      id: 'damaged',
      tone: 'hint',
      text: `${formatCountOf(damaged, 'record')} of the file ${damaged === 1 ? 'was' : 'were'} damaged: ${formatCount(report.rescuedRecords)} rescued, ${formatCount(report.skippedRecords)} skipped. See below.`,
    });
  }
  return findings;
}
