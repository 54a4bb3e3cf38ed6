import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import type { Generation } from '../../../workers/protocol/units.ts';
import type { Family } from '../../../workers/protocol/vocabulary.ts';

export type Measure = 'bytes' | 'objects';

/** A timeline's bars: generations collected in bins of equal width, stacked by series. */
export interface Timeline {
  measure: Measure;
  /** First generation of the first bin. */
  start: Generation;
  /** Generations in one bin; 1 = each generation has its own bar. */
  binGenerations: number;
  /** Number of bins from the first generation to the last, including empty ones. */
  bins: number;
  series: TimelineSeries[];
  /** `values[bin * series.length + series]`. */
  values: Float64Array;
  /** Sum of each bin. */
  totals: Float64Array;
  /** The largest of `totals`. */
  highest: number;
  /** Sum over all series of the objects without a generation. */
  untracedTotal: number;
  tracedTotal: number;
}

export interface TimelineSeries {
  label: string | null;
  kind: 'group' | 'rest';
  /** Number of groups combined in a rest. */
  groups: number;
  family: Family | null;
  untraced: number;
}

/**
 * Collects generations in the smallest bins whose bars are at least `minBarPx` wide when all of `range` has to fit into
 * `widthPx`. Bins begin at multiples of their width, so that a narrower set has the same bins as the whole heap.
 *
 * @param range the generations on the axis; by default from the first to the last with members. Those outside count
 * only towards the total, and those before it also towards the bars of a cumulative chart.
 * @param cumulative whether each bar includes all bars before it
 */
export function summariseGenerations(
  chart: GenerationChart,
  measure: Measure,
  widthPx: number,
  minBarPx: number,
  range: { first: Generation; last: Generation } | null = rangeOf(chart),
  cumulative = false,
): Timeline {
  const series = chart.series.map(({ label, kind, groups, family, untraced }) => ({
    label,
    kind,
    groups,
    family,
    untraced: measure === 'bytes' ? untraced.shallowBytes : untraced.objects,
  }));
  const binGenerations = range ? binWidth(range.last - range.first + 1, widthPx / minBarPx) : 1;
  const start = range ? Math.floor(range.first / binGenerations) * binGenerations : 0;
  const bins = range ? Math.floor((range.last - start) / binGenerations) + 1 : 0;
  const values = new Float64Array(bins * series.length);
  const totals = new Float64Array(bins);
  let tracedTotal = 0;
  chart.generations.forEach((generation, at) => {
    const own = Math.floor((generation - start) / binGenerations);
    const bin = cumulative ? Math.max(0, own) : own;
    chart.series.forEach((one, index) => {
      const value = (measure === 'bytes' ? one.bytes : one.objects)[at] ?? 0;
      tracedTotal += value;
      if (bin < 0 || bin >= bins) return;
      values[bin * series.length + index]! += value;
      totals[bin]! += value;
    });
  });
  if (cumulative) {
    for (let at = series.length; at < values.length; at++) values[at]! += values[at - series.length]!;
    for (let bin = 1; bin < bins; bin++) totals[bin]! += totals[bin - 1]!;
  }
  return {
    measure,
    start,
    binGenerations,
    bins,
    series,
    values,
    totals,
    highest: totals.reduce((highest, total) => Math.max(highest, total), 0),
    untracedTotal: series.reduce((sum, one) => sum + one.untraced, 0),
    tracedTotal,
  };
}

/** The same timeline with an axis for lines, which ends at the largest value of one series. */
export function onLineAxis(timeline: Timeline): Timeline {
  return { ...timeline, highest: timeline.values.reduce((highest, value) => Math.max(highest, value), 0) };
}

/** The first and last generation with members, or null if nothing is traced. */
export function rangeOf(chart: GenerationChart): { first: Generation; last: Generation } | null {
  const first = chart.generations[0];
  const last = chart.generations.at(-1);
  return first === undefined || last === undefined ? null : { first, last };
}

/** The generations of one bin, both included. */
export function generationsOfBin(timeline: Timeline, bin: number): { from: Generation; to: Generation } {
  const from = timeline.start + bin * timeline.binGenerations;
  return { from, to: from + timeline.binGenerations - 1 };
}

/** The bin that contains a generation, clamped to the axis. */
export function binOf(timeline: Timeline, generation: Generation): number {
  const bin = Math.floor((generation - timeline.start) / timeline.binGenerations);
  return Math.min(timeline.bins - 1, Math.max(0, bin));
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that divides `generations` into at most `maxBins` bins. */
function binWidth(generations: number, maxBins: number): number {
  // One bin more than the division gives, since bins begin at multiples of their width.
  const least = generations / Math.max(1, Math.floor(maxBins) - 1);
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (step * power >= least) return step * power;
  }
}
