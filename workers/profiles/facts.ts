import type { ProfileFormat } from './format.ts';
import type { CallTree } from './model/call-tree.ts';
import { judgeMain } from './model/main-column.ts';
import type { Profile, ProfileFacts, SeriesFile } from './model/profile.ts';
import type { Series } from './model/series.ts';
import type { DamageLog } from './reading/damage-log.ts';

/** Facts that a format does not supply are empty. */
type Given = Partial<Omit<ProfileFacts, 'formatId' | 'format' | 'damage'>> & { damage?: DamageLog };

function factsOf(format: ProfileFormat, given: Given): ProfileFacts {
  return {
    formatId: format.id,
    format: format.label,
    details: (given.details ?? []).filter(({ value }) => value !== ''),
    notes: given.notes ?? [],
    damage: given.damage?.finish() ?? { lines: 0, first: [] },
    missing: given.missing ?? [],
    totals: given.totals ?? {},
  };
}

/** A profile; facts that are not given are missing in the file. */
export function profileOf(
  format: ProfileFormat,
  trees: readonly CallTree[],
  given: Given & Partial<Pick<Profile, 'timeline' | 'snapshots' | 'histograms'>>,
): Profile {
  const { timeline = null, snapshots = null, histograms = [] } = given;
  return { kind: 'profile', ...factsOf(format, given), trees, timeline, snapshots, histograms };
}

/** A series, with the verdict on its main column. */
export function seriesOf(format: ProfileFormat, series: Series, given: Given): SeriesFile {
  return { kind: 'series', ...factsOf(format, given), series, verdict: judgeMain(series) };
}
