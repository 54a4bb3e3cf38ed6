import { expect, it } from 'vitest';
import type { GenerationChart, GenerationSeries } from '../../../workers/protocol/generations.ts';
import { survivalText } from './survival-text.ts';

function series(
  label: string | null,
  bytes: number[],
  kind: GenerationSeries['kind'] = 'group',
): GenerationSeries {
  const sizes = Float64Array.from(bytes);
  const untraced = { objects: 0, shallowBytes: 0 };
  return {
    label,
    kind,
    groups: 1,
    family: null,
    objects: sizes,
    bytes: sizes,
    untraced,
  };
}

const chart = (generations: number[], ...all: GenerationSeries[]): GenerationChart => ({
  generations: Float64Array.from(generations),
  series: all,
  traced: true,
});

it('says how old the older half is, and what is in the largest generation', () => {
  const text = survivalText(
    chart([3, 10, 40], series('User', [100, 600, 50]), series('Order', [50, 100, 300])),
  );
  expect(text).toBe(
    'Half of the traced bytes survived at least 30 more GC runs after they were allocated. The largest generation is 10 with 700\u00a0B, 58\u00a0% of them, most of it User (600\u00a0B).',
  );
});

it('says if most objects are new, and nothing if nothing is traced', () => {
  expect(survivalText(chart([3, 4], series('User', [1, 9])))).toContain('belong to the newest generation');
  expect(survivalText(chart([]))).toBe('');
  expect(survivalText(chart([3], series('User', [0])))).toBe('');
});

it('names the largest part of a generation only if no other group can be larger', () => {
  const parts = [series('User', [400]), series('Order', [300])];
  expect(survivalText(chart([10], ...parts, series(null, [350], 'rest')))).toMatch(
    /, the largest part of it User \(400\u00a0B\)\.$/,
  );
  expect(survivalText(chart([10], ...parts, series(null, [500], 'rest')))).toMatch(/100\u00a0% of them\.$/);
});
