import { withThousands } from '../protocol/digits.ts';
import type { TreeNode } from '../protocol/rows.ts';

/** A child that a node of a tree may be given. */
export type TreeCandidate<Ref> = Omit<TreeNode, 'parent' | 'more'> & { ref: Ref };

/** How to find the children of a node: those of at least `minBytes`, and the sum of the rest. */
export interface TreeExpansion<Ref> {
  children: TreeCandidate<Ref>[];
  rest: { nodes: number; objects: number; bytes: number };
}

export interface CutLimits {
  maxNodes: number;
  /** Nodes with fewer bytes go into a remainder. */
  minBytes: number;
}

/**
 * The part of a tree that can be drawn: its `maxNodes` largest nodes, whatever their depth. A child is taken only
 * when its turn by size comes, so thousands of small siblings do not keep a large node from being divided. What is
 * left out of a node is one remainder node, so that the bytes of children add up to their parent's. Nodes come
 * with parents before children, siblings by bytes, descending. O(c log c) for the c children of nodes taken.
 */
export function cutTree<Ref>(
  root: TreeCandidate<Ref>,
  limits: CutLimits,
  expand: (ref: Ref, minBytes: number) => TreeExpansion<Ref> | null,
): TreeNode[] {
  const nodes: TreeNode[] = [];
  const candidates = [{ ...root, parent: -1 }];
  /** What of each node's children is not among the nodes (yet). */
  const left: TreeExpansion<Ref>['rest'][] = [];
  const isDivided: boolean[] = [];
  /** Divided nodes: each may need a remainder, for which room is kept. */
  let divided = 0;
  const waiting = new LargestFirst();
  waiting.push(0, root.bytes);
  for (let turn = waiting.pop(); turn >= 0; turn = waiting.pop()) {
    const { ref, ...node } = candidates[turn]!;
    const { parent } = node;
    const dividesParent = parent >= 0 && !isDivided[parent];
    if (nodes.length + 1 + divided + (dividesParent ? 1 : 0) > limits.maxNodes) break;
    if (parent >= 0) {
      if (dividesParent) divided++;
      isDivided[parent] = true;
      take(left[parent]!, node, -1);
    }
    const at = nodes.length;
    nodes.push({ ...node, more: false });
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    left.push(rest);
    const expansion = expand(ref, limits.minBytes);
    if (expansion === null) continue;
    Object.assign(rest, expansion.rest);
    for (const child of expansion.children) {
      take(rest, child, 1);
      waiting.push(candidates.length, child.bytes);
      candidates.push({ ...child, parent: at });
    }
  }
  for (const [at, rest] of left.entries()) {
    if (rest.nodes === 0) continue;
    // Nothing of it large enough to draw: the node stays one tile.
    if (!isDivided[at]) nodes[at]!.more = true;
    else if (rest.bytes > 0) nodes.push(remainder(at, rest, nodes[at]!));
  }
  return nodes;
}

/** Counts a child in (1) or out (-1) of what is left. */
function take(
  rest: TreeExpansion<unknown>['rest'],
  child: Pick<TreeNode, 'objects' | 'bytes'>,
  times: 1 | -1,
): void {
  rest.nodes += times;
  rest.objects += times * child.objects;
  rest.bytes += times * child.bytes;
}

function remainder(
  parent: number,
  rest: { nodes: number; objects: number; bytes: number },
  of: TreeNode,
): TreeNode {
  return {
    parent,
    kind: 'remainder',
    object: null,
    label: `${withThousands(rest.nodes)} smaller`,
    title: '',
    type: of.kind === 'unreachable' ? of.type : null,
    generation: null,
    bytes: rest.bytes,
    objects: rest.objects,
    shallowBytes: rest.bytes,
    retainedBytes: rest.bytes,
    chainLength: 1,
    more: true,
    set: null,
  };
}

/** A binary heap of node positions by bytes. */
class LargestFirst {
  readonly #items: { node: number; bytes: number }[] = [];

  push(node: number, bytes: number): void {
    const items = this.#items;
    items.push({ node, bytes });
    let at = items.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (items[above]!.bytes >= items[at]!.bytes) break;
      [items[above], items[at]] = [items[at]!, items[above]!];
      at = above;
    }
  }

  /** The node with most bytes, or -1. */
  pop(): number {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined) return -1;
    if (items.length > 0) {
      items[0] = last;
      this.#sink();
    }
    return first.node;
  }

  #sink(): void {
    const items = this.#items;
    let at = 0;
    for (;;) {
      let largest = at;
      for (const below of [at * 2 + 1, at * 2 + 2]) {
        if (below < items.length && items[below]!.bytes > items[largest]!.bytes) largest = below;
      }
      if (largest === at) return;
      [items[largest], items[at]] = [items[at]!, items[largest]!];
      at = largest;
    }
  }
}
