import { type Ref, useCallback, useEffect, useMemo, useRef, useState } from 'react';
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
  endOfItem,
  exclusionOfEdge,
  foundClasses,
  foundObjects,
  type Item,
  itemName,
  type NeighbourDirection,
  type Neighbourhood,
  neighbourhoodGraph,
  neighbourhoodOf,
  withNeighbours,
} from './neighbourhood.ts';
import { PickedPart } from './PickedPart.tsx';
import styles from './RetainersView.module.css';

interface GraphProps {
  ref: Ref<ChartHandle>;
  describedBy: string;
}

/** Neighbours added by one click. */
const AT_A_TIME = 6;
const DIRECTIONS = [
  { direction: 'referrers', name: 'What refers to it' },
  { direction: 'references', name: 'What it refers to' },
] as const;

/** The references and referrers of an object, step by step, as a graph that grows without moving existing boxes. */
export function ObjectNeighbourhood({ of, ...props }: GraphProps & { of: AddressText }) {
  const snapshot = useActiveSnapshot();
  const found = useAnswer('find', { text: of });
  const object = found.data?.address === of ? found.data.object : null;
  const rows = useAnswer('rows', object === null ? null : { objects: [object] });
  const [row] = rows.data ?? [];
  if (!row || row.address !== of || snapshot === null) return <QueryState query={rows} />;
  return (
    <Growing key={`${snapshot.id} ${of}`} start={{ kind: 'object', row }} snapshot={snapshot.id} {...props} />
  );
}

/** The same for all objects of a class: the neighbouring classes. */
export function ClassNeighbourhood({ label, ...props }: GraphProps & { label: string }) {
  const snapshot = useActiveSnapshot();
  const answer = useAnswer('classNeighbours', { label, direction: 'referrers', offset: 0, limit: 0 });
  const group = answer.asked?.label === label ? (answer.data?.group ?? null) : null;
  if (group === null || snapshot === null) return <QueryState query={answer} />;
  return (
    <Growing
      key={`${snapshot.id} ${label}`}
      start={{ kind: 'class', group }}
      snapshot={snapshot.id}
      {...props}
    />
  );
}

function Growing(props: GraphProps & { start: Item; snapshot: SnapshotId }) {
  const { start, snapshot } = props;
  const { idle } = useSession();
  const { select } = useAppStore().getState();
  const startId = boxIdOf(start);
  const { grown, grow, error, begun } = useGrowing(start, snapshot);
  const [picked, setPicked] = useState<GraphPick | null>({ kind: 'box', id: startId });
  const graph = useMemo(() => neighbourhoodGraph(grown, startId), [grown, startId]);
  const pick = useCallback(
    (what: GraphPick) => {
      setPicked(what);
      const item = grown.boxes.get(what.id)?.item;
      if (item?.kind === 'object') select({ object: item.row.index, address: item.row.address });
    },
    [grown, select],
  );
  return (
    <div className={styles.graph}>
      {error && <Notice tone="danger">The neighbours could not be read: {error.message}</Notice>}
      <div className={styles.drawing}>
        {begun && (
          <ObjectGraphChart
            ref={props.ref}
            graph={graph}
            label={`What refers to the ${start.kind} at the left, what it refers to at the right`}
            describedBy={props.describedBy}
            picked={picked}
            onPick={pick}
            onToggle={id => void grow(id, 'references')}
            beginWork={idle.begin}
          />
        )}
      </div>
      <footer className={styles.footer}>
        <span>
          {formatCount(graph.boxes.length)} of at most {MAX_BOXES} boxes.
        </span>
        {picked && <Picked grown={grown} picked={picked} onGrow={grow} />}
      </footer>
    </div>
  );
}

/** Actions on the picked box or line. */
function Picked(props: {
  grown: Neighbourhood;
  picked: GraphPick;
  onGrow: (id: string, direction: NeighbourDirection) => Promise<void>;
}) {
  const { grown, picked, onGrow } = props;
  if (picked.kind === 'line') {
    const exclusion = exclusionOfEdge(grown, picked.id);
    const line = grown.lines.get(picked.id);
    if (exclusion === null || line === undefined) return null;
    const name = [line.from, line.to].map(id => itemName(grown.boxes.get(id)!.item)).join(' → ');
    return <PickedPart exclusion={exclusion} name={name} />;
  }
  const box = grown.boxes.get(picked.id);
  if (box === undefined) return null;
  return (
    <>
      <span className={styles.picked}>
        {DIRECTIONS.map(({ direction, name }) => {
          const known = box[direction];
          return (
            <Button
              key={direction}
              disabled={known?.total === known?.asked && known !== null}
              onClick={() => void onGrow(picked.id, direction)}
            >
              {name}
              {known !== null && ` (${formatCount(known.asked)} of ${formatCount(known.total)})`}
            </Button>
          );
        })}
      </span>
      <PickedPart exclusion={endOfItem(box.item)} name={itemName(box.item)} />
    </>
  );
}

/** The graph, and how to add more neighbours to it. */
function useGrowing(start: Item, snapshot: SnapshotId) {
  const { service, idle } = useSession();
  const [grown, setGrown] = useState(() => neighbourhoodOf(start));
  const [error, setError] = useState<Error | null>(null);
  const [begun, setBegun] = useState(false);
  const startId = boxIdOf(start);
  const ask = async (item: Item, direction: NeighbourDirection, offset: number) => {
    const window = { snapshot, direction, offset, limit: AT_A_TIME };
    if (item.kind === 'object') {
      const { total, rows } = await service.ask('neighbours', { ...window, object: item.row.index });
      return { total, offset, found: foundObjects(rows) };
    }
    const { total, rows } = await service.ask('classNeighbours', {
      ...window,
      label: item.group.label ?? '',
    });
    return { total, offset, found: foundClasses(rows) };
  };
  const grow = async (id: string, direction: NeighbourDirection) => {
    const box = grown.boxes.get(id);
    if (box === undefined) return;
    const end = idle.begin();
    try {
      const more = await ask(box.item, direction, box[direction]?.asked ?? 0);
      setGrown(before => withNeighbours(before, id, direction, more));
      setError(null);
    } catch (reason) {
      setError(reason instanceof Error ? reason : new Error(String(reason)));
    } finally {
      end();
    }
  };
  // A single box says little: begin with its nearest neighbours. The component is mounted anew for another start.
  const begin = useRef(async () => {
    await grow(startId, 'referrers');
    await grow(startId, 'references');
    setBegun(true);
  });
  useEffect(() => void begin.current(), []);
  return { grown, grow, error, begun };
}
