import { type RefObject, useCallback, useId, useMemo, useRef, useState } from 'react';
import type { MergedPaths, PathNode } from '../../../workers/protocol/paths.ts';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import { defaultView, type RetainersView as RetainersState } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp, useAppStore } from '../../state/use-app.ts';
import { CheckField, SelectField } from '../../widgets/Field.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import { QueryState } from '../shared/QueryState.tsx';
import { endOf } from './exclusion-names.ts';
import { FreedByCut } from './FreedByCut.tsx';
import { ClassNeighbourhood, ObjectNeighbourhood } from './NeighbourhoodGraph.tsx';
import { NextPaths } from './NextPaths.tsx';
import { PathsAnswer } from './PathsAnswer.tsx';
import { PathsFlame } from './PathsFlame.tsx';
import { PathsGraph } from './PathsGraph.tsx';
import { PathsTable } from './PathsTable.tsx';
import { PickedPart } from './PickedPart.tsx';
import { initiallyOpen, pathNodeName, shownPaths } from './path-nodes.ts';
import styles from './RetainersView.module.css';
import { usePaths } from './use-paths.ts';

const DIRECTIONS = [
  { value: 'fromRoots', name: 'from the roots' },
  { value: 'fromSet', name: 'from the set' },
] as const;

const CHARTS = [
  { value: 'graph', name: 'graph' },
  { value: 'flame', name: 'flame graph' },
] as const;
const AROUND = { value: 'around', name: 'neighbours' } as const;
const OF_A_SET = [...CHARTS, AROUND] as const;
const OF_ONE_OBJECT = [...CHARTS, { value: 'paths', name: 'paths, one by one' }, AROUND] as const;
const EXCLUDED = [
  { edges: 'class', name: 'Class edges' },
  { edges: 'internal', name: 'Internal edges' },
] as const;

/** Why an object, or all objects of a set, are alive: their shortest paths from roots, merged. */
export default function RetainersView() {
  const view =
    useApp(state => (state.view.kind === 'retainers' ? state.view : null)) ?? defaultView('retainers');
  const { adjustView, navigate } = useAppStore().getState();
  const answer = usePaths(view);
  const snapshot = useActiveSnapshot();
  const handle = useRef<ChartHandle>(null);
  const readingId = useId();
  const hasChart = ['graph', 'flame', 'around'].includes(view.shown) && answer.paths !== null;
  return (
    <ChartView
      title="Why alive"
      shows={subjectOf(view, answer.paths)}
      reading={READING[view.shown === 'tree' ? view.direction : view.shown]}
      readingId={readingId}
      error={answer.error}
      table={view.shown === 'tree'}
      onTable={table => adjustView({ ...view, shown: table ? 'tree' : 'graph' })}
      onSave={
        hasChart
          ? async format => {
              if (handle.current)
                await saveChart(handle.current, format, `${snapshot?.name ?? 'heap'}-why-alive`);
            }
          : null
      }
      controls={
        <>
          <SelectField
            label="Read"
            value={view.direction}
            options={DIRECTIONS}
            onChange={direction => adjustView({ ...view, direction })}
          />
          {EXCLUDED.map(({ edges, name }) => (
            <CheckField
              key={edges}
              label={name}
              checked={!view.ignore.some(each => each.kind === 'edges' && each.edges === edges)}
              onChange={counts =>
                navigate({
                  ...view,
                  ignore: counts
                    ? view.ignore.filter(each => each.kind !== 'edges' || each.edges !== edges)
                    : [...view.ignore, { kind: 'edges', edges }],
                })
              }
            />
          ))}
          {view.shown !== 'tree' && (
            <SelectField
              label="Draw"
              value={view.shown}
              options={view.of === null ? OF_A_SET : OF_ONE_OBJECT}
              onChange={shown => adjustView({ ...view, shown })}
            />
          )}
        </>
      }
    >
      <PathsAnswer view={view} paths={answer.paths} />
      {view.cut.length > 0 && <FreedByCut cut={view.cut} />}
      <QueryState query={{ data: answer.paths, error: null, pending: answer.pending }} />
      {answer.paths && (
        <Paths
          key={JSON.stringify([view.of, view.direction])}
          view={view}
          paths={answer.paths}
          chart={handle}
          readingId={readingId}
        />
      )}
    </ChartView>
  );
}

const READING = {
  fromRoots: 'Each row refers to the rows below it; objects of one class with the same holders are one row.',
  fromSet: 'Each row is referred to by the rows below it, up to the roots.',
  graph:
    'Boxes refer to the boxes on their right; the width of a line shows how much of the set is behind it. Arrow keys follow lines, Enter opens and folds; drag a box to move it, or the background to move everything; the wheel zooms. Weak references are in no dump, and those of inline caches never count.',
  around:
    'Referrers of the object, or of all objects of the class, are on its left, references on its right. The handle of a box adds its references, the buttons below add its referrers; boxes that are drawn stay in place.',
  paths: 'Each path leads from a root at the top down to the object; none visits an object twice.',
  flame: 'Each frame refers to the frames below it; its width is what the objects behind it retain.',
} as const;

function subjectOf(view: RetainersState, paths: MergedPaths | null): string {
  const what = view.of === null ? 'the current set' : view.of;
  return paths === null
    ? `Shortest paths to ${what}.`
    : `Shortest paths from the roots to ${what}, merged by class.`;
}

function Paths(props: {
  view: RetainersState;
  paths: MergedPaths;
  chart: RefObject<ChartHandle | null>;
  readingId: string;
}) {
  const { view, chart, readingId } = props;
  const { nodes, label } = props.paths;
  const { select, navigate } = useAppStore().getState();
  const selected = useApp(state => state.selection?.object ?? null);
  const paths = useMemo(() => shownPaths(nodes), [nodes]);
  const [picked, setPicked] = useState(-1);
  /** Nodes that the user opened and closed; null = the initial state. */
  const [opened, setOpened] = useState<ReadonlySet<string> | null>(null);
  const open = useMemo(() => opened ?? initiallyOpen(paths), [opened, paths]);
  const pick = useCallback(
    (at: number) => {
      const node = nodes[at];
      setPicked(at);
      if (node?.object != null && node.address !== null)
        select({ object: node.object, address: node.address });
    },
    [nodes, select],
  );
  const toggle = (at: number) => {
    const key = paths.keys[at]!;
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpened(next);
    pick(at);
  };
  return (
    <div className={styles.stage}>
      {view.shown === 'flame' && (
        <div className={styles.column}>
          <PathsFlame ref={chart} nodes={nodes} selected={selected} describedBy={readingId} onSelect={pick} />
          <PickedNode node={nodes[picked]} />
        </div>
      )}
      {view.shown === 'tree' && (
        <div className={styles.column}>
          <PathsTable paths={paths} open={open} selected={selected} onOpen={toggle} />
          <PickedNode node={nodes[picked]} />
        </div>
      )}
      {view.shown === 'around' &&
        (view.of !== null ? (
          <ObjectNeighbourhood ref={chart} of={view.of} describedBy={readingId} />
        ) : label !== null ? (
          <ClassNeighbourhood ref={chart} label={label} describedBy={readingId} />
        ) : (
          <p className={styles.quiet}>
            The current set has objects of several classes. Narrow it to one class, or open one object here,
            to see what is around it.
          </p>
        ))}
      {view.shown === 'paths' && view.of !== null && (
        <NextPaths
          of={view.of}
          ignore={view.ignore}
          onCut={cut => navigate({ ...view, cut: [...view.cut, cut] })}
        />
      )}
      {view.shown === 'graph' && (
        <PathsGraph
          ref={chart}
          paths={paths}
          direction={view.direction}
          open={open}
          describedBy={readingId}
          onToggle={toggle}
          onPick={pick}
        />
      )}
    </div>
  );
}

/** Actions on the picked row or frame. */
function PickedNode({ node }: { node: PathNode | undefined }) {
  const end = node === undefined ? null : endOf(node);
  return (
    <footer className={styles.footer}>
      {node && end ? (
        <PickedPart exclusion={end} name={pathNodeName(node)} />
      ) : (
        <span>Select a box or line to ignore or cut it.</span>
      )}
    </footer>
  );
}
