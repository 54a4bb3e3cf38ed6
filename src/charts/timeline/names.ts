import { formatCount, formatCountOf } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { generationsOfBin, type Timeline, type TimelineSeries } from './summarise.ts';

/** The name of a series in the legend. `noun` is what its groups are: "classes". */
export function seriesName(
  { kind, label, groups }: Pick<TimelineSeries, 'kind' | 'label' | 'groups'>,
  noun: string,
): string {
  if (kind === 'rest') return `${formatCount(groups)} other ${noun}`;
  return label === null ? 'untraced' : oneLine(label);
}

/** The generations of a bin in words. */
export function binName(timeline: Timeline, bin: number): string {
  const { from, to } = generationsOfBin(timeline, bin);
  return from === to
    ? `generation ${formatCount(from)}`
    : `generations ${formatCount(from)}–${formatCount(to)}`;
}

/** What one bar is, if it is not one generation: `each bar is 10 generations`. */
export function binNote(timeline: Timeline): string {
  return `each bar is ${formatCountOf(timeline.binGenerations, 'generation')}`;
}
