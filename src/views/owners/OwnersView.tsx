import { useId, useMemo, useRef, useState } from 'react';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import type { GraphPick } from '../../charts/object-graph/graph.ts';
import { ObjectGraphChart } from '../../charts/object-graph/ObjectGraphChart.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount, formatCountOf } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { chipFor } from '../../state/chips.ts';
import { defaultView } from '../../state/navigation.ts';
import { useActiveSnapshot, useApp } from '../../state/use-app.ts';
import { Button } from '../../widgets/Button.tsx';
import { Name } from '../../widgets/figures.tsx';
import { PlainTable } from '../../widgets/table/PlainTable.tsx';
import { ChartView } from '../chart-view/ChartView.tsx';
import styles from './OwnersView.module.css';
import { drawnOwners, firstOpen, nodeName, ownerTree, pathOfKey, sharedLines } from './owners-graph.ts';

/** Maximum number of lines for objects that several owners share. */
const SHARED = 16;
const CUT = { path: [], overhead: false, maxNodes: 3000, minShare: 0.0005 };

/** The heap as a graph of owners: the dominator tree, merged by class. */
export default function OwnersView() {
  const view = useApp(state => (state.view.kind === 'owners' ? state.view : null)) ?? defaultView('owners');
  const adjustView = useApp(state => state.adjustView);
  const drillInto = useApp(state => state.drillInto);
  const snapshot = useActiveSnapshot();
  const { idle } = useSession();
  const readingId = useId();
  const chart = useRef<ChartHandle>(null);
  const { data, error } = useAnswer('mergedTree', CUT, { lane: 'owners' });
  const tree = useMemo(() => (data === null ? null : ownerTree(data)), [data]);
  const first = useMemo(() => (tree === null ? new Set<string>() : firstOpen(tree)), [tree]);
  /** Owners that the user expanded or collapsed. */
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [picked, setPicked] = useState<GraphPick | null>(null);
  const open = useMemo(() => differing(first, toggled), [first, toggled]);
  const drawn = useMemo(() => (tree === null ? null : drawnOwners(tree, open)), [tree, open]);
  const keys = useMemo(() => (drawn === null ? [] : [...drawn.nodeOf.keys()]), [drawn]);
  const shared = useAnswer(
    'sharedOwners',
    keys.length === 0 ? null : { paths: keys.map(pathOfKey), top: SHARED },
    { lane: 'shared-owners', tag: keys },
  );
  const graph = useMemo(() => {
    if (drawn === null || tree === null) return null;
    const aside = sharedLines(tree, drawn.nodeOf, shared.tag ?? [], shared.data ?? []);
    return { ...drawn.graph, lines: [...drawn.graph.lines, ...aside] };
  }, [drawn, tree, shared.tag, shared.data]);
  const pickedAt = picked?.kind === 'box' ? drawn?.nodeOf.get(picked.id) : undefined;
  const pickedNode = pickedAt === undefined || tree === null ? undefined : tree.nodes[pickedAt];
  const show = (key: string) => drillInto(chipFor({ kind: 'branch', path: pathOfKey(key) }), 'objects');
  return (
    <ChartView
      title="Owners"
      shows="The dominator tree, merged by class under class."
      reading="Each box owns what is to its right: nothing else keeps it alive. Figures are retained sizes. Dashed lines lead to objects that an owner also refers to but another one owns. Open a box to see what it owns, or fold it."
      readingId={readingId}
      error={error ?? shared.error}
      table={view.table}
      onTable={table => adjustView({ ...view, table })}
      onSave={
        drawn === null || view.table
          ? null
          : async format => {
              if (chart.current) await saveChart(chart.current, format, `${snapshot?.name ?? 'heap'}-owners`);
            }
      }
      controls={null}
    >
      <div className={styles.stage}>
        {graph !== null && !view.table && (
          <ObjectGraphChart
            ref={chart}
            graph={graph}
            label="Owners and what they own, from left to right"
            describedBy={readingId}
            picked={picked}
            onPick={setPicked}
            onToggle={key => setToggled(old => differing(old, new Set([key])))}
            beginWork={idle.begin}
          />
        )}
        {drawn !== null && tree !== null && view.table && (
          <div className={styles.table}>
            <PlainTable
              label="Owners"
              rows={[...drawn.nodeOf].map(([key, at]) => ({ key, node: tree.nodes[at]! }))}
              rowKey={({ key }) => key}
              columns={[
                {
                  id: 'owner',
                  header: 'Owner',
                  width: '',
                  cell: ({ key, node }) => (
                    <Button look="link" onClick={() => show(key)}>
                      <Name text={pathOfKey(key).length < 2 ? nodeName(node) : `… › ${nodeName(node)}`} />
                    </Button>
                  ),
                  text: ({ node }) => nodeName(node),
                },
                {
                  id: 'objects',
                  header: 'Objects below',
                  align: 'end',
                  width: '120px',
                  cell: ({ node }) => formatCount(node.objects),
                  text: ({ node }) => String(node.objects),
                },
                {
                  id: 'bytes',
                  header: 'Retained',
                  term: 'retainedBytes',
                  align: 'end',
                  width: '120px',
                  cell: ({ node }) => formatBytes(node.bytes),
                  text: ({ node }) => String(node.bytes),
                },
              ]}
            />
          </div>
        )}
      </div>
      <footer className={styles.footer}>
        <span>
          {drawn === null ? '' : formatCountOf(drawn.graph.boxes.length, 'box', 'boxes')}
          {drawn !== null && drawn.omitted > 0 ? `, ${formatCount(drawn.omitted)} smaller ones left out` : ''}
        </span>
        {pickedNode !== undefined && picked !== null && (
          <Button onClick={() => show(picked.id)}>Show what {nodeName(pickedNode)} owns</Button>
        )}
      </footer>
    </ChartView>
  );
}

/** The symmetric difference. */
function differing(a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> {
  const either = new Set([...a, ...b]);
  return new Set([...either].filter(key => a.has(key) !== b.has(key)));
}
