import { allocatorNodes } from '../profiles/model/allocators.ts';
import { type CallTree, type Weight, weightOf } from '../profiles/model/call-tree.ts';
import type { Opened } from '../profiles/model/profile.ts';
import { foldRecursion, overlaid, regrouped, withoutNodes } from '../profiles/model/reshape.ts';
import { type Snapshots, selfAt } from '../profiles/model/snapshots.ts';
import type { ProfileGroupKey, ProfileScope } from '../protocol/profile-questions.ts';
import { matchingNodes } from './profile-filter.ts';

/** The parameters of a question about a tree: see `TreeParams` of the protocol. */
export interface TreeRequest {
  tree: number;
  weight: number;
  scope: ProfileScope;
  by: readonly ProfileGroupKey[];
  fold: boolean;
}

/**
 * The tree that a view shows, with the weight that is requested as its only one, or with two in a comparison: after
 * and before. `other`: the profile to compare with. O(nodes), and more if it is folded or grouped.
 */
export function scopedTree(opened: Opened, wanted: TreeRequest, other: Opened | null): CallTree {
  let tree = weighed(opened, wanted, other);
  if (wanted.scope.filter.trim() !== '') {
    const kept = matchingNodes(tree, wanted.scope.filter);
    const weights = tree.weights.map(weight => ({
      ...weight,
      self: weight.self.map((own, node) => (kept[node] === 1 ? own : 0)),
    }));
    tree = { ...tree, weights };
  }
  const allocators = wanted.scope.allocators ? null : allocatorNodes(tree);
  if (allocators !== null) tree = withoutNodes(tree, allocators);
  if (wanted.by.length > 0) tree = regrouped(tree, wanted.by);
  return wanted.fold ? foldRecursion(tree) : tree;
}

function weighed(
  opened: Opened,
  { tree: at, weight: which, scope }: TreeRequest,
  other: Opened | null,
): CallTree {
  const tree = treesOf(opened)[at];
  const weight = tree?.weights[which];
  if (tree === undefined || weight === undefined) throw new Error(`There is no tree ${at} in this file.`);
  const snapshots = opened.kind === 'profile' && at === 0 ? opened.snapshots : null;
  const { rows } = scope;
  const ofRow = (row: number, of: Snapshots): Weight => ({
    ...weight,
    key: of.weight,
    self: selfAt(of, snapshotAt(of, row), tree.parent.length),
  });
  const after = rows === null || snapshots === null ? weight : ofRow(rows.to, snapshots);
  if (rows !== null && rows.from !== rows.to && snapshots !== null) {
    return compared(tree, after, ofRow(rows.from, snapshots).self);
  }
  if (other === null) return { ...tree, weights: [after] };
  const twin = treesOf(other).find(({ id }) => id === tree.id);
  const before = twin && weightOf(twin, weight.key);
  if (twin === undefined || !before) {
    throw new Error(`The other profile has no ${weight.label} in a tree of ${tree.label}.`);
  }
  const both = overlaid(tree, after, twin, before.self);
  return compared(both.tree, { ...after, self: both.after }, both.before);
}

function compared(tree: CallTree, after: Weight, before: Float64Array): CallTree {
  return { ...tree, weights: [after, { ...after, key: 'before', label: 'before', self: before }] };
}

/** The last snapshot at or before a row of the timeline, or the first. */
function snapshotAt({ row }: Snapshots, wanted: number): number {
  let found = 0;
  for (const [snapshot, at] of row.entries()) if (at <= wanted) found = snapshot;
  return found;
}

/** The trees of a file; empty for a series. */
export function treesOf(opened: Opened): readonly CallTree[] {
  return opened.kind === 'profile' ? opened.trees : [];
}
