import type { Retention } from '../indexes/retention.ts';
import { addressOf, descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import { STRIDE, type Steps } from '../model/steps.ts';
import { className } from './class-titles.ts';
import { isClassLike } from './descriptors.ts';
import { type MergedTree, mergedTree } from './merged-tree.ts';

/**
 * A branch of the merged dominator tree by the names of its nodes, outermost first: `root:vm`, `class:AuditTrail` (by
 * address if a sibling has the same name), `namespace:ActiveSupport::`, `objects:Array`.
 */
export type BranchPath = readonly string[];

/** A place in the merged tree: one node, or the classes of one namespace among the children of a node. */
export type Branch =
  | { kind: 'node'; node: number }
  /** `depth`: number of leading constants of their names that the classes share. */
  | { kind: 'namespace'; nodes: readonly number[]; depth: number };

/** The merged dominator tree of a heap, its children, and the names of its nodes. */
export class Branches {
  readonly tree: MergedTree;
  readonly #snapshot: HeapSnapshot;
  readonly #retention: Retention;
  /** Children of node i: `#childList` from `#childStart[i]` to `#childStart[i + 1]`, in the order of the tree. */
  readonly #childStart: Uint32Array;
  readonly #childList: Uint32Array;
  /** 1 for each class that has the same name as an earlier sibling: the name refers to that one. */
  readonly #hasNamesake: Uint8Array;

  constructor(snapshot: HeapSnapshot, retention: Retention, tree: MergedTree) {
    this.tree = tree;
    this.#snapshot = snapshot;
    this.#retention = retention;
    const { length, parent } = tree;
    const start = new Uint32Array(length + 1);
    for (let node = 1; node < length; node++) start[parent[node]! + 1]!++;
    for (let node = 0; node < length; node++) start[node + 1]! += start[node]!;
    const list = new Uint32Array(Math.max(0, length - 1));
    const next = start.slice(0, length);
    for (let node = 1; node < length; node++) list[next[parent[node]!]!++] = node;
    this.#childStart = start;
    this.#childList = list;
    this.#hasNamesake = new Uint8Array(length);
    this.#findNamesakes();
  }

  childrenOf(node: number): Uint32Array {
    return this.#childList.subarray(this.#childStart[node]!, this.#childStart[node + 1]!);
  }

  /** The first member of a node; -1 for a kind of root and the super-root. */
  objectOf(node: number): number {
    const object = this.#retention.tree.vertex[this.tree.first[node]!]!;
    return object < this.#snapshot.objects ? object : -1;
  }

  /** The kind of root that a node represents. */
  rootOf(node: number): string {
    const vertex = this.#retention.tree.vertex[this.tree.first[node]!]!;
    return this.#retention.kinds[vertex - this.#snapshot.objects]!;
  }

  /** The name of a node in paths. */
  stepOf(node: number): string {
    const object = this.objectOf(node);
    if (object < 0) return `root:${this.rootOf(node)}`;
    if (!this.#isClass(object)) return `objects:${this.#label(object)}`;
    const name = className(this.#snapshot, object);
    return name === '' || this.#hasNamesake[node] === 1
      ? `class:${addressOf(this.#snapshot, object)}`
      : `class:${name}`;
  }

  #findNamesakes(): void {
    const seen = new Set<string>();
    for (let node = 1; node < this.tree.length; node++) {
      const object = this.objectOf(node);
      if (object < 0 || !this.#isClass(object)) continue;
      const key = `${this.tree.parent[node]} ${className(this.#snapshot, object)}`;
      if (seen.has(key)) this.#hasNamesake[node] = 1;
      seen.add(key);
    }
  }

  /**
   * The first `depth` constants of a class's name and `::`; null if the name has no more than those, or the node is not
   * a class.
   */
  namespaceOf(node: number, depth: number): string | null {
    const object = this.objectOf(node);
    if (object < 0 || !this.#isClass(object)) return null;
    const name = className(this.#snapshot, object).replace(/^#<Class:(.*)>$/, '$1');
    const constants = name.split('::');
    return constants.length <= depth ? null : `${constants.slice(0, depth).join('::')}::`;
  }

  /** The branch of a path that is not empty; null if this heap has none. O(children along the path). */
  find(path: BranchPath): Branch | null {
    let at: Branch = { kind: 'node', node: 0 };
    for (const step of path) {
      const below: Iterable<number> = at.kind === 'node' ? this.childrenOf(at.node) : at.nodes;
      const next: Branch | null = step.startsWith('namespace:')
        ? this.#inNamespace(below, step.slice('namespace:'.length))
        : this.#named(below, step);
      if (next === null) return null;
      at = next;
    }
    return at;
  }

  #inNamespace(nodes: Iterable<number>, namespace: string): Branch | null {
    const depth = namespace.split('::').length - 1;
    const found = [...nodes].filter(node => this.namespaceOf(node, depth) === namespace);
    return found.length === 0 ? null : { kind: 'namespace', nodes: found, depth };
  }

  #named(nodes: Iterable<number>, step: string): Branch | null {
    for (const node of nodes) if (this.#answersTo(node, step)) return { kind: 'node', node };
    return null;
  }

  #answersTo(node: number, step: string): boolean {
    const object = this.objectOf(node);
    if (object < 0) return step === `root:${this.rootOf(node)}`;
    if (!this.#isClass(object)) return step === `objects:${this.#label(object)}`;
    return (
      step === `class:${addressOf(this.#snapshot, object)}` ||
      step === `class:${className(this.#snapshot, object)}`
    );
  }

  #isClass(object: number): boolean {
    return isClassLike(this.#snapshot, descriptorOf(this.#snapshot, object));
  }

  #label(object: number): string {
    const { strings, descriptors } = this.#snapshot;
    return strings.text(descriptors.label[descriptorOf(this.#snapshot, object)]!);
  }
}

/** Merges the dominator tree of a heap. Classes are not merged with each other, since each owns other objects. O(n). */
export function* branchesOf(snapshot: HeapSnapshot, retention: Retention): Steps<Branches> {
  const isClass = (descriptor: number) => isClassLike(snapshot, descriptor);
  return new Branches(snapshot, retention, yield* mergedTree(snapshot, retention, isClass));
}

/** Adds the reachable objects of a branch to `bits`, a bit an object. O(n). */
export function* branchMembers(
  snapshot: HeapSnapshot,
  { tree: { vertex, length } }: Retention,
  { tree }: Branches,
  branch: Branch,
  bits: Int32Array,
): Steps<void> {
  const isInside = new Uint8Array(tree.length);
  for (const node of branch.kind === 'node' ? [branch.node] : branch.nodes) isInside[node] = 1;
  for (let node = 1; node < tree.length; node++) isInside[node]! |= isInside[tree.parent[node]!]!;
  for (let start = 1; start < length; start += STRIDE) {
    const stop = Math.min(length, start + STRIDE);
    for (let at = start; at < stop; at++) {
      const object = vertex[at]!;
      if (object < snapshot.objects && isInside[tree.nodeOf[at]!] === 1)
        bits[object >>> 5]! |= 1 << (object & 31);
    }
    yield start / length;
  }
}
