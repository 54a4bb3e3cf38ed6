import type { ComparedDump } from '../../../workers/protocol/comparison.ts';
import type { SnapshotId } from '../../../workers/protocol/units.ts';

/** Which dumps are from before a fix, and which from after it. Those on neither side are left out. */
export interface FixSideIds {
  before: SnapshotId[];
  after: SnapshotId[];
}

/** Minimum number of dumps on each side. */
export const MIN_DUMPS_PER_SIDE = 2;

/** The sides if a fix was applied before the dump at a position. */
export function sidesOfSplit(dumps: readonly ComparedDump[], split: number): FixSideIds {
  const ids = dumps.map(({ id }) => id);
  return { before: ids.slice(0, split), after: ids.slice(split) };
}

/**
 * The sides that dumps of two processes suggest: the process was restarted with the fix. Null if there are more or
 * fewer processes, or one of them has too few dumps.
 */
export function suggestedSides(dumps: readonly ComparedDump[]): FixSideIds | null {
  const processes = [...new Set(dumps.map(({ process }) => process))];
  if (processes.length !== 2) return null;
  const idsOf = (process: number) => dumps.filter(dump => dump.process === process).map(({ id }) => id);
  const [before, after] = [idsOf(processes[0]!), idsOf(processes[1]!)];
  return Math.min(before.length, after.length) < MIN_DUMPS_PER_SIDE ? null : { before, after };
}

/** The position of the split, if the sides are those of a split; else 0. */
export function splitOf(dumps: readonly ComparedDump[], { before, after }: FixSideIds): number {
  const wanted = sidesOfSplit(dumps, before.length);
  const isSplit = wanted.before.join() === before.join() && wanted.after.join() === after.join();
  return isSplit && after.length > 0 ? before.length : 0;
}

/** The sides with a dump moved to another one, or with `null` to neither; each side keeps the order of the dumps. */
export function withSide(
  dumps: readonly ComparedDump[],
  sides: FixSideIds,
  moved: SnapshotId,
  side: keyof FixSideIds | null,
): FixSideIds {
  const members = (of: keyof FixSideIds) =>
    dumps.map(({ id }) => id).filter(id => (id === moved ? side === of : sides[of].includes(id)));
  return { before: members('before'), after: members('after') };
}
