import { useId, useMemo } from 'react';
import type { ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import { SeriesChart } from '../../charts/series/SeriesChart.tsx';
import { summariseSeries } from '../../charts/series/summarise.ts';
import { useSession } from '../../session/session.ts';
import { useProfileAnswer } from '../../session/use-profile-answer.ts';
import styles from './Profiles.module.css';
import { useMoments } from './use-moments.ts';

const MAX_POINTS = 1000;

/**
 * The totals of a profile over time, as a small chart: a click chooses the point in time that the view shows, a drag
 * compares two.
 */
export function ProfileTimeline({ profile }: { profile: ProfileInfo }) {
  const { idle } = useSession();
  const readingId = useId();
  const column = profile.mainColumn;
  const { marks, brush } = useMoments(profile);
  const { data } = useProfileAnswer(
    'seriesPoints',
    column === null || profile.moments === null ? null : { columns: [column], maxPoints: MAX_POINTS },
  );
  const { series } = profile;
  const summary = useMemo(() => {
    if (data === null || column === null || series === undefined) return null;
    const unit = series.columns.find(({ name }) => name === column)?.unit ?? 'count';
    return summariseSeries(data.x, [{ name: column, unit, values: data.columns[0]! }]);
  }, [data, column, series]);
  if (summary === null || series === undefined || marks === null) return null;
  return (
    <div className={styles.timeline}>
      <p id={readingId} hidden>
        Click, or press Enter, to see a point in time. Drag, or press Shift and Enter, to see what changed
        between two.
      </p>
      <SeriesChart
        summary={summary}
        xName={series.x.name}
        xUnit={series.x.unit}
        label={`Moments of the profile: ${column} over ${series.x.name}`}
        describedBy={readingId}
        marks={marks}
        onBrush={brush}
        beginWork={idle.begin}
      />
    </div>
  );
}
