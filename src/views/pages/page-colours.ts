import type { PageColour, PageColourEntry, PageMap } from '../../../workers/protocol/pages.ts';
import { seriesColours } from '../../charts/timeline/series-colours.ts';
import { ageColour, type Palette } from '../../theme/palette.ts';

/** The colour of each code of a page map, in the current theme. */
export function pageColours(
  palette: Palette,
  colour: PageColour,
  { entries }: Pick<PageMap, 'entries'>,
): string[] {
  const objects = entries.filter(({ state }) => state !== 'free' && state !== 'unlisted');
  const empty = [palette.surfaceSunken, palette.border];
  return [...empty, ...objectColours(palette, colour, objects)];
}

function objectColours(palette: Palette, colour: PageColour, entries: readonly PageColourEntry[]): string[] {
  if (colour === 'state') return [palette.age[1]!, palette.age.at(-2)!, palette.growth.at(-1)!];
  if (colour === 'set') return [palette.borderStrong, palette.accent];
  if (colour === 'generation') return entries.map(({ age }) => ageColour(palette, age));
  const series = entries.map(({ label, family }, at) => ({
    kind: at === entries.length - 1 ? ('rest' as const) : ('group' as const),
    family,
    label,
  }));
  return seriesColours(palette, colour, series);
}
