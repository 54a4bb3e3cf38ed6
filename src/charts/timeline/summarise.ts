import type { GenerationChart } from '../../../workers/protocol/generations.ts';
import type { Generation } from '../../../workers/protocol/units.ts';
import type { Family } from '../../../workers/protocol/vocabulary.ts';

export type Measure = 'bytes' | 'objects';

/** A timeline's bars: generations gathered in bins of equal width, stacked by series. */
export interface Timeline {
  measure: Measure;
  /** First generation of the first bin. */
  start: Generation;
  /** Generations in one bin; 1 = every generation has a bar of its own. */
  binGenerations: number;
  /** Bins from the first generation to the last, empty ones included. */
  bins: number;
  series: TimelineSeries[];
  /** `values[bin * series.length + series]`. */
  values: Float64Array;
  /** Sum of each bin. */
  totals: Float64Array;
  /** The largest of `totals`. */
  highest: number;
  /** Sum over all series of what has no generation. */
  untracedTotal: number;
  tracedTotal: number;
}

export interface TimelineSeries {
  label: string | null;
  kind: 'group' | 'rest';
  /** Groups that a rest stands for. */
  groups: number;
  family: Family | null;
  untraced: number;
}

/**
 * Gathers generations in the smallest bins whose bars are at least `minBarPx` wide when all of `range` has to fit
 * into `widthPx`. Bins begin at multiples of their width, so that a narrower set has the bars of the whole heap.
 *
 * @param range the generations that the axis spans; by default from the first to the last that has members. What is
 *   beyond it counts for the total alone, and what is before it for the bars of a cumulative chart.
 * @param cumulative whether each bar has all bars before it, too
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

/** The same on an axis for lines, which end at the largest value of one series. */
export function onLineAxis(timeline: Timeline): Timeline {
  return { ...timeline, highest: timeline.values.reduce((highest, value) => Math.max(highest, value), 0) };
}

/** The first and last generation that has members, or null if nothing is traced. */
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

/** The bin that holds a generation, kept within the axis. */
export function binOf(timeline: Timeline, generation: Generation): number {
  const bin = Math.floor((generation - timeline.start) / timeline.binGenerations);
  return Math.min(timeline.bins - 1, Math.max(0, bin));
}

/** The smallest of 1, 2, 5, 10, 20, 50 … with which `generations` make at most `maxBins` bins. */
function binWidth(generations: number, maxBins: number): number {
  // One more bin than the division says, since bins begin at multiples of their width.
  const least = generations / Math.max(1, Math.floor(maxBins) - 1);
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (step * power >= least) return step * power;
  }
}
