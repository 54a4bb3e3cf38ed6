import { useMemo } from 'react';
import type { MatchedObject } from '../../../workers/protocol/comparison.ts';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { ObjectIndex } from '../../../workers/protocol/units.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';

const NONE: ReadonlyMap<ObjectIndex, MatchedObject> = new Map();

/**
 * How these objects of the active dump are matched with the previous and next dump; empty if it is not in a series.
 * `lane`: as in {@link useAnswer}.
 */
export function useMatches(
  rows: readonly ObjectRow[],
  lane: string,
): ReadonlyMap<ObjectIndex, MatchedObject> {
  const snapshot = useActiveSnapshot();
  const inSeries = useApp(state => snapshot !== null && state.series.includes(snapshot.id));
  const objects = useMemo(() => rows.map(row => row.index), [rows]);
  const asked = inSeries && objects.length > 0;
  const { data, tag } = useAnswer('matches', asked ? { objects } : null, { lane, tag: objects });
  return useMemo(() => {
    if (!asked || data === null || tag === null) return NONE;
    return new Map(data.map((match, at) => [tag[at]!, match]));
  }, [asked, data, tag]);
}
