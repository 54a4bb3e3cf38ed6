import type { Tally } from './rows.ts';
import type { Count } from './units.ts';
import type { Family } from './vocabulary.ts';

/** Objects by generation, stacked. All arrays of one series have the length of `generations`. */
export interface GenerationChart {
  /** Generations that have members, ascending. */
  generations: Float64Array;
  series: GenerationSeries[];
  /** Whether anything in the whole snapshot is traced. */
  traced: boolean;
}

export interface GenerationSeries {
  /** Label of the group; the last series can combine the remaining `groups` groups. */
  label: string | null;
  kind: 'group' | 'rest';
  groups: Count;
  family: Family | null;
  objects: Float64Array;
  bytes: Float64Array;
  untraced: Tally;
}
