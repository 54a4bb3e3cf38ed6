import type { GrowthRow, GrowthVerdict } from '../protocol/comparison.ts';
import type { Bytes, Count } from '../protocol/units.ts';

/** The sizes of a group, one entry for each dump. */
export interface GroupSizes {
  label: string | null;
  counts: Count[];
  shallowBytes: Bytes[];
  /** Objects that are new in the last step; null if they cannot be identified. */
  newAtLast: Count | null;
}

/** The verdict from sizes alone. */
export type JudgedGrowth = Omit<GrowthRow, 'new' | 'freed'>;

/** A smaller change, as a share of the group's size, is not growth, unless the group grew each time. */
const STEADY_SHARE = 0.02;
/** A change by fewer bytes is not growth either. */
const STEADY_BYTES: Bytes = 512;
/**
 * A group has stopped growing if its last steps, this share of all, grew by at most this share of its average growth.
 */
const TAIL_SHARE = 1 / 3;
const TAIL_GROWTH = 0.2;
/** Minimum share of new objects, and minimum number, for a group whose objects come and go. */
const EXCHANGED_SHARE = 0.1;
const EXCHANGED_LEAST: Count = 10;

/**
 * The verdict on the sizes of a group, based on the complete dumps (numbers.md#growth). O(dumps).
 * `counted`: positions of the complete dumps.
 */
export function growthOf(sizes: GroupSizes, counted: readonly number[]): JudgedGrowth {
  const bytes = counted.map(at => sizes.shallowBytes[at]!);
  const counts = counted.map(at => sizes.counts[at]!);
  const monotone = growsEachTime(bytes) && counted.length > 1;
  return {
    label: sizes.label,
    counts: sizes.counts,
    shallowBytes: sizes.shallowBytes,
    slopePerDump: slopeOf(bytes),
    monotone,
    ...judge(sizes, bytes, counts, monotone),
  };
}

function judge(
  sizes: GroupSizes,
  bytes: readonly Bytes[],
  counts: readonly Count[],
  monotone: boolean,
): { verdict: GrowthVerdict; reason: string } {
  const first = bytes[0] ?? 0;
  const last = bytes.at(-1) ?? 0;
  const grown = last - first;
  const steady = Math.max(STEADY_BYTES, STEADY_SHARE * Math.max(first, last));
  const steps = bytes.length - 1;
  if (grown > steady && steps >= 2 && endsLevel(bytes, grown)) {
    return {
      verdict: 'cache',
      reason: 'It grew and then stayed the same: a cache that filled up, or code that was loaded.',
    };
  }
  if (monotone && steps >= 2 && grown >= STEADY_BYTES) {
    return { verdict: 'leak', reason: `It grew in each of ${steps} steps.` };
  }
  if (Math.abs(grown) <= steady) return unchanged(sizes, counts);
  if (grown < 0) return { verdict: 'shrank', reason: 'It is smaller in the last dump than in the first.' };
  if (steps < 2)
    return {
      verdict: 'grew',
      reason: 'It is larger in the later dump. A third dump shows whether it continues to grow.',
    };
  return { verdict: 'grew', reason: 'It is larger at the end, but did not grow each time.' };
}

/** Whether its growth over the last third of the steps is a small part of its average growth. */
function endsLevel(bytes: readonly Bytes[], grown: Bytes): boolean {
  const steps = bytes.length - 1;
  const tail = Math.max(1, Math.floor(steps * TAIL_SHARE));
  const grownAtEnd = bytes.at(-1)! - bytes.at(-1 - tail)!;
  return Math.abs(grownAtEnd) <= TAIL_GROWTH * tail * (grown / steps);
}

function unchanged(
  { newAtLast }: GroupSizes,
  counts: readonly Count[],
): { verdict: GrowthVerdict; reason: string } {
  const last = counts.at(-1) ?? 0;
  if (newAtLast !== null && newAtLast >= Math.max(EXCHANGED_LEAST, EXCHANGED_SHARE * last)) {
    const share = Math.round((newAtLast / last) * 100);
    return {
      verdict: 'bounded',
      reason: `Its size stays, though ${share} % of its objects are new in the last dump.`,
    };
  }
  return { verdict: 'flat', reason: 'Its size stays.' };
}

function growsEachTime(values: readonly number[]): boolean {
  return values.every((value, at) => at === 0 || value > values[at - 1]!);
}

/** The slope of the least-squares line through the values at 0, 1, 2 … */
export function slopeOf(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let above = 0;
  let below = 0;
  for (const [at, value] of values.entries()) {
    above += (at - middle) * (value - mean);
    below += (at - middle) ** 2;
  }
  return above / below;
}

const RANK: Record<GrowthVerdict, number> = { leak: 0, grew: 1, cache: 2, bounded: 3, flat: 4, shrank: 5 };

/** Leaks first, then what grew; among these the steepest slope first, and then the largest in the last dump. */
export function byGrowth(a: JudgedGrowth, b: JudgedGrowth): number {
  return (
    RANK[a.verdict] - RANK[b.verdict] ||
    b.slopePerDump - a.slopePerDump ||
    b.shallowBytes.at(-1)! - a.shallowBytes.at(-1)! ||
    (a.label ?? '').localeCompare(b.label ?? '')
  );
}
