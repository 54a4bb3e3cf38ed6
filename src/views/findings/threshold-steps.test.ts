import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FindingThreshold } from '../../../workers/protocol/findings.ts';
import { STEPS, stepOf, valueAt } from './threshold-steps.ts';

const SHARE: FindingThreshold = {
  name: 'a.share',
  label: '',
  unit: 'share',
  min: 0.001,
  max: 0.5,
  usual: 0.02,
};
const BYTES: FindingThreshold = {
  name: 'a.bytes',
  label: '',
  unit: 'bytes',
  min: 0,
  max: 2 ** 27,
  usual: 2 ** 20,
};

describe('the steps of a slider', () => {
  it.each([SHARE, BYTES])('go from the least to the largest value, and meet the usual one', threshold => {
    expect(valueAt(threshold, 0)).toBe(threshold.min);
    expect(valueAt(threshold, STEPS)).toBe(threshold.max);
    expect(valueAt(threshold, stepOf(threshold, threshold.usual))).toBe(threshold.usual);
  });

  it('rise, and each value is nearest to its own step or to one with the same label', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(SHARE, BYTES),
        fc.integer({ min: 0, max: STEPS - 1 }),
        (threshold, step) => {
          expect(valueAt(threshold, step + 1)).toBeGreaterThanOrEqual(valueAt(threshold, step));
          const value = valueAt(threshold, step);
          expect(valueAt(threshold, stepOf(threshold, value))).toBe(value);
        },
      ),
    );
  });
});
