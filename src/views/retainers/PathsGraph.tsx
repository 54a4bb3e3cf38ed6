import { type Ref, useCallback, useMemo, useState } from 'react';
import type { Exclusion } from '../../../workers/protocol/exclusions.ts';
import type { PathDirection, PathNode } from '../../../workers/protocol/paths.ts';
import type { EdgeName } from '../../../workers/protocol/rows.ts';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { type GraphPick, MAX_BOXES } from '../../charts/object-graph/graph.ts';
import { ObjectGraphChart } from '../../charts/object-graph/ObjectGraphChart.tsx';
import { formatCount } from '../../format/counts.ts';
import { useSession } from '../../session/session.ts';
import { useAnswer } from '../../session/use-answer.ts';
import { endOf } from './exclusion-names.ts';
import { PickedPart } from './PickedPart.tsx';
import { pathNodeName, type ShownPaths } from './path-nodes.ts';
import { drawnPaths, exclusionOfLine, isRestBox, referenceOf, SHOWN_AT_A_TIME } from './paths-graph.ts';
import styles from './RetainersView.module.css';

interface PathsGraphProps {
  ref: Ref<ChartHandle>;
  paths: ShownPaths;
  direction: PathDirection;
  open: ReadonlySet<string>;
  describedBy: string;
  /** Expands or collapses the node at a position. */
  onToggle(at: number): void;
  /** Called when the node at a position is picked. */
  onPick(at: number): void;
}

/** Maximum number of names of lines that are requested. */
const MAX_NAMES = 250;

/** Merged paths as a layered graph: roots on the left, the set on the right. */
export function PathsGraph(props: PathsGraphProps) {
  const { paths, direction, open, onToggle, onPick } = props;
  const { nodes } = paths;
  const { idle } = useSession();
  const [picked, setPicked] = useState<GraphPick | null>(null);
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const unnamed = useMemo(
    () => drawnPaths(paths, direction, open, shown, new Map()),
    [paths, direction, open, shown],
  );
  const names = useLineNames(nodes, direction, unnamed.nodeOf);
  const drawn = useMemo(
    () => drawnPaths(paths, direction, open, shown, names),
    [paths, direction, open, shown, names],
  );
  const pick = useCallback(
    (what: GraphPick) => {
      setPicked(what);
      const at = what.kind === 'box' && !isRestBox(what.id) ? drawn.nodeOf.get(what.id) : undefined;
      if (at !== undefined) onPick(at);
    },
    [drawn, onPick],
  );
  const toggle = (id: string) => {
    const at = drawn.nodeOf.get(id);
    if (at === undefined) return;
    if (!isRestBox(id)) {
      if ((paths.children[at]?.length ?? 0) > 0) onToggle(at);
      return;
    }
    const key = paths.keys[at]!;
    setShown(old => new Map(old).set(key, (old.get(key) ?? SHOWN_AT_A_TIME) + SHOWN_AT_A_TIME));
  };
  return (
    <div className={styles.graph}>
      <div className={styles.drawing}>
        <ObjectGraphChart
          ref={props.ref}
          graph={drawn.graph}
          label="Paths, merged by class, from the roots at the left to the set at the right"
          describedBy={props.describedBy}
          picked={picked}
          onPick={pick}
          onToggle={toggle}
          beginWork={idle.begin}
        />
      </div>
      <footer className={styles.footer}>
        <span>
          {formatCount(drawn.graph.boxes.length)} boxes.
          {drawn.omitted > 0 &&
            ` ${formatCount(drawn.omitted)} more would be open; at most ${MAX_BOXES} are drawn. Fold some to see others.`}
        </span>
        <Picked nodes={nodes} picked={picked} drawn={drawn} />
      </footer>
    </div>
  );
}

/** Names of the visible lines, by the position of the node that the line leads to. They arrive after the boxes. */
function useLineNames(
  nodes: readonly PathNode[],
  direction: PathDirection,
  nodeOf: ReadonlyMap<string, number>,
): ReadonlyMap<number, EdgeName> {
  const asked = [...nodeOf].flatMap(([id, at]) => {
    const edge = isRestBox(id) ? null : referenceOf(nodes, direction, at);
    return edge === null ? [] : [{ at, edge }];
  });
  const edges = asked.slice(0, MAX_NAMES).map(({ edge }) => edge);
  const places = asked.slice(0, MAX_NAMES).map(({ at }) => at);
  const { data, tag } = useAnswer('edgeNames', edges.length === 0 ? null : { edges }, {
    lane: 'retainers names',
    tag: { nodes, places },
  });
  return useMemo(() => {
    const names = new Map<number, EdgeName>();
    // Positions refer to the nodes in the question.
    if (data !== null && tag?.nodes === nodes)
      for (const [i, at] of tag.places.entries()) names.set(at, data[i]!);
    return names;
  }, [data, tag, nodes]);
}

function Picked(props: {
  nodes: readonly PathNode[];
  picked: GraphPick | null;
  drawn: ReturnType<typeof drawnPaths>;
}) {
  const { nodes, picked, drawn } = props;
  if (picked === null) return <span>Select a box or a line to ignore it or to cut it.</span>;
  let what: { exclusion: Exclusion; name: string } | null = null;
  if (picked.kind === 'line') {
    const ends = drawn.endsOf.get(picked.id);
    const exclusion = ends === undefined ? null : exclusionOfLine(nodes, ends);
    if (ends && exclusion) {
      const name = `${pathNodeName(nodes[ends.from]!)} → ${pathNodeName(nodes[ends.to]!)}`;
      what = { exclusion, name };
    }
  } else if (!isRestBox(picked.id)) {
    const node = nodes[drawn.nodeOf.get(picked.id) ?? -1];
    const end = node === undefined ? null : endOf(node);
    if (node && end) what = { exclusion: end, name: pathNodeName(node) };
  }
  return what === null ? null : <PickedPart {...what} />;
}
