import { tileName } from './labels.ts';
import type { TreemapTree } from './summarise.ts';

/** What of a tree a search matches. */
export interface TreeMatches {
  /** By position: 1 where the name of the node, or of one that it is in, contains the text. */
  matched: Uint8Array;
  /** Nodes whose own name contains it. */
  nodes: number;
  /** The size of all that matches; what is in a match counts once. */
  size: number;
}

/** Finds nodes by a part of their names, ignoring case. Null if nothing is searched for. O(n). */
export function searchTree(tree: TreemapTree, search: string): TreeMatches | null {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return null;
  const matched = new Uint8Array(tree.nodes.length);
  let nodes = 0;
  let size = 0;
  for (const [position, node] of tree.nodes.entries()) {
    const above = tree.parent[position]!;
    const isInside = above >= 0 && matched[above] === 1;
    // The whole is what everything is in: it has no name of its own.
    const isNamed = above >= 0 && node.kind !== 'remainder' && node.kind !== 'self';
    const isMatch = isNamed && tileName(node).toLowerCase().includes(wanted);
    if (isMatch) nodes++;
    if (isMatch && !isInside) size += node.bytes;
    if (isMatch || isInside) matched[position] = 1;
  }
  return { matched, nodes, size };
}
