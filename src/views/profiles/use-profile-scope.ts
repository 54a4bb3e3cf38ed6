import { parseStackFilter } from '../../../workers/protocol/filter/profile-filter.ts';
import type { ProfileInfo, ProfileScope, WeightInfo } from '../../../workers/protocol/profile-questions.ts';
import { formatAmount } from '../../format/amounts.ts';
import { useApp } from '../../state/use-app.ts';

/** The scope of all views of a profile, and its description. */
export interface ShownScope {
  scope: ProfileScope;
  /** Whether the scope is a comparison: of points in time, or of profiles. */
  isComparison: boolean;
  /** Other open profiles of the same format. */
  others: ProfileInfo[];
}

/** The scope, limited to what the profile has: a link may refer to parts of another file. */
export function useProfileScope(profile: ProfileInfo | null): ShownScope {
  const wanted = useApp(state => state.scope);
  const profiles = useApp(state => state.profiles);
  const others = profiles.filter(({ id, format }) => id !== profile?.id && format === profile?.format);
  const rows = profile?.moments ? wanted.rows : null;
  const isStretch = rows !== null && rows.from !== rows.to;
  // A range of time already is a comparison.
  const against = !isStretch && others.some(({ id }) => id === wanted.against) ? wanted.against : null;
  const filter = parseStackFilter(wanted.filter).ok ? wanted.filter : '';
  return {
    scope: { rows, against, filter, allocators: wanted.allocators },
    isComparison: isStretch || against !== null,
    others,
  };
}

/** What the weights are: "live bytes at 1,200 s", "allocated bytes, compared with before.out". */
export function scopedLabel(
  profile: ProfileInfo,
  shown: ShownScope,
  weight: WeightInfo,
  tree: number,
): string {
  const { scope, others } = shown;
  const { moments } = profile;
  const other = others.find(({ id }) => id === scope.against);
  const against = other === undefined ? '' : `, compared with ${other.name}`;
  if (scope.rows === null || moments === null || tree !== 0) return `${weight.label}${against}`;
  const unit = profile.series?.x.unit ?? 'index';
  const at = (row: number) => formatAmount(moments.x[momentOf(moments.rows, row)] ?? 0, unit);
  const { from, to } = scope.rows;
  return from === to
    ? `${moments.label} at ${at(to)}${against}`
    : `change of ${moments.label} from ${at(from)} to ${at(to)}`;
}

/** The last point in time up to a row, or the first. */
function momentOf(rows: readonly number[], row: number): number {
  const after = rows.findIndex(at => at > row);
  return Math.max(0, (after < 0 ? rows.length : after) - 1);
}
