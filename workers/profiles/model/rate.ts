import { withThousands } from '../../protocol/digits.ts';
import type { RateBase } from '../../protocol/profile-report.ts';
import type { Unit } from './units.ts';

/** Times that rates are given per, and how many of a unit each is. */
const TIMES: readonly [name: string, seconds: number][] = [
  ['microsecond', 1e-6],
  ['millisecond', 1e-3],
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** Seconds of the units that are times. */
const SECONDS: Partial<Record<Unit, number>> = { seconds: 1, milliseconds: 1e-3, microseconds: 1e-6 };

/**
 * What a rate over a stretch of x is given per: the longest time, or the largest power of ten, that fits into the
 * stretch. So no rate speaks of a longer time than was seen.
 */
export function rateBase(unit: Unit, span: number): RateBase {
  const second = SECONDS[unit];
  if (second !== undefined) {
    const [name, seconds] = TIMES.findLast(([, length]) => length <= span * second) ?? TIMES[0]!;
    return { x: seconds / second, name };
  }
  const x = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, span))));
  const things = unit === 'index' ? 'rows' : unit === 'count' ? '' : unit;
  return { x, name: x === 1 ? things.replace(/s$/, '') : `${withThousands(x)} ${things}`.trim() };
}
