import type { Retention } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import type { Bytes, Generation } from '../protocol/units.ts';
import type { GroupTable } from './grouping.ts';
import type { MergedTree } from './merged-tree.ts';

/**
 * Values by which tree nodes are coloured besides their type: the label of a grouping shared by more than half of a
 * node's own bytes, or the mean generation of its bytes if more than half of them have one.
 */
export type FactSource = { of: 'label'; table: GroupTable } | { of: 'generation' };

/**
 * Determines one fact for many nodes. A majority is found by the voting algorithm of Boyer and Moore: two passes, no
 * table of labels.
 */
class FactSums {
  readonly #groupOfPair: Uint32Array;
  readonly #generationOfPair: Float64Array;
  readonly #source: FactSource;
  readonly #group: Int32Array;
  readonly #votes: Float64Array;
  readonly #bytes: Float64Array;
  readonly #counted: Float64Array;
  readonly #weighted: Float64Array;

  constructor({ pairs, allocations }: HeapSnapshot, source: FactSource, nodes: number) {
    this.#source = source;
    this.#groupOfPair = source.of === 'label' ? source.table.groupOf : new Uint32Array(0);
    this.#generationOfPair =
      source.of === 'label'
        ? new Float64Array(0)
        : Float64Array.from(pairs.allocation, allocation => allocations.generation[allocation]! - 1);
    this.#group = new Int32Array(nodes).fill(-1);
    this.#votes = new Float64Array(nodes);
    this.#bytes = new Float64Array(nodes);
    this.#counted = new Float64Array(nodes);
    this.#weighted = new Float64Array(nodes);
  }

  /** First pass, over every member of every node. */
  vote(node: number, pair: number, bytes: Bytes): void {
    this.#bytes[node]! += bytes;
    if (this.#source.of === 'generation') {
      const generation = this.#generationOfPair[pair]!;
      if (generation < 0) return;
      this.#counted[node]! += bytes;
      this.#weighted[node]! += generation * bytes;
      return;
    }
    const group = this.#groupOfPair[pair]!;
    if (this.#group[node] === group) this.#votes[node]! += bytes;
    else if (this.#votes[node]! >= bytes) this.#votes[node]! -= bytes;
    else {
      this.#votes[node] = bytes - this.#votes[node]!;
      this.#group[node] = group;
    }
  }

  /** Second pass, over the same members: the actual bytes of the candidate. */
  count(node: number, pair: number, bytes: Bytes): void {
    if (this.#group[node] === this.#groupOfPair[pair]) this.#counted[node]! += bytes;
  }

  get needsCount(): boolean {
    return this.#source.of === 'label';
  }

  /** The fact of a node; empty if nothing has more than half of its bytes. */
  factOf(node: number): { library?: string; generation?: Generation } {
    if (this.#counted[node]! * 2 <= this.#bytes[node]!) return {};
    if (this.#source.of === 'generation') {
      return { generation: Math.round(this.#weighted[node]! / this.#counted[node]!) };
    }
    const label = this.#source.table.labels[this.#group[node]!];
    return label == null ? {} : { library: label };
  }
}

/**
 * A fact about the own members of nodes of the merged tree; `nodeOf`: drawn position → merged node, -1 = none. O(n).
 */
export function* mergedFacts(
  snapshot: HeapSnapshot,
  retention: Retention,
  tree: MergedTree,
  set: ObjectSet | null,
  source: FactSource,
  nodes: readonly TreeNode[],
  nodeOf: readonly number[],
): Steps<TreeNode[]> {
  const positionOf = new Int32Array(tree.length).fill(-1);
  for (const [position, node] of nodeOf.entries()) if (node > 0) positionOf[node] = position;
  const sums = new FactSums(snapshot, source, nodes.length);
  const { vertex, length } = retention.tree;
  const pass = (start: number, stop: number, add: (node: number, pair: number, bytes: Bytes) => void) => {
    for (let at = start; at < stop; at++) {
      const position = positionOf[tree.nodeOf[at]!]!;
      const object = vertex[at]!;
      if (position < 0 || object >= snapshot.objects || (set !== null && !set.has(object))) continue;
      add(position, snapshot.pair[object]!, shallowBytesOf(snapshot, object));
    }
  };
  const passes = sums.needsCount ? [sums.vote.bind(sums), sums.count.bind(sums)] : [sums.vote.bind(sums)];
  for (const [turn, add] of passes.entries()) {
    for (let start = 1; start < length; start += STRIDE) {
      pass(start, Math.min(length, start + STRIDE), add);
      yield (turn + start / length) / passes.length;
    }
  }
  return nodes.map((node, position) => ({ ...node, ...sums.factOf(position) }));
}

/** The same for nodes that are one object each. O(nodes). */
export function objectFacts(
  snapshot: HeapSnapshot,
  source: FactSource,
  nodes: readonly TreeNode[],
): TreeNode[] {
  const sums = new FactSums(snapshot, source, nodes.length);
  for (const add of [sums.vote.bind(sums), sums.count.bind(sums)]) {
    for (const [position, { object }] of nodes.entries()) {
      if (object !== null) add(position, snapshot.pair[object]!, 1);
    }
    if (!sums.needsCount) break;
  }
  return nodes.map((node, position) => ({ ...node, ...sums.factOf(position) }));
}

/** The same for one node that consists of some pairs, each with its bytes. O(pairs). */
export function pairFact(
  snapshot: HeapSnapshot,
  source: FactSource,
  pairs: readonly { pair: number; bytes: Bytes }[],
): { library?: string; generation?: Generation } {
  const sums = new FactSums(snapshot, source, 1);
  for (const { pair, bytes } of pairs) sums.vote(0, pair, bytes);
  if (sums.needsCount) for (const { pair, bytes } of pairs) sums.count(0, pair, bytes);
  return sums.factOf(0);
}
