import { useMemo } from 'react';
import type { TreeNode } from '../../../workers/protocol/rows.ts';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import { minShareFor } from '../../charts/treemap/layout.ts';
import { subtree, summariseTree, type TreemapTree } from '../../charts/treemap/summarise.ts';
import { useAnswer } from '../../session/use-answer.ts';
import type { TreemapSource } from '../../state/navigation.ts';
import { useCurrentSet } from '../../state/use-app.ts';
import { positionOf, setBelow } from './sources.ts';

/** Tiles that are asked for: more would not be told apart, and drawing stays far below a frame. */
const MAX_NODES = 6000;

export interface ShownTree {
  tree: TreemapTree;
  /** What the tree shows: the source asked for, or the one before while nothing of the new one is there. */
  source: TreemapSource;
}

/**
 * The tree of a source, with as much detail as a drawing of this size can show. While the detailed one is awaited,
 * the part of the last tree that is inside the new source is shown.
 */
export function useTree(
  source: TreemapSource,
  size: ChartSize,
): { shown: ShownTree | null; error: Error | null; pending: boolean } {
  const currentSet = useCurrentSet();
  const minShare = coarse(minShareFor(size));
  const cut = size.widthPx === 0 ? null : { maxNodes: MAX_NODES, minShare, skip: source.skip ?? 0 };
  const { data, tag, error, pending } = useAnswer<(typeof TREES_BY)[TreemapSource['by']], TreemapSource>(
    TREES_BY[source.by],
    cut && { ...cut, ...paramsOf(source) },
    { lane: 'treemap', set: setBelow(source, currentSet), tag: source },
  );
  const sourceKey = JSON.stringify(source);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal sources are told apart by their text.
  const shown = useMemo((): ShownTree | null => {
    if (data === null || tag === null) return null;
    const nodes = named(data, tag);
    if (JSON.stringify(tag) === sourceKey) return { tree: summariseTree(nodes), source };
    const position = positionOf(source, tag, nodes);
    if (position <= 0) return { tree: summariseTree(nodes), source: tag };
    return { tree: summariseTree(subtree(nodes, position)), source };
  }, [data, tag, sourceKey]);
  return { shown, error, pending };
}

/** The question that returns the tree of a source. */
const TREES_BY = {
  merged: 'mergedTree',
  holders: 'holderTree',
  dominators: 'dominatorTree',
  groups: 'groupTree',
} as const;

/** What a source says beyond the detail that is wanted. */
function paramsOf(source: TreemapSource) {
  switch (source.by) {
    case 'merged':
      return { path: source.path, overhead: source.overhead };
    case 'holders':
      return { path: source.path };
    case 'dominators':
      return { root: source.root };
    case 'groups':
      return { keys: source.keys.slice(source.path.length), overhead: source.overhead ?? false };
  }
}

/** To the next power of two: a window that is being resized does not ask anew at every pixel. */
function coarse(share: number): number {
  return 2 ** Math.round(Math.log2(share));
}

/** Below a group the whole of the answer is that group, so that zooming in finds it again. */
function named(nodes: TreeNode[], source: TreemapSource): TreeNode[] {
  const whole = nodes[0];
  if (source.by !== 'groups' || source.path.length === 0 || !whole) return nodes;
  const label = source.path.at(-1) ?? 'untraced';
  return [{ ...whole, kind: 'group', label }, ...nodes.slice(1)];
}
