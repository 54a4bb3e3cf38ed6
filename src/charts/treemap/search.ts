import { tileName } from './labels.ts';
import type { TreemapTree } from './summarise.ts';

/** The nodes of a tree that match a search. */
export interface TreeMatches {
  /** By position: 1 where the name of the node or of an ancestor contains the text. */
  matched: Uint8Array;
  /** Number of nodes whose own name contains the text. */
  nodes: number;
  /** The total size of all matches; a match inside another counts once. */
  size: number;
}

/** Finds nodes by part of their name, ignoring case. Null if the search is empty. O(n). */
export function searchTree(tree: TreemapTree, search: string): TreeMatches | null {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return null;
  const matched = new Uint8Array(tree.nodes.length);
  let nodes = 0;
  let size = 0;
  for (const [position, node] of tree.nodes.entries()) {
    const above = tree.parent[position]!;
    const isInside = above >= 0 && matched[above] === 1;
    // The root contains everything and has no name of its own.
    const isNamed = above >= 0 && node.kind !== 'remainder' && node.kind !== 'self';
    const isMatch = isNamed && tileName(node).toLowerCase().includes(wanted);
    if (isMatch) nodes++;
    if (isMatch && !isInside) size += node.bytes;
    if (isMatch || isInside) matched[position] = 1;
  }
  return { matched, nodes, size };
}
