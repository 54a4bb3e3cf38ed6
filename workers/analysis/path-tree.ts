import type { Retention } from '../indexes/retention.ts';
import { NO_WAY } from '../indexes/shortest-paths.ts';
import { grown } from '../model/growable.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import type { Count } from '../protocol/units.ts';
import { isClassLike } from './descriptors.ts';
import { hashOf } from './merged-tree.ts';

/**
 * The shortest paths to all members of a set, merged into one tree: objects of one class label below one node are one
 * node. Classes and modules are never merged, since each holds something else. From the third object of a run of one
 * class on, all of the run are one node, so that a linked list is three nodes however long it is.
 *
 * Columns over node ids. Node 0 stands above the roots; a parent has a smaller id than its children.
 */
export interface PathTree {
  length: number;
  /** Node → parent; 0 for node 0 itself. */
  parent: Uint32Array;
  /** Node → the first object found of it, or `objects + k` for kind k of root. Meaningless for node 0. */
  first: Uint32Array;
  /** Objects on the paths that the node stands for. */
  holders: Uint32Array;
  /** Of these, the ones that an object of another node refers to: the heads of runs. */
  heads: Uint32Array;
  /** Members of the set among the node's objects. */
  members: Uint32Array;
  /** Sums over the node and all nodes below it. */
  objects: Float64Array;
  shallowBytes: Float64Array;
  retainedBytes: Float64Array;
  /** Object → node; 0 where it is on none of the paths. */
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

/** A node that is not merged with others. */
const UNIQUE = 0xffff_ffff;

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
  #count = 1;
  #withoutPath = 0;
  #parent = new Uint32Array(1024);
  #label = new Uint32Array(1024).fill(UNIQUE, 0, 1);
  #first = new Uint32Array(1024);
  #holders = new Uint32Array(1024);
  #heads = new Uint32Array(1024);
  #members = new Uint32Array(1024);
  #shallow = new Float64Array(1024);
  #retained = new Float64Array(1024);
  /** Node → the child found last. */
  #lastChild = new Uint32Array(1024);
  /** Nodes by parent and label; 0 = free. Open addressing, at most half full. */
  #slots = new Uint32Array(4096);

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
      if (before[member] === NO_WAY) {
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
   * of the last subtree before it; returns where to go on.
   */
  addRetained(set: ObjectSet, from: number, stop: number): number {
    const { vertex, subtreeEnd } = this.#retention.tree;
    const { objects } = this.#snapshot;
    let at = from;
    while (at < stop) {
      const object = vertex[at]!;
      if (object < objects && set.has(object)) {
        // Without a path, where edges are left out, its node is 0, which is no part of the answer.
        const node = this.#before[object] === NO_WAY ? 0 : this.#nodeOf[object]!;
        this.#retained[node]! += this.#retention.retained[at]!;
        at = subtreeEnd[at]!;
      } else at++;
    }
    return at;
  }

  #rootNode(kind: number): number {
    let node = this.#nodeOfRoot[kind]!;
    if (node === 0) {
      node = this.#add(0, UNIQUE, this.#snapshot.objects + kind);
      this.#nodeOfRoot[kind] = node;
    }
    return node;
  }

  #childOf(above: number, label: number, object: number): number {
    if (label === UNIQUE) return this.#add(above, label, object);
    if (this.#label[above] === label && this.#label[this.#parent[above]!] === label) return above;
    const last = this.#lastChild[above]!;
    if (last !== 0 && this.#label[last] === label) return last;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(above, label) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const node = slots[slot]!;
      if (this.#parent[node] !== above || this.#label[node] !== label) continue;
      this.#lastChild[above] = node;
      return node;
    }
    const node = this.#add(above, label, object);
    slots[slot] = node;
    this.#lastChild[above] = node;
    if (this.#count * 2 > slots.length) this.#rehash();
    return node;
  }

  #add(above: number, label: number, object: number): number {
    const node = this.#count++;
    if (node === this.#parent.length) this.#grow();
    this.#parent[node] = above;
    this.#label[node] = label;
    this.#first[node] = object;
    return node;
  }

  #grow(): void {
    const needed = this.#count;
    this.#parent = grown(this.#parent, needed);
    this.#label = grown(this.#label, needed);
    this.#first = grown(this.#first, needed);
    this.#holders = grown(this.#holders, needed);
    this.#heads = grown(this.#heads, needed);
    this.#members = grown(this.#members, needed);
    this.#shallow = grown(this.#shallow, needed);
    this.#retained = grown(this.#retained, needed);
    this.#lastChild = grown(this.#lastChild, needed);
  }

  #rehash(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let node = 1; node < this.#count; node++) {
      if (this.#label[node] === UNIQUE) continue;
      let slot = hashOf(this.#parent[node]!, this.#label[node]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node;
    }
    this.#slots = slots;
  }

  finish(): PathTree {
    const length = this.#count;
    const parent = this.#parent.slice(0, length);
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
      first: this.#first.slice(0, length),
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
