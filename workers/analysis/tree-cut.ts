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
 * The part of a tree that can be drawn: the largest nodes first, until there are `maxNodes`. What is left out of
 * a node is one remainder node, so that the bytes of children add up to their parent's. Nodes come with parents
 * before children, siblings by bytes, descending. O(expanded nodes and their children).
 */
export function cutTree<Ref>(
  root: TreeCandidate<Ref>,
  limits: CutLimits,
  expand: (ref: Ref, minBytes: number) => TreeExpansion<Ref> | null,
): TreeNode[] {
  const nodes: TreeNode[] = [];
  const refs: Ref[] = [];
  const waiting = new LargestFirst();
  const add = (candidate: TreeCandidate<Ref>, parent: number): void => {
    const { ref, ...node } = candidate;
    nodes.push({ ...node, parent, more: false });
    refs.push(ref);
    waiting.push(nodes.length - 1, candidate.bytes);
  };
  add(root, -1);
  for (let at = waiting.pop(); at >= 0; at = waiting.pop()) {
    const expansion = expand(refs[at]!, limits.minBytes);
    if (expansion === null) continue;
    const { children, rest } = expansion;
    if (children.length + rest.nodes === 0) continue;
    children.sort((a, b) => b.bytes - a.bytes);
    const room = limits.maxNodes - nodes.length - 1;
    if (room < Math.min(children.length, 2)) {
      nodes[at]!.more = true;
      continue;
    }
    for (const child of children.slice(room)) {
      rest.nodes++;
      rest.objects += child.objects;
      rest.bytes += child.bytes;
    }
    if (children.length === 0 && rest.bytes === nodes[at]!.bytes) {
      nodes[at]!.more = true; // Nothing large enough to draw: the node stays one tile.
      continue;
    }
    for (const child of children.slice(0, room)) add(child, at);
    if (rest.bytes > 0) nodes.push(remainder(at, rest, nodes[at]!));
    if (rest.bytes > 0) refs.push(refs[at]!);
  }
  return nodes;
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
    label: `${rest.nodes.toLocaleString('en-US')} smaller`,
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
