import type { Palette } from '../../theme/palette.ts';
import type { TreemapTree } from './summarise.ts';

/** Colours tiles by how much they changed. */
export interface ChangeColouring {
  by: 'change';
  /** By position: the change as a share of the larger of the old and new size, −1 … 1; 0 = no change, or not known. */
  changeOf: Float64Array;
}

/** Smaller changes have no colour. */
const SMALLEST_CHANGE = 0.005;

/** Meanings of the colours, with the names of the theme's tokens. */
export const CHANGES: readonly { name: string; token: string }[] = [
  { name: 'new', token: 'growth-3' },
  { name: 'more', token: 'growth-1' },
  { name: 'as before', token: 'family-mixed' },
  { name: 'less', token: 'shrinkage-1' },
  { name: 'gone', token: 'shrinkage-3' },
];

/** How much each node of a comparison changed. O(n). */
export function changeColouring({ nodes }: TreemapTree): ChangeColouring {
  return {
    by: 'change',
    changeOf: Float64Array.from(nodes, ({ compared }) => {
      if (compared === undefined) return 0;
      const { before, after } = compared;
      const larger = Math.max(Math.abs(before), Math.abs(after));
      return larger === 0 ? 0 : Math.max(-1, Math.min(1, (after - before) / larger));
    }),
  };
}

/** The colour of a position. */
export function changeColour(palette: Palette, { changeOf }: ChangeColouring, position: number): string {
  const change = changeOf[position] ?? 0;
  if (Math.abs(change) < SMALLEST_CHANGE) return palette.family.mixed;
  const scale = change > 0 ? palette.growth : palette.shrinkage;
  const last = scale.length - 1;
  // The strongest colour is reserved for nodes that are new or gone.
  const isWhole = Math.abs(change) > 1 - SMALLEST_CHANGE;
  const step = isWhole ? last : Math.min(last - 1, Math.floor(Math.abs(change) * last));
  return scale[step] ?? palette.family.mixed;
}

/** As {@link CHANGES}, for a legend that is saved with the chart. */
export function changeEntries({ growth, shrinkage, family }: Palette) {
  const colours = [growth[3], growth[1], family.mixed, shrinkage[1], shrinkage[3]];
  return CHANGES.map(({ name }, at) => ({ name, colour: colours[at] ?? family.mixed }));
}
