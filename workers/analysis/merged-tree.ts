import type { Retention } from '../indexes/retention.ts';
import { grown } from '../model/growable.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import { STRIDE, type Steps } from '../model/steps.ts';

/**
 * The dominator tree with siblings of one class merged, at every level: the objects of one class label below one merged
 * node are one node. A run of one class (a linked list) is one node too, however long it is. Classes and modules are
 * never merged, since each owns something else. Similar to the summary of E. Aftandilian et al., Heapviz, 2010.
 *
 * Columns over node ids. Node 0 is the super-root; a parent has a smaller id than its children. Unreachable objects are
 * not in it.
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
  /** Retained bytes of the members together: those of the node's subtree. */
  retainedBytes: Float64Array;
  /** Position in the dominator tree → node. */
  nodeOf: Uint32Array;
}

/** What of a set is in a merged tree, by node: members in its subtree. */
export interface MergedSums {
  objects: Float64Array;
  bytes: Float64Array;
}

/**
 * Merges the dominator tree. `isUnique`: descriptors whose objects are never merged. One pass in preorder, with a hash
 * table from (parent, label) to node. O(n) time; 4 bytes an object and 44 a node.
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

/** Adds up the members of a set below every node; `null` stands for all objects. O(n). */
export function* mergedSums(
  snapshot: HeapSnapshot,
  retention: Retention,
  tree: MergedTree,
  set: ObjectSet | null,
): Steps<MergedSums> {
  const sums = { objects: new Float64Array(tree.length), bytes: new Float64Array(tree.length) };
  if (set === null) {
    sums.objects.set(tree.objects);
    sums.bytes.set(tree.shallowBytes);
  } else {
    const { length } = retention.tree;
    for (let start = 1; start < length; start += STRIDE) {
      addMembers(snapshot, retention, tree, set, sums, start, Math.min(length, start + STRIDE));
      yield start / length;
    }
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

/** A descriptor whose objects are nodes of their own. */
const UNIQUE = 0xffff_ffff;

class Merger {
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  /** Pair → label, or UNIQUE. */
  readonly #labelOfPair: Uint32Array;
  readonly #nodeOf: Uint32Array;
  #count = 1;
  #parent = new Uint32Array(1024);
  #label = new Uint32Array(1024);
  #first = new Uint32Array(1024);
  #objects = new Uint32Array(1024);
  #outermost = new Uint32Array(1024);
  #shallow = new Float64Array(1024);
  #retained = new Float64Array(1024);
  /** Node → the child found last: the elements of an array are mostly of one class. */
  #lastChild = new Uint32Array(1024);
  /** Nodes by parent and label: id, or 0 where free. Open addressing, at most half full. */
  #slots = new Uint32Array(4096);

  constructor(snapshot: HeapSnapshot, retention: Retention, isUnique: (descriptor: number) => boolean) {
    this.#snapshot = snapshot;
    this.#retention = retention;
    const { pairs, descriptors } = snapshot;
    this.#labelOfPair = pairs.descriptor.map(id => (isUnique(id) ? UNIQUE : descriptors.label[id]!));
    this.#nodeOf = new Uint32Array(retention.tree.length);
    this.#label[0] = UNIQUE;
  }

  /** Merges the positions from `start` to `stop`; those before are merged. */
  merge(start: number, stop: number): void {
    const { objects: objectCount, pair } = this.#snapshot;
    const { tree, retained } = this.#retention;
    const { vertex, dominator } = tree;
    const nodeOf = this.#nodeOf;
    const labelOfPair = this.#labelOfPair;
    for (let at = start; at < stop; at++) {
      const object = vertex[at]!;
      const above = nodeOf[dominator[at]!]!;
      // A kind of root is never merged, nor are classes.
      const isObject = object < objectCount;
      const label = isObject ? labelOfPair[pair[object]!]! : UNIQUE;
      let node = above;
      if (label === UNIQUE) node = this.#add(above, label, at);
      else if (this.#label[above] !== label) node = this.#childOf(above, label, at);
      nodeOf[at] = node;
      if (isObject) {
        this.#objects[node]!++;
        this.#shallow[node]! += shallowBytesOf(this.#snapshot, object);
      }
      if (node !== above) {
        this.#outermost[node]!++;
        this.#retained[node]! += retained[at]!;
      }
    }
  }

  #childOf(above: number, label: number, at: number): number {
    const last = this.#lastChild[above]!;
    if (last !== 0 && this.#label[last] === label) return last;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(above, label) & mask;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const node = slots[slot]!;
      if (this.#parent[node] === above && this.#label[node] === label) {
        this.#lastChild[above] = node;
        return node;
      }
    }
    const node = this.#add(above, label, at);
    slots[slot] = node;
    this.#lastChild[above] = node;
    if (this.#count * 2 > slots.length) this.#rehash();
    return node;
  }

  #add(above: number, label: number, at: number): number {
    const node = this.#count++;
    if (node === this.#parent.length) this.#grow();
    this.#parent[node] = above;
    this.#label[node] = label;
    this.#first[node] = at;
    return node;
  }

  #grow(): void {
    const needed = this.#count;
    this.#parent = grown(this.#parent, needed);
    this.#label = grown(this.#label, needed);
    this.#first = grown(this.#first, needed);
    this.#objects = grown(this.#objects, needed);
    this.#outermost = grown(this.#outermost, needed);
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

  finish(): MergedTree {
    const length = this.#count;
    const { retained } = this.#retention;
    this.#retained[0] = retained[0] ?? 0;
    return {
      length,
      parent: this.#parent.slice(0, length),
      first: this.#first.slice(0, length),
      objects: this.#objects.slice(0, length),
      outermost: this.#outermost.slice(0, length),
      shallowBytes: this.#shallow.slice(0, length),
      retainedBytes: this.#retained.slice(0, length),
      nodeOf: this.#nodeOf,
    };
  }
}

/** A hash of two words, for tables of nodes by parent and label. The finaliser is that of MurmurHash3. */
export function hashOf(a: number, b: number): number {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
