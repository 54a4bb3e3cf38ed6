import type { Retention } from '../indexes/retention.ts';
import { UNREACHED } from '../indexes/shortest-paths.ts';
import { grown } from '../model/growable.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Count } from '../protocol/units.ts';
import { isClassLike } from './descriptors.ts';
import { LabelledNodes, UNIQUE } from './labelled-nodes.ts';

/**
 * The shortest paths to all members of a set, merged into one tree: objects of one class label below one node are one
 * node. Classes and modules are never merged, since each holds different objects. From the third object of a run of
 * one class on, the rest of the run is one node, so that a linked list is three nodes however long it is.
 *
 * Columns over node ids. Node 0 is the parent of the roots; a parent has a smaller id than its children.
 */
export interface PathTree {
  length: number;
  /** Node → parent; 0 for node 0 itself. */
  parent: Uint32Array;
  /** Node → the first object found of it, or `objects + k` for kind k of root. Meaningless for node 0. */
  first: Uint32Array;
  /** Number of objects on the paths that the node represents. */
  holders: Uint32Array;
  /** Those of them that an object of another node refers to: the heads of runs. */
  heads: Uint32Array;
  /** Members of the set among the node's objects. */
  members: Uint32Array;
  /** Sums over the node and all nodes below it. */
  objects: Float64Array;
  shallowBytes: Float64Array;
  retainedBytes: Float64Array;
  /** Object → node; 0 if it is on none of the paths. */
  nodeOf: Uint32Array;
  /** Members of the set that no path leads to. */
  withoutPath: Count;
}

/**
 * Merges the paths to a set. `before`: the tree of shortest paths. Each object on a path is looked at once: O(n), and
 * 4 bytes an object besides the nodes. The retained bytes of a node are those of the members behind it that no other
 * member dominates: no byte counts twice, and a node has what its children and its own members have together.
 */
export function* pathTree(
  snapshot: HeapSnapshot,
  retention: Retention,
  before: Uint32Array,
  set: ObjectSet,
): Steps<PathTree> {
  const merger = new PathMerger(snapshot, retention, before);
  const { objects } = snapshot;
  for (let start = 0; start < objects; start += STRIDE) {
    merger.addMembers(set, start, Math.min(objects, start + STRIDE));
    yield 0.8 * (start / objects);
  }
  const { length } = retention.tree;
  for (let at = 1; at < length; ) {
    at = merger.addRetained(set, at, Math.min(length, at + STRIDE));
    yield 0.8 + 0.2 * (at / length);
  }
  return merger.finish();
}

class PathMerger {
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  readonly #before: Uint32Array;
  /** Pair → label, or UNIQUE. */
  readonly #labelOfPair: Uint32Array;
  /** Object → node; 0 = not on a path that was followed. */
  readonly #nodeOf: Uint32Array;
  readonly #nodeOfRoot: Uint32Array;
  #way = new Uint32Array(1024);
  #withoutPath = 0;
  readonly #nodes = new LabelledNodes(capacity => this.#grow(capacity));
  #holders = new Uint32Array(this.#nodes.capacity);
  #heads = new Uint32Array(this.#nodes.capacity);
  #members = new Uint32Array(this.#nodes.capacity);
  #shallow = new Float64Array(this.#nodes.capacity);
  #retained = new Float64Array(this.#nodes.capacity);

  constructor(snapshot: HeapSnapshot, retention: Retention, before: Uint32Array) {
    this.#snapshot = snapshot;
    this.#retention = retention;
    this.#before = before;
    const { pairs, descriptors } = snapshot;
    this.#labelOfPair = pairs.descriptor.map(id =>
      isClassLike(snapshot, id) ? UNIQUE : descriptors.label[id]!,
    );
    this.#nodeOf = new Uint32Array(snapshot.objects);
    this.#nodeOfRoot = new Uint32Array(retention.kinds.length);
  }

  /** Adds the paths to the members among the objects from `start` to `stop`. */
  addMembers(set: ObjectSet, start: number, stop: number): void {
    const { pair, objects } = this.#snapshot;
    const before = this.#before;
    const nodeOf = this.#nodeOf;
    for (let member = start; member < stop; member++) {
      if (!set.has(member)) continue;
      if (before[member] === UNREACHED) {
        this.#withoutPath++;
        continue;
      }
      let steps = 0;
      let at = member;
      for (; at < objects && nodeOf[at] === 0; at = before[at]!) {
        if (steps === this.#way.length) this.#way = grown(this.#way, steps + 1);
        this.#way[steps++] = at;
      }
      let node = at < objects ? nodeOf[at]! : this.#rootNode(at - objects);
      while (steps > 0) {
        const object = this.#way[--steps]!;
        const above = node;
        node = this.#childOf(above, this.#labelOfPair[pair[object]!]!, object);
        nodeOf[object] = node;
        this.#holders[node]!++;
        if (node !== above) this.#heads[node]!++;
      }
      this.#members[node]!++;
      this.#shallow[node]! += shallowBytesOf(this.#snapshot, member);
    }
  }

  /**
   * Adds the retained bytes of the outermost members from a position of the dominator tree on, up to `stop` or the end
   * of the last subtree before it; returns where to continue.
   */
  addRetained(set: ObjectSet, from: number, stop: number): number {
    const { vertex, subtreeEnd } = this.#retention.tree;
    const { objects } = this.#snapshot;
    let at = from;
    while (at < stop) {
      const object = vertex[at]!;
      if (object < objects && set.has(object)) {
        // An object without a path, because edges are left out, has node 0, which is not part of the answer.
        const node = this.#before[object] === UNREACHED ? 0 : this.#nodeOf[object]!;
        this.#retained[node]! += this.#retention.retained[at]!;
        at = subtreeEnd[at]!;
      } else at++;
    }
    return at;
  }

  #rootNode(kind: number): number {
    let node = this.#nodeOfRoot[kind]!;
    if (node === 0) {
      node = this.#nodes.add(0, UNIQUE, this.#snapshot.objects + kind);
      this.#nodeOfRoot[kind] = node;
    }
    return node;
  }

  #childOf(above: number, label: number, object: number): number {
    const { label: labels, parent } = this.#nodes;
    const isRun = label !== UNIQUE && labels[above] === label && labels[parent[above]!] === label;
    return isRun ? above : this.#nodes.childOf(above, label, object);
  }

  #grow(capacity: number): void {
    this.#holders = grown(this.#holders, capacity);
    this.#heads = grown(this.#heads, capacity);
    this.#members = grown(this.#members, capacity);
    this.#shallow = grown(this.#shallow, capacity);
    this.#retained = grown(this.#retained, capacity);
  }

  finish(): PathTree {
    const { count: length, first } = this.#nodes;
    const parent = this.#nodes.parent.slice(0, length);
    const members = this.#members.slice(0, length);
    const objects = Float64Array.from(members);
    const shallowBytes = this.#shallow.slice(0, length);
    const retainedBytes = this.#retained.slice(0, length);
    retainedBytes[0] = 0;
    for (let node = length - 1; node > 0; node--) {
      const above = parent[node]!;
      objects[above]! += objects[node]!;
      shallowBytes[above]! += shallowBytes[node]!;
      retainedBytes[above]! += retainedBytes[node]!;
    }
    return {
      length,
      parent,
      first: first.slice(0, length),
      holders: this.#holders.slice(0, length),
      heads: this.#heads.slice(0, length),
      members,
      objects,
      shallowBytes,
      retainedBytes,
      nodeOf: this.#nodeOf,
      withoutPath: this.#withoutPath,
    };
  }
}
