import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import { formatBytes } from '../../format/bytes.ts';

/**
 * A tree to draw, as arrays indexed by position in a list in which parents precede children. Position 0 is the root.
 */
export interface TreemapTree {
  nodes: readonly TreeNode[];
  /** Position of the parent; -1 for the root. */
  parent: Int32Array;
  /** The children of `i`: `childList` from `childStart[i]` up to `childStart[i + 1]`. */
  childStart: Int32Array;
  /** Positions of children in drawing order: descending bytes, ties in the original order; self size and rest last. */
  childList: Int32Array;
  /** Levels below the root. */
  depth: Int32Array;
  /** Tiles of equal kind and label have equal numbers: this is the group that hovering outlines. */
  group: Int32Array;
  /** A size of a node as text, in its unit. */
  formatSize(size: number): string;
}

/**
 * Prepares a tree as the worker sends it. Pass `formatSize` if its sizes are not bytes. O(n log n) for the order of
 * children.
 */
export function summariseTree(
  nodes: readonly TreeNode[],
  formatSize: (size: number) => string = formatBytes,
): TreemapTree {
  const length = nodes.length;
  const parent = new Int32Array(length);
  const depth = new Int32Array(length);
  const group = new Int32Array(length);
  const childStart = new Int32Array(length + 1);
  const groups = new Map<string, number>();
  nodes.forEach((node, position) => {
    parent[position] = node.parent;
    if (node.parent >= 0) {
      depth[position] = depth[node.parent]! + 1;
      childStart[node.parent + 1]!++;
    }
    const key = `${node.kind} ${node.label}`;
    let number = groups.get(key);
    if (number === undefined) {
      number = groups.size;
      groups.set(key, number);
    }
    group[position] = number;
  });
  for (let i = 0; i < length; i++) childStart[i + 1]! += childStart[i]!;
  const childList = new Int32Array(childStart[length] ?? 0);
  const next = childStart.slice(0, length);
  for (let i = 0; i < length; i++) {
    const above = parent[i]!;
    if (above >= 0) childList[next[above]!++] = i;
  }
  for (let i = 0; i < length; i++) {
    childList
      .subarray(childStart[i]!, childStart[i + 1]!)
      .sort((a, b) => rank(nodes[a]!) - rank(nodes[b]!) || nodes[b]!.bytes - nodes[a]!.bytes || a - b);
  }
  return { nodes, parent, childStart, childList, depth, group, formatSize };
}

/** The size of a node as text; in a comparison, the sizes before and after. */
export function sizeText(tree: TreemapTree, { bytes, compared }: TreemapTree['nodes'][number]): string {
  if (compared === undefined) return tree.formatSize(bytes);
  return `${tree.formatSize(compared.before)} → ${tree.formatSize(compared.after)}`;
}

/** The children of a position, in drawing order. */
export function childrenOf(tree: TreemapTree, position: number): Int32Array {
  return tree.childList.subarray(tree.childStart[position]!, tree.childStart[position + 1]!);
}

/** Positions from the root down to a tile, both included. */
export function pathTo(tree: TreemapTree, position: number): number[] {
  const path: number[] = [];
  for (let at = position; at >= 0; at = tree.parent[at]!) path.push(at);
  return path.reverse();
}

/**
 * The part of a tree below one position as a tree of its own, which shares the nodes' data: shown until the worker
 * answers with the detailed tree. O(n).
 */
export function subtree(nodes: readonly TreeNode[], root: number): TreeNode[] {
  const placeOf = new Map<number, number>([[root, 0]]);
  const part: TreeNode[] = [{ ...nodes[root]!, parent: -1 }];
  // Parents precede children, so one pass forward from the root finds all descendants.
  for (let i = root + 1; i < nodes.length; i++) {
    const above = placeOf.get(nodes[i]!.parent);
    if (above === undefined) continue;
    placeOf.set(i, part.length);
    part.push({ ...nodes[i]!, parent: above });
  }
  return part;
}

function rank(node: TreeNode): number {
  if (node.kind === 'remainder') return 2;
  return node.kind === 'self' ? 1 : 0;
}
