import { useMemo } from 'react';
import type { MergedPaths } from '../../../workers/protocol/paths.ts';
import { useAnswer } from '../../session/use-answer.ts';
import type { RetainersView } from '../../state/navigation.ts';
import { useCurrentSet } from '../../state/use-app.ts';

/** Nodes requested at once. The rest can be requested below any node. */
const MAX_NODES = 3000;

export interface PathsAnswer {
  paths: MergedPaths | null;
  error: Error | null;
  pending: boolean;
}

/** The merged paths that the view shows; never those of another object, set or direction. */
export function usePaths({ of, direction, ignore }: RetainersView): PathsAnswer {
  const current = useCurrentSet();
  const set = useMemo(() => (of === null ? current : ({ kind: 'filter', text: of } as const)), [of, current]);
  const wanted = JSON.stringify([set, direction, ignore]);
  const { data, tag, error, pending } = useAnswer(
    'mergedPaths',
    { direction, path: [], ignore, maxNodes: MAX_NODES, minShare: 0 },
    { lane: 'retainers', set, tag: wanted },
  );
  return { paths: tag === wanted ? data : null, error, pending };
}
