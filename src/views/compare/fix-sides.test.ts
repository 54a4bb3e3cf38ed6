import { expect, it } from 'vitest';
import type { ComparedDump } from '../../../workers/protocol/comparison.ts';
import { sidesOfSplit, splitOf, suggestedSides, withSide } from './fix-sides.ts';

const dumps = (...processes: number[]) =>
  processes.map((process, at) => ({ id: at + 1, process }) as ComparedDump);

it('suggests sides if there are two processes with two dumps each', () => {
  expect(suggestedSides(dumps(0, 0, 1, 1, 1))).toEqual({ before: [1, 2], after: [3, 4, 5] });
  expect(suggestedSides(dumps(0, 0, 0, 0))).toBeNull();
  expect(suggestedSides(dumps(0, 0, 0, 1))).toBeNull();
  expect(suggestedSides(dumps(0, 0, 1, 1, 2))).toBeNull();
});

it('moves a dump to a side, and recognises sides that are those of a split', () => {
  const all = dumps(0, 0, 0, 0);
  const sides = sidesOfSplit(all, 2);
  expect(splitOf(all, sides)).toBe(2);
  const without = withSide(all, sides, 2, null);
  expect(without).toEqual({ before: [1], after: [3, 4] });
  expect(splitOf(all, without)).toBe(0);
  expect(withSide(all, without, 2, 'after')).toEqual({ before: [1], after: [2, 3, 4] });
  expect(splitOf(all, { before: [], after: [] })).toBe(0);
});
