import { useMemo, useRef, useState } from 'react';
import type { GrowthSlice } from '../../../workers/protocol/comparison.ts';
import type { SnapshotId } from '../../../workers/protocol/units.ts';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { saveChart } from '../../charts/canvas-host/save-chart.ts';
import type { GraphPick } from '../../charts/object-graph/graph.ts';
import { ObjectGraphChart } from '../../charts/object-graph/ObjectGraphChart.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import { oneLine } from '../../format/names.ts';
import { useSession } from '../../session/session.ts';
import { Button } from '../../widgets/Button.tsx';
import styles from './CompareView.module.css';
import { lineId, sliceGraph } from './slice-graph.ts';
import { groupChip, useOpenSet } from './use-open-set.ts';

interface SliceGraphProps {
  slice: GrowthSlice;
  /** The dump that is opened when a class is clicked. */
  dump: SnapshotId;
  describedBy: string;
  /** Called to show the slice of another class. */
  onFollow(label: string): void;
}

/** The classes that lead to a growing one, as a graph: referrers on the left, referents on the right. */
export function SliceGraph({ slice, dump, describedBy, onFollow }: SliceGraphProps) {
  const { idle } = useSession();
  const handle = useRef<ChartHandle>(null);
  const [picked, setPicked] = useState<GraphPick | null>(null);
  const graph = useMemo(() => sliceGraph(slice), [slice]);
  return (
    <div className={styles.sliceGraph}>
      <div className={styles.drawing}>
        <ObjectGraphChart
          wheel="zooms with Ctrl"
          ref={handle}
          graph={graph}
          label={`Classes that lead to ${oneLine(slice.label)}, and how the references between them grow`}
          describedBy={describedBy}
          picked={picked}
          onPick={setPicked}
          onToggle={onFollow}
          beginWork={idle.begin}
        />
      </div>
      <div className={styles.picked}>
        <PickedPart slice={slice} picked={picked} dump={dump} onFollow={onFollow} />
        <Button
          onClick={() => {
            if (handle.current) void saveChart(handle.current, 'svg', 'growth-graph');
          }}
        >
          Save as SVG
        </Button>
      </div>
    </div>
  );
}

/** The figures of the picked box or line, in each dump. */
function PickedPart(props: Omit<SliceGraphProps, 'describedBy'> & { picked: GraphPick | null }) {
  const { slice, picked, dump, onFollow } = props;
  const openSet = useOpenSet();
  if (picked?.kind === 'line') {
    const edge = slice.edges.find(each => lineId(each) === picked.id);
    if (edge !== undefined)
      return (
        <span>
          {oneLine(edge.from)} refers to {oneLine(edge.to)}: {edge.counts.map(formatCount).join(' → ')}{' '}
          references
        </span>
      );
  }
  const size = picked?.kind === 'box' ? slice.classes.find(({ label }) => label === picked.id) : undefined;
  if (size === undefined || size.label === null)
    return (
      <span className={styles.quiet}>
        The numbers are the objects and references added since the first dump. Select a box or a line to see
        its size in each dump.
      </span>
    );
  const { label, counts, shallowBytes } = size;
  return (
    <>
      <span>
        {oneLine(label)}: {counts.map(formatCount).join(' → ')} objects,{' '}
        {shallowBytes.map(bytes => formatBytes(bytes)).join(' → ')}
      </span>
      <Button onClick={() => openSet(dump, [groupChip('class', label)], 'objects')}>Open its objects</Button>
      <Button disabled={label === slice.label} onClick={() => onFollow(label)}>
        What holds it?
      </Button>
    </>
  );
}
