import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import type { Bytes, Count } from '../protocol/units.ts';
import type { Branches } from './branches.ts';
import { isClassLike, isOverhead, typeOf } from './descriptors.ts';
import type { UnreachableClasses } from './dominator-cut.ts';
import type { MergedSums } from './merged-tree.ts';
import { blankNode, type CutLimits, cutTree, type TreeCandidate, type TreeExpansion } from './tree-cut.ts';

/** The input of a drawing of the holders of classes. */
export interface HolderCutInput {
  snapshot: HeapSnapshot;
  branches: Branches;
  /** Members of the set below each node of the merged tree. */
  sums: MergedSums;
  /** Unreachable members, which nothing holds. */
  unreachable: UnreachableClasses;
}

/**
 * Members of one class with one chain of holders: for each node of the merged tree that has such members, how far up
 * the chain has been followed.
 */
interface Ref {
  nodes: Uint32Array;
  /** The ancestor of each that gives this step its name; null before the first step. */
  holders: Uint32Array | null;
}

/**
 * The merged dominator tree reversed: classes first, by the shallow bytes of their members; below each its immediate
 * dominators, by class; below those their dominators, up to the roots. `path`: steps from the class on; empty = all
 * classes. The allocation tracer's table is left out. O(nodes visited).
 */
export function holderCut(input: HolderCutInput, path: readonly string[], limits: CutLimits): TreeNode[] {
  const cutter = new HolderCutter(input);
  const first = cutter.at(path);
  if (first === null) return [];
  return cutTree(first, limits, (ref, minBytes) => cutter.expand(ref, minBytes));
}

/** The holder of objects that several roots reach on separate paths. */
const SEVERAL_ROOTS = '(no single object)';

class HolderCutter {
  readonly #input: HolderCutInput;
  /** Members of the nodes themselves, without those below. */
  readonly #bytes: Float64Array;
  readonly #objects: Float64Array;

  constructor(input: HolderCutInput) {
    this.#input = input;
    const { sums, branches } = input;
    this.#bytes = sums.bytes.slice();
    this.#objects = sums.objects.slice();
    const { parent, length } = branches.tree;
    for (let node = 1; node < length; node++) {
      this.#bytes[parent[node]!]! -= sums.bytes[node]!;
      this.#objects[parent[node]!]! -= sums.objects[node]!;
    }
  }

  at(path: readonly string[]): TreeCandidate<Ref | null> | null {
    let at: TreeCandidate<Ref | null> = this.#all();
    for (const step of path) {
      const next: TreeCandidate<Ref | null> | undefined = this.expand(at.ref, 1)?.children.find(
        child => child.step === step,
      );
      if (next === undefined) return null;
      at = next;
    }
    return at;
  }

  #all(): TreeCandidate<Ref | null> {
    const { branches, snapshot } = this.#input;
    const nodes: number[] = [];
    for (let node = 1; node < branches.tree.length; node++) {
      if (this.#objects[node]! > 0 && !isOverhead(snapshot, this.#descriptor(node))) nodes.push(node);
    }
    const ref = { nodes: Uint32Array.from(nodes), holders: null };
    const candidate = this.#candidate('all', 'Heap', ref);
    for (const { bytes, objects } of this.#input.unreachable.values()) {
      candidate.bytes += bytes;
      candidate.objects += objects;
    }
    return candidate;
  }

  expand(ref: Ref | null, minBytes: Bytes): TreeExpansion<Ref | null> | null {
    if (ref === null) return null;
    const { parent } = this.#input.branches.tree;
    const isFirst = ref.holders === null;
    const above = ref.holders?.map(holder => parent[holder]!) ?? ref.nodes;
    const groups = isFirst ? this.#byClass(ref.nodes) : this.#byHolder(above);
    const children: TreeCandidate<Ref | null>[] = [];
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    for (const { name, entries } of groups.values()) {
      const nodes = Uint32Array.from(entries, entry => ref.nodes[entry]!);
      const holders = Uint32Array.from(entries, entry => above[entry]!);
      const candidate = this.#named(name, { nodes, holders }, isFirst);
      if (candidate.bytes >= minBytes) children.push(candidate);
      else if (candidate.bytes > 0) {
        rest.nodes++;
        rest.objects += candidate.objects;
        rest.bytes += candidate.bytes;
      }
    }
    if (isFirst) this.#addUnreachable(children, rest, minBytes);
    return { children, rest };
  }

  #byClass(nodes: Uint32Array): Map<number, { name: number; entries: number[] }> {
    const { descriptors } = this.#input.snapshot;
    return grouped(nodes.length, entry => descriptors.label[this.#descriptor(nodes[entry]!)]!, nodes);
  }

  #byHolder(above: Uint32Array): Map<number, { name: number; entries: number[] }> {
    const { branches, snapshot } = this.#input;
    const key = (entry: number) => {
      const holder = above[entry]!;
      const object = holder === 0 ? -1 : branches.objectOf(holder);
      if (object < 0) return -holder;
      const descriptor = descriptorOf(snapshot, object);
      // Classes as holders are distinguished from each other; other objects by class label only.
      return isClassLike(snapshot, descriptor) ? -holder : snapshot.descriptors.label[descriptor]!;
    };
    return grouped(above.length, key, above);
  }

  /** `name`: a node whose name all nodes share. */
  #named(name: number, ref: Ref, isClass: boolean): TreeCandidate<Ref | null> {
    const { branches, snapshot } = this.#input;
    if (name === 0) return { ...this.#candidate('root', SEVERAL_ROOTS, ref), step: 'root:', ref: null };
    const object = branches.objectOf(name);
    if (object < 0) {
      const root = this.#candidate('root', branches.rootOf(name), ref);
      return { ...root, step: branches.stepOf(name), ref: null };
    }
    const descriptor = descriptorOf(snapshot, object);
    const label = snapshot.strings.text(snapshot.descriptors.label[descriptor]!);
    const step = isClass ? `objects:${label}` : branches.stepOf(name);
    const isOne = step.startsWith('class:');
    const candidate = this.#candidate('merged', isOne ? step.slice('class:'.length) : label, ref);
    const set = isClass ? ({ kind: 'group', key: 'class', label } as const) : null;
    const merged = isClass ? candidate.objects : this.#members(ref, isOne);
    return { ...candidate, ...typeOf(snapshot, descriptor), step, set, merged };
  }

  /** The number of holders, each counted once. */
  #members({ holders }: Ref, isOne: boolean): Count {
    if (isOne) return 1;
    let members = 0;
    for (const holder of new Set(holders ?? [])) members += this.#input.branches.tree.objects[holder]!;
    return members;
  }

  #candidate(kind: TreeNode['kind'], label: string, ref: Ref): TreeCandidate<Ref> {
    let bytes = 0;
    let objects = 0;
    for (const node of ref.nodes) {
      bytes += this.#bytes[node]!;
      objects += this.#objects[node]!;
    }
    return { ...blankNode(kind, label), bytes, objects, shallowBytes: bytes, retainedBytes: bytes, ref };
  }

  #addUnreachable(
    children: TreeCandidate<Ref | null>[],
    rest: TreeExpansion<Ref>['rest'],
    minBytes: Bytes,
  ): void {
    let bytes = 0;
    let objects = 0;
    for (const group of this.#input.unreachable.values()) {
      bytes += group.bytes;
      objects += group.objects;
    }
    if (bytes === 0) return;
    if (bytes < minBytes) {
      rest.nodes++;
      rest.bytes += bytes;
      rest.objects += objects;
      return;
    }
    const figures = { bytes, objects, merged: objects, shallowBytes: bytes, retainedBytes: bytes, ref: null };
    const set = { kind: 'reachability', reachable: false } as const;
    children.push({ ...blankNode('unreachable', 'Unreachable'), ...figures, set, step: 'unreachable' });
  }

  #descriptor(node: number): number {
    const object = this.#input.branches.objectOf(node);
    return object < 0 ? 0 : descriptorOf(this.#input.snapshot, object);
  }
}

/** Groups entries by a key. Each group is named after the node of its first entry. */
function grouped(
  entries: number,
  keyOf: (entry: number) => number,
  nodes: Uint32Array,
): Map<number, { name: number; entries: number[] }> {
  const groups = new Map<number, { name: number; entries: number[] }>();
  for (let entry = 0; entry < entries; entry++) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { name: nodes[entry]!, entries: [entry] });
    else group.entries.push(entry);
  }
  return groups;
}
