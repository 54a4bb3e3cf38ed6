import type { GroupingKey } from '../../../workers/protocol/object-set.ts';
import { FAMILIES } from '../../../workers/protocol/vocabulary.ts';
import type { Palette } from '../../theme/palette.ts';
import { blend } from '../canvas-host/colour.ts';
import type { TimelineSeries } from './summarise.ts';

/** How much the second, third … series of one family is mixed with white (positive) or black (negative). */
const TINTS = [0, -0.4, 0.5, -0.65, 0.75, -0.2, 0.25, -0.8];

/** Families whose colours are used merely to tell series apart. Greys are left out: they mean untraced and rest. */
const DIFFERENT = FAMILIES.filter(family => family !== 'internal');

/**
 * A colour for each series. Groups that have a type keep its family's colour, in different tints within one family.
 * Groups that mix types (gems, files) use the families' colours merely to tell them apart.
 */
export function seriesColours(
  palette: Palette,
  key: GroupingKey,
  series: readonly Pick<TimelineSeries, 'kind' | 'family' | 'label'>[],
): string[] {
  const used = new Map<string, number>();
  const byType = key === 'class' || key === 'type';
  let different = 0;
  return series.map(({ kind, family: own, label }) => {
    if (kind === 'rest') return palette.family.mixed;
    if (label === null) return palette.ageUntraced;
    const family = byType ? (own ?? 'mixed') : DIFFERENT[different++ % DIFFERENT.length]!;
    const before = used.get(family) ?? 0;
    used.set(family, before + 1);
    const tint = TINTS[before % TINTS.length]!;
    return blend(palette.family[family], tint > 0 ? '#ffffff' : '#000000', Math.abs(tint));
  });
}
