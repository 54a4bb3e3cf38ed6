import { useCallback, useMemo } from 'react';
import type { ProfileInfo } from '../../../workers/protocol/profile-questions.ts';
import type { SeriesMarks } from '../../charts/series/draw.ts';
import { useApp, useAppStore } from '../../state/use-app.ts';

/** The points in time of a profile over time for a chart, and what a brush on it does. Null marks: it has only one. */
export function useMoments(profile: ProfileInfo): {
  marks: SeriesMarks | null;
  brush: (from: number, to: number) => void;
} {
  const { moments } = profile;
  const rows = useApp(state => state.scope.rows);
  const store = useAppStore();
  const marks = useMemo(() => {
    if (moments === null) return null;
    const xOf = (row: number) => moments.x[moments.rows.findLastIndex(at => at <= row)] ?? moments.x[0] ?? 0;
    return {
      moments: moments.x,
      shown: rows === null ? null : { from: xOf(rows.from), to: xOf(rows.to) },
    };
  }, [moments, rows]);
  const brush = useCallback(
    (from: number, to: number) => {
      if (moments === null) return;
      const rowAt = (x: number) => moments.rows[nearest(moments.x, x)]!;
      const { scope, setScope } = store.getState();
      setScope({ ...scope, rows: { from: rowAt(from), to: rowAt(to) } });
    },
    [moments, store],
  );
  return { marks, brush };
}

/** The index of the nearest value. */
function nearest(values: readonly number[], wanted: number): number {
  let best = 0;
  for (const [at, value] of values.entries()) {
    if (Math.abs(value - wanted) < Math.abs(values[best]! - wanted)) best = at;
  }
  return best;
}
