import type { FindingThreshold } from '../../../workers/protocol/findings.ts';

/** Steps of a slider. */
export const STEPS = 100;

/** Small values matter most where a threshold has a wide range: there the steps grow with the value. */
function exponentOf({ max, unit }: FindingThreshold): number {
  return unit === 'share' && max === 1 ? 1 : 3;
}

/** The value at a step of the slider, rounded to what can be read. The usual value is met at its own step. */
export function valueAt(threshold: FindingThreshold, step: number): number {
  const { min, max, unit, usual } = threshold;
  if (step === stepOf(threshold, usual)) return usual;
  const value = min + (max - min) * (step / STEPS) ** exponentOf(threshold);
  const digits = unit === 'share' ? 4 : unit === 'generations' ? 1 : 0;
  return Math.min(max, Math.max(min, Number(value.toFixed(digits))));
}

/** The step nearest to a value. */
export function stepOf(threshold: FindingThreshold, value: number): number {
  const { min, max } = threshold;
  const part = Math.min(1, Math.max(0, (value - min) / (max - min)));
  return Math.round(STEPS * part ** (1 / exponentOf(threshold)));
}
