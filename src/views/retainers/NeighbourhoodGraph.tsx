import { type Ref, useCallback, useMemo, useState } from 'react';
import type { ObjectRow } from '../../../workers/protocol/rows.ts';
import type { AddressText, SnapshotId } from '../../../workers/protocol/units.ts';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { type GraphPick, MAX_BOXES } from '../../charts/object-graph/graph.ts';
import { ObjectGraphChart } from '../../charts/object-graph/ObjectGraphChart.tsx';
import { formatCount } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { useActiveSnapshot, useAppStore } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Notice } from '../../widgets/Notice.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import {
  boxIdOf,
  type NeighbourDirection,
  neighbourhoodGraph,
  neighbourhoodOf,
  withNeighbours,
} from './neighbourhood.ts';
import styles from './RetainersView.module.css';

interface NeighbourhoodProps {
  ref: Ref<ChartHandle>;
  of: AddressText;
  describedBy: string;
}

/** Neighbours that one click adds. */
const AT_A_TIME = 6;

/** What an object refers to and what refers to it, step by step, as a graph that grows without moving what is there. */
export function NeighbourhoodGraph({ of, ...props }: NeighbourhoodProps) {
  const snapshot = useActiveSnapshot();
  const found = useAnswer('find', { text: of });
  const object = found.data?.address === of ? found.data.object : null;
  const rows = useAnswer('rows', object === null ? null : { objects: [object] });
  const [start] = rows.data ?? [];
  if (!start || start.address !== of || snapshot === null) return <QueryState query={rows} />;
  return <Growing key={`${snapshot.id} ${of}`} start={start} snapshot={snapshot.id} {...props} />;
}

function Growing(props: {
  ref: Ref<ChartHandle>;
  start: ObjectRow;
  snapshot: SnapshotId;
  describedBy: string;
}) {
  const { start, snapshot } = props;
  const { service, idle } = useSession();
  const { select } = useAppStore().getState();
  const [grown, setGrown] = useState(() => neighbourhoodOf(start));
  const [picked, setPicked] = useState<GraphPick | null>({ kind: 'box', id: boxIdOf(start.index) });
  const [error, setError] = useState<Error | null>(null);
  const graph = useMemo(() => neighbourhoodGraph(grown, start.index), [grown, start]);
  const boxOf = (id: string) => [...grown.objects.values()].find(({ row }) => boxIdOf(row.index) === id);
  const pick = useCallback(
    (what: GraphPick) => {
      setPicked(what);
      const row = [...grown.objects.values()].find(each => boxIdOf(each.row.index) === what.id)?.row;
      if (row) select({ object: row.index, address: row.address });
    },
    [grown, select],
  );
  const grow = async (id: string, direction: NeighbourDirection) => {
    const box = boxOf(id);
    if (box === undefined) return;
    const object = box.row.index;
    const offset = box[direction]?.asked ?? 0;
    const end = idle.begin();
    try {
      const more = await service.ask('neighbours', { snapshot, object, direction, offset, limit: AT_A_TIME });
      setGrown(before => withNeighbours(before, object, direction, more));
      setError(null);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      end();
    }
  };
  const box = picked?.kind === 'box' ? boxOf(picked.id) : undefined;
  return (
    <div className={styles.graph}>
      {error && <Notice tone="danger">The neighbours could not be read: {error.message}</Notice>}
      <div className={styles.drawing}>
        <ObjectGraphChart
          ref={props.ref}
          graph={graph}
          label="What refers to the object at the left, what it refers to at the right"
          describedBy={props.describedBy}
          picked={picked}
          onPick={pick}
          onToggle={id => void grow(id, 'references')}
          beginWork={idle.begin}
        />
      </div>
      <footer className={styles.footer}>
        <span>
          {formatCount(graph.boxes.length)} of at most {MAX_BOXES} boxes.
        </span>
        {box && (
          <span className={styles.picked}>
            {(['referrers', 'references'] as const).map(direction => {
              const known = box[direction];
              const left = known === null ? null : known.total - known.asked;
              return (
                <Button
                  key={direction}
                  disabled={left === 0 || graph.boxes.length >= MAX_BOXES}
                  onClick={() => void grow(boxIdOf(box.row.index), direction)}
                >
                  {direction === 'referrers' ? 'What refers to it' : 'What it refers to'}
                  {known !== null && ` (${formatCount(known.asked)} of ${formatCount(known.total)})`}
                </Button>
              );
            })}
          </span>
        )}
      </footer>
    </div>
  );
}
