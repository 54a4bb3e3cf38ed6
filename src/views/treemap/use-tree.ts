import { useMemo } from 'react';
import type { TreeArea, TreeFact } from '../../../workers/protocol/questions/tree-questions.ts';
import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import { minShareFor } from '../../charts/treemap/layout.ts';
import { subtree, summariseTree, type TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatBytes } from '../../format/bytes.ts';
import { formatCount } from '../../format/counts.ts';
import { useAnswer } from '../../session/use-answer.ts';
import type { TreemapSource } from '../../state/navigation.ts';
import { useActiveSnapshot, useCurrentSet } from '../../state/use-app.ts';
import { positionOf, setBelow, withPlaces } from './sources.ts';

/** Maximum number of tiles requested: more could not be told apart, and drawing these takes far less than a frame. */
const MAX_NODES = 6000;

export interface ShownTree {
  tree: TreemapTree;
  /** The source that the tree shows: the requested one, or the previous one until its answer arrives. */
  source: TreemapSource;
}

/**
 * The tree of a source, with as much detail as a drawing of this size can show. While it is loading, the part of the
 * previous tree that is inside the new source is shown.
 */
export function useTree(
  source: TreemapSource,
  size: ChartSize,
  area: TreeArea = 'bytes',
  fact?: TreeFact,
): { shown: ShownTree | null; error: Error | null; pending: boolean } {
  const currentSet = useCurrentSet();
  const root = useActiveSnapshot()?.applicationRoot ?? '';
  const minShare = coarse(minShareFor(size));
  const cut = size.widthPx === 0 ? null : { maxNodes: MAX_NODES, minShare, skip: source.skip ?? 0 };
  const { data, tag, asked, error, pending } = useAnswer<
    (typeof TREES_BY)[TreemapSource['by']],
    TreemapSource
  >(TREES_BY[source.by], cut && { ...cut, ...paramsOf(source, area, fact) }, {
    lane: 'treemap',
    set: setBelow(source, currentSet),
    tag: source,
  });
  const sourceKey = JSON.stringify(source);
  // While another area is loading, sizes still have the previous unit.
  const format = (asked as { area?: TreeArea } | null)?.area === 'objects' ? formatCount : formatBytes;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text identifies a source.
  const shown = useMemo((): ShownTree | null => {
    if (data === null || tag === null) return null;
    const nodes = withPlaces(named(data, tag), root);
    if (JSON.stringify(tag) === sourceKey) return { tree: summariseTree(nodes, format), source };
    const position = positionOf(source, tag, nodes);
    if (position <= 0) return { tree: summariseTree(nodes, format), source: tag };
    return { tree: summariseTree(subtree(nodes, position), format), source };
  }, [data, tag, sourceKey, format, root]);
  return { shown, error, pending };
}

/** The question for the tree of a source. */
const TREES_BY = {
  merged: 'mergedTree',
  holders: 'holderTree',
  dominators: 'dominatorTree',
  groups: 'groupTree',
} as const;

/** The parameters of a source, without those for the level of detail. */
function paramsOf(source: TreemapSource, area: TreeArea, fact: TreeFact | undefined) {
  const withFact = fact === undefined ? {} : { fact };
  switch (source.by) {
    case 'merged':
      return {
        path: source.path,
        overhead: source.overhead,
        ...(area === 'objects' ? { area } : {}),
        ...withFact,
      };
    case 'holders':
      return { path: source.path };
    case 'dominators':
      return { root: source.root, ...withFact };
    case 'groups':
      return {
        keys: source.keys.slice(source.path.length),
        overhead: source.overhead ?? false,
        area,
        ...withFact,
      };
  }
}

/**
 * The kinds of area that a source supports, with their names. In the tree of a narrower set, areas are shallow sizes or
 * counts of its members: their retained size cannot be assigned to tiles.
 */
export function areasOf(
  source: TreemapSource,
  isNarrowed: boolean,
): readonly { value: TreeArea; name: string }[] {
  switch (source.by) {
    case 'groups':
      return [
        { value: 'bytes', name: 'shallow size' },
        { value: 'retained', name: 'retained size' },
        { value: 'objects', name: 'objects' },
      ];
    case 'merged':
      return [
        { value: 'bytes', name: isNarrowed ? 'shallow size' : 'retained size' },
        { value: 'objects', name: 'objects' },
      ];
    default:
      return [];
  }
}

/** Rounded to a power of two, so that resizing the window does not ask again for every pixel. */
function coarse(share: number): number {
  return 2 ** Math.round(Math.log2(share));
}

/** Below a group, the root of the answer is that group; naming it so lets zooming in find it again. */
function named(nodes: TreeNode[], source: TreemapSource): TreeNode[] {
  const whole = nodes[0];
  if (source.by !== 'groups' || source.path.length === 0 || !whole) return nodes;
  const label = source.path.at(-1) ?? 'untraced';
  return [{ ...whole, kind: 'group', label }, ...nodes.slice(1)];
}
