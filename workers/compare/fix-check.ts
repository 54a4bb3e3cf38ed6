import type { FixCheck, FixOutcome, FixRow, FixSide, GrowthRow } from '../protocol/comparison.ts';
import type { Bytes, Count } from '../protocol/units.ts';
import { growthOf, type JudgedGrowth } from './growth.ts';

/** After a fix a group that grows at less than this part of its slope before is better, though not fixed. */
const BETTER = 0.5;

/** Positions of the dumps from before a fix, and of those from after it, each in their order. */
export interface FixSides {
  before: readonly number[];
  after: readonly number[];
}

/**
 * Whether groups that grew before a fix still grow after it. `rows`: all groups over all dumps; `names`: those of the
 * dumps. Each side needs two dumps, or there is no verdict. O(groups).
 */
export function checkFix(
  rows: readonly GrowthRow[],
  { before, after }: FixSides,
  names: readonly string[],
  top: Count,
): FixCheck {
  const bytesAt = (at: number) => rows.reduce((sum, { shallowBytes }) => sum + (shallowBytes[at] ?? 0), 0);
  const sides = {
    before: before.map(at => names[at]!),
    after: after.map(at => names[at]!),
    bytesBefore: before.map(bytesAt),
    bytesAfter: after.map(bytesAt),
  };
  if (before.length < 2 || after.length < 2) {
    return {
      ...sides,
      verdict: 'too few',
      sentence: 'Each side needs at least two whole dumps; three tell a leak from a cache that fills up.',
      slopeBefore: 0,
      slopeAfter: 0,
      rows: [],
    };
  }
  const checked = rows.map(row => checkRow(row, before, after)).filter(row => row !== null);
  const telling = checked.toSorted(
    (a, b) =>
      Math.max(b.before.slopePerDump, b.after.slopePerDump) -
      Math.max(a.before.slopePerDump, a.after.slopePerDump),
  );
  const grew = checked.filter(row => row.outcome !== 'grows since');
  const sum = (slopes: readonly Bytes[]) => slopes.reduce((total, slope) => total + slope, 0);
  const slopeBefore = sum(grew.map(row => row.before.slopePerDump));
  const slopeAfter = sum(checked.filter(row => isGrowing(row.after)).map(row => row.after.slopePerDump));
  return {
    ...sides,
    ...verdictOf(checked, slopeBefore, slopeAfter),
    slopeBefore,
    slopeAfter,
    rows: telling.slice(0, top),
  };
}

/** Null if a group grows on neither side. */
function checkRow(row: GrowthRow, before: readonly number[], after: readonly number[]): FixRow | null {
  // New objects are known only for the last step of all dumps.
  const newAtLast = row.new?.objects ?? null;
  const lastDump = row.counts.length - 1;
  const growthAt = (places: readonly number[]) =>
    growthOf({ ...row, newAtLast: places.at(-1) === lastDump ? newAtLast : null }, places);
  const [earlier, later] = [growthAt(before), growthAt(after)];
  if (!isGrowing(earlier) && !isGrowing(later)) return null;
  return {
    label: row.label,
    before: sideOf(earlier, before),
    after: sideOf(later, after),
    outcome: outcomeOf(earlier, later),
  };
}

function sideOf({ shallowBytes, slopePerDump, verdict }: JudgedGrowth, places: readonly number[]): FixSide {
  return { shallowBytes: places.map(at => shallowBytes[at]!), slopePerDump, verdict };
}

function isGrowing({ verdict }: Pick<JudgedGrowth, 'verdict'>): boolean {
  return verdict === 'leak' || verdict === 'grew';
}

function outcomeOf(before: JudgedGrowth, after: JudgedGrowth): FixOutcome {
  if (!isGrowing(after)) return 'stopped';
  if (!isGrowing(before)) return 'grows since';
  return after.slopePerDump < BETTER * before.slopePerDump ? 'grows slower' : 'still grows';
}

function verdictOf(
  rows: readonly FixRow[],
  slopeBefore: Bytes,
  slopeAfter: Bytes,
): Pick<FixCheck, 'verdict' | 'sentence'> {
  const grew = rows.filter(row => row.outcome !== 'grows since').length;
  const stopped = rows.filter(row => row.outcome === 'stopped').length;
  const since = rows.length - grew;
  if (grew === 0 && since === 0)
    return { verdict: 'nothing grew', sentence: 'Nothing grew before the fix, and nothing grows after it.' };
  const others =
    since === 0 ? '' : ` ${groupsOf(since)} that did not grow before ${since === 1 ? 'grows' : 'grow'} now.`;
  const ofThese = `${stopped} of ${groupsOf(grew)} that grew before the fix ${stopped === 1 ? 'has' : 'have'} stopped.`;
  if (slopeAfter <= 0) return { verdict: 'fixed', sentence: `${ofThese}${others}` };
  if (slopeAfter < BETTER * slopeBefore)
    return { verdict: 'better', sentence: `${ofThese} The rest grows slower.${others}` };
  if (slopeAfter > slopeBefore / BETTER)
    return { verdict: 'worse', sentence: `${ofThese} The heap grows faster than before.${others}` };
  return { verdict: 'not fixed', sentence: `${ofThese} The heap grows about as fast as before.${others}` };
}

function groupsOf(count: Count): string {
  return count === 1 ? '1 group' : `${count} groups`;
}
