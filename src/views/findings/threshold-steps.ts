import type { FindingThreshold } from '../../../workers/protocol/findings.ts';

/** Number of steps of a slider. */
export const STEPS = 100;

/** For thresholds with a wide range, small values matter most: there the steps grow with the value. */
function exponentOf({ max, unit }: FindingThreshold): number {
  return unit === 'share' && max === 1 ? 1 : 3;
}

/** The value at a step of the slider, rounded for display. The step of the default value returns exactly that value. */
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
