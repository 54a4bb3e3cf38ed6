import { withThousands } from '../protocol/digits.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import type { Bytes, Count, Fraction } from '../protocol/units.ts';
import { NO_TYPE } from './descriptors.ts';

/** A child that may become a node of the tree. */
export type TreeCandidate<Ref> = Omit<TreeNode, 'parent' | 'more' | 'skip'> & { ref: Ref };

/** A candidate with a kind and a label, and nothing else yet. */
export function blankNode(
  kind: TreeNode['kind'],
  label: string,
): Omit<TreeCandidate<unknown>, 'ref' | 'bytes' | 'objects'> {
  return {
    kind,
    object: null,
    label,
    title: '',
    ...NO_TYPE,
    isNamed: false,
    generation: null,
    merged: 1,
    shallowBytes: 0,
    retainedBytes: 0,
    chainLength: 1,
    set: null,
    step: null,
  };
}

/** The children of a node of at least `minBytes`, and the total of the rest. */
export interface TreeExpansion<Ref> {
  children: TreeCandidate<Ref>[];
  rest: { nodes: number; objects: number; bytes: number };
}

export interface CutLimits {
  maxNodes: Count;
  /** Nodes with a smaller share of the root's bytes go into a remainder. */
  minShare: Fraction;
  /** How many of the root's largest children are left out, to show what its remainder contains. */
  skip: Count;
  /** Maximum number of levels below the root; unlimited if left out. */
  levels?: Count;
}

type Expand<Ref> = (ref: Ref, minBytes: Bytes) => TreeExpansion<Ref> | null;

/**
 * The part of a tree that can be drawn: its `maxNodes` largest nodes, whatever their depth. Children are taken in
 * order of size, so that thousands of small siblings do not prevent a large node from being divided. The children
 * left out of a node are one remainder node, so that the bytes of children add up to their parent's; its `skip` opens
 * it. Parents precede children; siblings are sorted by bytes, descending, remainders last. `onNode` is called for
 * each node but remainders, in order. O(c log c) for the c children of nodes taken.
 */
export function cutTree<Ref>(
  whole: TreeCandidate<Ref>,
  limits: CutLimits,
  expand: Expand<Ref>,
  onNode?: (ref: Ref) => void,
): TreeNode[] {
  const { root, first } = withoutLargest(whole, limits, expand);
  const minBytes = Math.max(1, root.bytes * limits.minShare);
  const nodes: TreeNode[] = [];
  const candidates = [{ ...root, parent: -1 }];
  /** The total of each node's children that are not among the nodes (yet). */
  const left: TreeExpansion<Ref>['rest'][] = [];
  const isDivided: boolean[] = [];
  /** Number of children of each node that are among the nodes: its largest. */
  const taken: number[] = [];
  const depths: number[] = [];
  /** Number of divided nodes: each may need a remainder, for which room is reserved. */
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
      taken[parent]!++;
      take(left[parent]!, node, -1);
    }
    const at = nodes.length;
    nodes.push({ ...node, more: false, skip: 0 });
    onNode?.(ref);
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    left.push(rest);
    taken.push(0);
    const depth = parent < 0 ? 0 : depths[parent]! + 1;
    depths.push(depth);
    // For the deepest level only whether there is more is recorded.
    const isDeepest = depth >= (limits.levels ?? Number.POSITIVE_INFINITY);
    const least = isDeepest ? Number.POSITIVE_INFINITY : minBytes;
    const expansion = at === 0 ? first : expand(ref, least);
    if (expansion === null) continue;
    Object.assign(rest, expansion.rest);
    for (const child of expansion.children) {
      take(rest, child, 1);
      if (isDeepest) continue;
      waiting.push(candidates.length, child.bytes);
      candidates.push({ ...child, parent: at });
    }
  }
  for (const [at, rest] of left.entries()) {
    if (rest.nodes === 0) continue;
    // No child is large enough to draw: the node stays one tile.
    if (!isDivided[at]) nodes[at]!.more = true;
    else if (rest.bytes > 0) {
      const skip = taken[at]! + (at === 0 ? limits.skip : 0);
      nodes.push({ ...remainder(at, rest), skip });
    }
  }
  return nodes;
}

/** The root without its `skip` largest children, and the children that remain. */
function withoutLargest<Ref>(
  root: TreeCandidate<Ref>,
  { minShare, skip }: CutLimits,
  expand: Expand<Ref>,
): { root: TreeCandidate<Ref>; first: TreeExpansion<Ref> | null } {
  let minBytes = Math.max(1, root.bytes * minShare);
  let first = expand(root.ref, minBytes);
  if (skip === 0) return { root, first };
  // Children that were too small before may be skipped ones, and are larger relative to the rest.
  while (first !== null && first.children.length < skip && first.rest.nodes > 0 && minBytes > 1) {
    minBytes = Math.max(1, minBytes / 16);
    first = expand(root.ref, minBytes);
  }
  if (first === null) return { root, first };
  const largest = first.children.toSorted(bySize).slice(0, skip);
  const remaining = { ...root };
  for (const child of largest) {
    remaining.bytes -= child.bytes;
    remaining.objects -= child.objects;
  }
  const all = expand(root.ref, Math.max(1, remaining.bytes * minShare))!;
  return { root: remaining, first: { ...all, children: all.children.toSorted(bySize).slice(skip) } };
}

/** Largest first; equal ones in the order of the tree. */
function bySize(a: { bytes: Bytes }, b: { bytes: Bytes }): number {
  return b.bytes - a.bytes;
}

/** Adds a child to the rest (1), or removes it (-1). */
function take(
  rest: TreeExpansion<unknown>['rest'],
  child: Pick<TreeNode, 'objects' | 'bytes'>,
  times: 1 | -1,
): void {
  rest.nodes += times;
  rest.objects += times * child.objects;
  rest.bytes += times * child.bytes;
}

function remainder(parent: number, rest: { nodes: number; objects: number; bytes: number }): TreeNode {
  return {
    parent,
    kind: 'remainder',
    object: null,
    label: `${withThousands(rest.nodes)} smaller`,
    title: '',
    merged: rest.nodes,
    skip: 0,
    step: null,
    ...NO_TYPE,
    isNamed: false,
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

/** A binary heap of node positions by bytes; of equal ones, the first added comes first. */
class LargestFirst {
  readonly #items: { node: number; bytes: number }[] = [];

  push(node: number, bytes: number): void {
    const items = this.#items;
    items.push({ node, bytes });
    let at = items.length - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!isBefore(items[at]!, items[above]!)) break;
      [items[above], items[at]] = [items[at]!, items[above]!];
      at = above;
    }
  }

  /** The node with the most bytes, or -1. */
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
        if (below < items.length && isBefore(items[below]!, items[largest]!)) largest = below;
      }
      if (largest === at) return;
      [items[largest], items[at]] = [items[at]!, items[largest]!];
      at = largest;
    }
  }
}

function isBefore(a: { node: number; bytes: Bytes }, b: { node: number; bytes: Bytes }): boolean {
  return a.bytes > b.bytes || (a.bytes === b.bytes && a.node < b.node);
}
