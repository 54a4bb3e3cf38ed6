import { type Ref, useMemo } from 'react';
import type { PathNode } from '../../../workers/protocol/paths.ts';
import type { ChartHandle } from '../../charts/canvas-host/picture.ts';
import { FlameChart } from '../../charts/flame/FlameChart.tsx';
import { summariseTree } from '../../charts/treemap/summarise.ts';
import { useSession } from '../../session/session.ts';
import { useTypeColouring } from '../treemap/use-colouring.ts';
import { flameNodes } from './path-nodes.ts';

/** Merged paths as a flame graph: each frame refers to the ones below it. */
export function PathsFlame(props: {
  ref: Ref<ChartHandle>;
  nodes: readonly PathNode[];
  selected: number | null;
  describedBy: string;
  onSelect: (at: number) => void;
}) {
  const { nodes, selected, onSelect } = props;
  const { idle } = useSession();
  const colouring = useTypeColouring();
  const tree = useMemo(() => summariseTree(flameNodes(nodes)), [nodes]);
  return (
    <FlameChart
      ref={props.ref}
      tree={tree}
      colouring={colouring}
      selected={
        selected === null ? -1 : nodes.findIndex(node => node.kind === 'object' && node.object === selected)
      }
      search=""
      label="Paths, merged by class, retained size"
      describedBy={props.describedBy}
      areaName="Retained size"
      onSize={() => undefined}
      onSelect={onSelect}
      onDrill={onSelect}
      onOut={() => undefined}
      beginWork={idle.begin}
    />
  );
}
