import { withThousands } from '../digits.ts';
import type { Count, Fraction } from '../units.ts';

/** A count with thousands separators: `381,682`. */
export function formatCount(count: Count): string {
  return withThousands(count);
}

/** A count with its noun: `1 object`, `12,480 objects`. */
export function formatCountOf(count: Count, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** A share as a percentage: `18 %`, `2.4 %`, `< 0.1 %`, `0 %`. */
export function formatShare(share: Fraction): string {
  const percent = share * 100;
  if (percent === 0) return '0\u00a0%';
  if (Math.abs(percent) < 0.1) return '<\u00a00.1\u00a0%';
  // 99.96 % must not be shown as 100 %.
  const digits = Math.abs(percent) < 9.95 || (percent > 99 && percent < 100) ? 1 : 0;
  const text = percent < 100 && percent > 99.9 ? '99.9' : percent.toFixed(digits).replace(/\.0$/, '');
  return `${text}\u00a0%`;
}

/** `part / whole` as a fraction; 0 if there is no whole. */
export function shareOf(part: number, whole: number): Fraction {
  return whole > 0 ? part / whole : 0;
}
