import { expect, it } from 'vitest';
import { growthOf } from './growth.ts';

const verdictOf = (shallowBytes: number[]) => {
  const sizes = { label: 'A', counts: shallowBytes, shallowBytes, newAtLast: null };
  return growthOf(sizes, [...shallowBytes.keys()]).verdict;
};
const steps = (count: number, sizeAt: (at: number) => number) =>
  Array.from({ length: count }, (_, at) => sizeAt(at));

it.each([3, 4, 8, 20])('calls steady growth over %i dumps a leak', dumps => {
  expect(verdictOf(steps(dumps, at => 10_000 + 1000 * at))).toBe('leak');
});

it('calls growth that stops a cache, however many dumps there are', () => {
  expect(verdictOf([10_000, 60_000, 60_000])).toBe('cache');
  expect(verdictOf(steps(20, at => 10_000 + 5000 * Math.min(at, 10)))).toBe('cache');
  // It fills up more and more slowly.
  expect(verdictOf(steps(20, at => Math.round(100_000 * (1 - 0.6 ** at))))).toBe('cache');
});

it('does not take one idle step at the end of many for the end of growth', () => {
  expect(verdictOf(steps(20, at => 10_000 + 1000 * Math.min(at, 18)))).toBe('grew');
});

it('calls growth that slows down without stopping a leak', () => {
  expect(verdictOf([0, 10_000, 15_000, 18_000])).toBe('leak');
});
