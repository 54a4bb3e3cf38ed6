import type { Retention } from '../indexes/retention.ts';
import { grown } from '../model/growable.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { LabelledNodes, UNIQUE } from './labelled-nodes.ts';

/**
 * The dominator tree with siblings of one class merged, at every level: the objects of one class label below one
 * merged node are one node. A run of one class (a linked list) is one node too, however long it is. In a chain of a
 * few alternating classes (a list of nodes whose links are arrays) everything after the third round is merged into
 * the nodes of that round. Classes and modules are never merged, since each owns different objects. Similar to the
 * summary of E. Aftandilian et al., Heapviz, 2010.
 *
 * Columns over node ids. Node 0 is the super-root; a parent has a smaller id than its children. Unreachable objects
 * are not in it.
 */
export interface MergedTree {
  length: number;
  /** Node → parent; 0 for node 0 itself. */
  parent: Uint32Array;
  /** Node → position in the dominator tree of its first member. */
  first: Uint32Array;
  /** Members of the node itself. */
  objects: Uint32Array;
  /** Members that no other member dominates. `objects / outermost` is the mean length of the runs. */
  outermost: Uint32Array;
  /** Shallow bytes of the members. */
  shallowBytes: Float64Array;
  /**
   * Retained bytes of all members. In a chain of alternating classes this is more than the bytes in the node's subtree.
   */
  retainedBytes: Float64Array;
  /** Position in the dominator tree → node. */
  nodeOf: Uint32Array;
}

/** The members of a set in a merged tree, by node: those in its subtree. */
export interface MergedSums {
  objects: Float64Array;
  bytes: Float64Array;
  /** Whether the node itself has a member, 1 or 0; null if the set is everything. A byte a node. */
  hasMember: Uint8Array | null;
}

/**
 * Merges the dominator tree. `isUnique`: descriptors whose objects are never merged. One pass in preorder, with a hash
 * table from (parent, label) to node. O(n) time; 4 bytes an object and 56 a node.
 */
export function* mergedTree(
  snapshot: HeapSnapshot,
  retention: Retention,
  isUnique: (descriptor: number) => boolean,
): Steps<MergedTree> {
  const merger = new Merger(snapshot, retention, isUnique);
  const { length } = retention.tree;
  for (let start = 1; start < length; start += STRIDE) {
    merger.merge(start, Math.min(length, start + STRIDE));
    yield start / length;
  }
  return merger.finish();
}

/** Sums up the members of a set below every node; `null` means all objects. O(n). */
export function* mergedSums(
  snapshot: HeapSnapshot,
  retention: Retention,
  tree: MergedTree,
  set: ObjectSet | null,
): Steps<MergedSums> {
  const sums: MergedSums = {
    objects: new Float64Array(tree.length),
    bytes: new Float64Array(tree.length),
    hasMember: null,
  };
  if (set === null) {
    sums.objects.set(tree.objects);
    sums.bytes.set(tree.shallowBytes);
  } else {
    const { length } = retention.tree;
    for (let start = 1; start < length; start += STRIDE) {
      addMembers(snapshot, retention, tree, set, sums, start, Math.min(length, start + STRIDE));
      yield start / length;
    }
    sums.hasMember = Uint8Array.from(sums.objects, objects => (objects > 0 ? 1 : 0));
  }
  for (let node = tree.length - 1; node > 0; node--) {
    sums.objects[tree.parent[node]!]! += sums.objects[node]!;
    sums.bytes[tree.parent[node]!]! += sums.bytes[node]!;
  }
  return sums;
}

function addMembers(
  snapshot: HeapSnapshot,
  { tree: { vertex } }: Retention,
  { nodeOf }: MergedTree,
  set: ObjectSet,
  sums: MergedSums,
  start: number,
  stop: number,
): void {
  for (let at = start; at < stop; at++) {
    const object = vertex[at]!;
    if (object >= snapshot.objects || !set.has(object)) continue;
    const node = nodeOf[at]!;
    sums.objects[node]!++;
    sums.bytes[node]! += shallowBytesOf(snapshot, object);
  }
}

/**
 * Rounds of a chain of alternating classes that are not merged. Less deeply nested data, such as JSON, is not affected.
 */
const ROUNDS = 3;
/** Possible numbers of classes that alternate in a chain; a single class is a run. */
const TURNS = [2, 3, 4] as const;

class Merger {
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  /** Pair → label, or UNIQUE. */
  readonly #labelOfPair: Uint32Array;
  readonly #nodeOf: Uint32Array;
  readonly #nodes = new LabelledNodes(capacity => this.#grow(capacity));
  #objects = new Uint32Array(this.#nodes.capacity);
  #outermost = new Uint32Array(this.#nodes.capacity);
  #shallow = new Float64Array(this.#nodes.capacity);
  #retained = new Float64Array(this.#nodes.capacity);
  /** Node → end of the subtree of its last outermost member. */
  #coveredTo = new Uint32Array(this.#nodes.capacity);
  /** Node → the label of a child that continues a chain, or UNIQUE, and the node into which such a child is merged. */
  #chainLabel = new Uint32Array(this.#nodes.capacity).fill(UNIQUE);
  #chainNode = new Uint32Array(this.#nodes.capacity);

  constructor(snapshot: HeapSnapshot, retention: Retention, isUnique: (descriptor: number) => boolean) {
    this.#snapshot = snapshot;
    this.#retention = retention;
    const { pairs, descriptors } = snapshot;
    this.#labelOfPair = pairs.descriptor.map(id => (isUnique(id) ? UNIQUE : descriptors.label[id]!));
    this.#nodeOf = new Uint32Array(retention.tree.length);
  }

  /** Merges the positions from `start` to `stop`; those before must have been merged. */
  merge(start: number, stop: number): void {
    const { objects: objectCount, pair } = this.#snapshot;
    const { tree, retained } = this.#retention;
    const { vertex, dominator, subtreeEnd } = tree;
    const nodeOf = this.#nodeOf;
    const labelOfPair = this.#labelOfPair;
    for (let at = start; at < stop; at++) {
      const object = vertex[at]!;
      const above = nodeOf[dominator[at]!]!;
      // Kinds of root and classes are never merged.
      const isObject = object < objectCount;
      const label = isObject ? labelOfPair[pair[object]!]! : UNIQUE;
      const node = this.#nodeFor(above, label, at);
      nodeOf[at] = node;
      if (isObject) {
        this.#objects[node]!++;
        this.#shallow[node]! += shallowBytesOf(this.#snapshot, object);
      }
      // In preorder, another member dominates this one if and only if its subtree has not ended.
      if (node !== above && at >= this.#coveredTo[node]!) {
        this.#outermost[node]!++;
        this.#retained[node]! += retained[at]!;
        this.#coveredTo[node] = subtreeEnd[at]!;
      }
    }
  }

  #nodeFor(above: number, label: number, at: number): number {
    const nodes = this.#nodes;
    if (label !== UNIQUE) {
      if (nodes.label[above] === label) return above;
      if (this.#chainLabel[above] === label) return this.#chainNode[above]!;
    }
    const count = nodes.count;
    const node = nodes.childOf(above, label, at);
    if (node === count && label !== UNIQUE) this.#findChain(node);
    return node;
  }

  /** Stores how a chain continues after a new node, if the node completes {@link ROUNDS} rounds. */
  #findChain(node: number): void {
    for (const turns of TURNS) {
      const begin = this.#beginOfRound(node, turns);
      if (begin === 0) continue;
      this.#chainLabel[node] = this.#nodes.label[begin]!;
      this.#chainNode[node] = begin;
      return;
    }
  }

  /** The first node of the last round of a chain that ends at a node; 0 = no round ends there. */
  #beginOfRound(node: number, turns: number): number {
    const { parent, label } = this.#nodes;
    let begin = 0;
    let later = node;
    let earlier = node;
    for (let step = 0; step < turns; step++) {
      if (step === turns - 1) begin = earlier;
      earlier = parent[earlier]!;
    }
    for (let step = 0; step < turns * (ROUNDS - 1); step++) {
      if (label[earlier] === UNIQUE || label[earlier] !== label[later]) return 0;
      later = parent[later]!;
      earlier = parent[earlier]!;
    }
    return begin;
  }

  #grow(capacity: number): void {
    this.#objects = grown(this.#objects, capacity);
    this.#outermost = grown(this.#outermost, capacity);
    this.#shallow = grown(this.#shallow, capacity);
    this.#retained = grown(this.#retained, capacity);
    this.#coveredTo = grown(this.#coveredTo, capacity);
    const known = this.#chainLabel.length;
    this.#chainLabel = grown(this.#chainLabel, capacity).fill(UNIQUE, known);
    this.#chainNode = grown(this.#chainNode, capacity);
  }

  finish(): MergedTree {
    const { count: length, parent, first } = this.#nodes;
    const { retained } = this.#retention;
    this.#retained[0] = retained[0] ?? 0;
    return {
      length,
      parent: parent.slice(0, length),
      first: first.slice(0, length),
      objects: this.#objects.slice(0, length),
      outermost: this.#outermost.slice(0, length),
      shallowBytes: this.#shallow.slice(0, length),
      retainedBytes: this.#retained.slice(0, length),
      nodeOf: this.#nodeOf,
    };
  }
}
