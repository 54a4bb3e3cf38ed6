import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import type { Zoom } from '../canvas-host/canvas-layer.ts';
import { type TreemapLayout, tileRect } from './layout.ts';
import { childrenOf, pathTo, type TreemapTree } from './summarise.ts';

/** Identifies a tile, in the same way in every answer of the worker. Unique among the children of one tile. */
function identity(node: TreeNode): string {
  return `${node.kind} ${node.object ?? node.step ?? node.label}`;
}

/**
 * The position in `to` of the tile at `position` in `from`: the same object, or the same group below the same groups,
 * down to the depth that both trees have. -1 if it is not there. O(n) at worst.
 */
export function samePosition(from: TreemapTree, position: number, to: TreemapTree): number {
  const whole = to.nodes[0];
  if (!whole || !from.nodes[position]) return -1;
  const path = pathTo(from, position).map(at => identity(from.nodes[at]!));
  // The root of `to` may be anywhere on the path: the user zoomed in.
  const start = path.lastIndexOf(identity(whole));
  const steps = start >= 0 ? path.slice(start + 1) : path;
  let starts = [0];
  if (start < 0) {
    // Or the root of `from` is somewhere in `to`: the user zoomed out.
    starts = to.nodes.flatMap((node, at) => (identity(node) === steps[0] ? [at] : []));
    steps.shift();
  }
  for (const first of starts) {
    let at = first;
    for (const step of steps) {
      at = childrenOf(to, at).find(child => identity(to.nodes[child]!) === step) ?? -1;
      if (at < 0) break;
    }
    if (at >= 0) return at;
  }
  return -1;
}

/** The zoom that turns one layout into another: into a tile, out of one, or (null) neither. */
export function zoomBetween(before: TreemapLayout, after: TreemapLayout): Zoom | null {
  if (before.placed.length === 0 || after.placed.length === 0 || before.tree === after.tree) return null;
  const from = before.tree.nodes[0]!;
  const to = after.tree.nodes[0]!;
  if (identity(from) === identity(to)) return null;
  const entered = before.tree.nodes.findIndex(
    (node, at) => identity(node) === identity(to) && before.widthPx[at]! > 0,
  );
  if (entered > 0) return { direction: 'in', tile: tileRect(before, entered) };
  const left = after.tree.nodes.findIndex(
    (node, at) => identity(node) === identity(from) && after.widthPx[at]! > 0,
  );
  return left > 0 ? { direction: 'out', tile: tileRect(after, left) } : null;
}
