import { useMemo } from 'react';
import type {
  CallDirection,
  ProfileInfo,
  ProfileScope,
} from '../../../workers/protocol/profile-questions.ts';
import type { ChartSize } from '../../charts/canvas-host/geometry.ts';
import { type ChangeColouring, changeColouring } from '../../charts/treemap/change-colours.ts';
import { minShareFor } from '../../charts/treemap/layout.ts';
import { type LibraryColouring, libraryColouring } from '../../charts/treemap/library-colours.ts';
import { pathTo, summariseTree, type TreemapTree } from '../../charts/treemap/summarise.ts';
import { formatAmount } from '../../format/amounts.ts';
import { useProfileAnswer } from '../../session/use-profile-answer.ts';
import type { ProfilePart } from '../../state/navigation.ts';

/** The part of a profile that a chart draws. */
export interface DrawnPart {
  part: ProfilePart;
  scope: ProfileScope;
  isComparison: boolean;
  direction: CallDirection;
  /** The function at the root of the tree; null = the whole tree. */
  focus: string | null;
  fold: boolean;
}

export interface ProfileTree {
  /** Null while it is loading. */
  tree: TreemapTree | null;
  /** The path to the root of the tree. */
  path: readonly string[];
  /** Identifies the tree. */
  treeKey: string;
  colouring: LibraryColouring | ChangeColouring;
  error: Error | null;
  isEmpty: boolean;
}

/** More nodes could not be told apart. */
const MAX_NODES = 6000;
const NO_TREE = summariseTree([]);

/** Requests as much of a tree as can be drawn in a size; null requests nothing. */
export function useProfileTree(profile: ProfileInfo, drawn: DrawnPart | null, size: ChartSize): ProfileTree {
  // Rounded to a power of two, so that resizing the window does not ask again for every pixel.
  const minShare = 2 ** Math.round(Math.log2(minShareFor(size)));
  const isComparison = drawn?.isComparison ?? false;
  const { data, about, error, pending } = useProfileAnswer(
    'callTree',
    drawn === null || size.widthPx === 0
      ? null
      : {
          ...drawn.part,
          scope: drawn.scope,
          direction: drawn.direction,
          focus: drawn.focus,
          fold: drawn.fold,
          maxNodes: MAX_NODES,
          minShare,
        },
  );
  // Use the unit of the answer: while another weight is pending, the visible tree still has the previous one.
  const tree = useMemo(() => {
    if (data === null || about === null) return null;
    const { unit } = profile.trees[about.tree]!.weights[about.weight]!;
    return summariseTree(data, value => formatAmount(value, unit));
  }, [data, about, profile]);
  const colouring = useMemo(
    () => (isComparison ? changeColouring(tree ?? NO_TREE) : libraryColouring(tree ?? NO_TREE)),
    [tree, isComparison],
  );
  return {
    tree,
    path: about?.path ?? [],
    treeKey: JSON.stringify(about),
    colouring,
    error,
    isEmpty: data !== null && !pending && (tree?.nodes[0]?.bytes ?? 0) === 0,
  };
}

/** The path and rest that opening a node leads to; null if it has nothing to open. */
export function partBelow(
  { tree, path }: ProfileTree,
  position: number,
): Pick<ProfilePart, 'path' | 'skip'> | null {
  const node = tree?.nodes[position];
  if (!tree || node === undefined) return null;
  const isRest = node.kind === 'remainder';
  const below = pathTo(tree, isRest ? node.parent : position).slice(1);
  const steps = below.map(at => tree.nodes[at]!.step).filter(step => step !== null);
  if (node.kind === 'self' || (!isRest && steps.length === 0)) return null;
  return { path: [...path, ...steps], skip: isRest ? node.skip : 0 };
}
