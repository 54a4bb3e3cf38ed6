import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LargestSizes } from './largest-sizes.ts';

test('sizes that it refuses are not among the largest; of equal sizes the first ones count', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (sizes, most) => {
      const largest = new LargestSizes(most);
      const accepted = sizes.map(size => largest.add(size));
      for (const [at, size] of sizes.entries()) {
        const before = sizes.slice(0, at).filter(other => other >= size).length;
        expect(accepted[at]).toBe(before < most);
      }
      largest.clear();
      expect(largest.add(0)).toBe(true);
    }),
  );
});
