import { withThousands } from '../../protocol/digits.ts';
import type { RateBase } from '../../protocol/profile-report.ts';
import type { Unit } from './units.ts';

/** Time units for rates, and their lengths in seconds. */
const TIMES: readonly [name: string, seconds: number][] = [
  ['microsecond', 1e-6],
  ['millisecond', 1e-3],
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** Length of each time unit in seconds. */
const SECONDS: Partial<Record<Unit, number>> = { seconds: 1, milliseconds: 1e-3, microseconds: 1e-6 };

/**
 * The base of rates over a range of x: the longest unit of time, or the largest power of ten, that fits into the range.
 * So no rate refers to a longer time than was observed.
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
