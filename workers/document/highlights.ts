import { formatBytes } from '../protocol/format/bytes.ts';
import { formatCount, formatShare, shareOf } from '../protocol/format/counts.ts';
import { objectText } from '../protocol/format/object-text.ts';
import type { Overview } from '../protocol/overview.ts';
import type { SnapshotInfo } from '../protocol/snapshot-info.ts';

/** A sentence about something large or unusual. */
export interface Highlight {
  text: string;
  /** Whether it limits the meaning of the numbers, rather than being a finding. */
  isCaveat: boolean;
}

/** Objects that keep at least this share of the bytes alive get a sentence. */
const LARGE_SHARE = 0.05;
/** Above this share of unreachable bytes, a garbage collection before the dump is suggested (numbers.md#reachable). */
const UNREACHABLE_SHARE = 0.02;
const SENTENCES = 5;

/** What a reader should know first: the most important findings first, caveats last. */
export function highlights(overview: Overview, info: SnapshotInfo): Highlight[] {
  const { shallowBytes, topRetained, unreachable, measurementOverhead } = overview;
  const large = topRetained
    .filter(row => !row.overhead && shareOf(row.object.retainedBytes, shallowBytes) >= LARGE_SHARE)
    .slice(0, SENTENCES)
    .map(({ object, chainLength }) => {
      const run =
        chainLength > 1 ? `A run of ${formatCount(chainLength)} × ${object.label}` : objectText(object);
      const share = formatShare(shareOf(object.retainedBytes, shallowBytes));
      return `${run} keeps ${formatBytes(object.retainedBytes)} alive, ${share} of the bytes.`;
    });
  const caveats = info.incomplete.map(reason => `The dump is incomplete. ${reason}`);
  if (unreachable.shallowBytes > UNREACHABLE_SHARE * shallowBytes && info.incomplete.length === 0) {
    const share = formatShare(shareOf(unreachable.shallowBytes, shallowBytes));
    caveats.push(`${formatBytes(unreachable.shallowBytes)} (${share}) are not reachable from any root.`);
  }
  if (measurementOverhead !== null) {
    caveats.push(`${formatBytes(measurementOverhead.shallowBytes)} are the allocation tracer itself.`);
  }
  if (!info.hasRoots) caveats.push('The dump has no roots: retained sizes are within this partial dump.');
  if (info.referencesOnly) caveats.push('Only the references lists are followed, as reap and harb do.');
  return [
    ...large.map(text => ({ text, isCaveat: false })),
    ...caveats.map(text => ({ text, isCaveat: true })),
  ];
}
