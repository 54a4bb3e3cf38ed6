import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import type { Palette } from '../../theme/palette.ts';
import { TYPE_FAMILIES, typeFamily } from '../../theme/type-family.ts';
import type { TimelineSeries } from './summarise.ts';

/** Shares by which the second, third … series of one family are mixed with white (positive) or black. */
const TINTS = [0, -0.4, 0.5, -0.65, 0.75, -0.2, 0.25, -0.8];

/**
 * A colour for each series. Where groups have a type they keep its family's colour, in tints that tell several of
 * one family apart; groups that mix types (gems, files) take the families' colours merely as different ones.
 */
export function seriesColours(
  palette: Palette,
  key: GroupingKey,
  series: readonly TimelineSeries[],
): string[] {
  const used = new Map<string, number>();
  const byType = key === 'class' || key === 'type';
  return series.map(({ kind, type, label }, index) => {
    if (kind === 'rest') return palette.family.mixed;
    if (label === null) return palette.ageUntraced;
    const family = byType ? typeFamily(type) : TYPE_FAMILIES[index % TYPE_FAMILIES.length]!.family;
    const colour = palette.family[family];
    const before = used.get(family) ?? 0;
    used.set(family, before + 1);
    return mixed(colour, TINTS[before % TINTS.length]!);
  });
}

/** `#rrggbb` mixed with white (`share` > 0) or black (< 0). */
function mixed(colour: string, share: number): string {
  const towards = share > 0 ? 255 : 0;
  const channels = [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(value + (towards - value) * Math.abs(share))
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
