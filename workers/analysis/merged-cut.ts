import type { Retention } from '../indexes/retention.ts';
import { descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import type { Bytes } from '../protocol/units.ts';
import type { Branches, BranchPath } from './branches.ts';
import { isOverhead } from './descriptors.ts';
import { addTo, type UnreachableClasses } from './dominator-cut.ts';
import type { MergedSums } from './merged-tree.ts';
import { objectRow } from './object-rows.ts';
import { blankNode, type CutLimits, cutTree, type TreeCandidate, type TreeExpansion } from './tree-cut.ts';

/** The input of a drawing of the merged dominator tree. */
export interface MergedCutInput {
  snapshot: HeapSnapshot;
  retention: Retention;
  branches: Branches;
  sums: MergedSums;
  unreachable: UnreachableClasses;
  /** Whether the allocation tracer's own table is drawn; if not, its bytes are in none of the nodes above it either. */
  overhead: boolean;
}

/** What a node of the drawing represents. */
type Ref =
  | { kind: 'node'; node: number; path: BranchPath }
  /**
   * Classes of one namespace, each too small to draw separately; `depth`: number of leading constants of the name that
   * they share.
   */
  | { kind: 'namespace'; nodes: readonly number[]; depth: number; path: BranchPath }
  | { kind: 'unreachable' }
  | { kind: 'leaf' };

/**
 * The merged dominator tree below `path`, cut to what can be drawn; see the question `mergedTree`. Empty if this heap
 * has no such branch. `onNode` is called with the merged node of each node but remainders, -1 = none. O(nodes visited
 * and their children).
 */
export function mergedCut(
  input: MergedCutInput,
  path: BranchPath,
  limits: CutLimits,
  onNode?: (mergedNode: number) => void,
): TreeNode[] {
  const cutter = new MergedCutter(input);
  const first = cutter.at(path);
  if (first === null) return [];
  return cutTree(
    first,
    limits,
    (ref, minBytes) => cutter.expand(ref, minBytes),
    ref => onNode?.(ref.kind === 'node' ? ref.node : -1),
  );
}

/** The same input, but with counts of objects as areas. */
export function byObjects(input: MergedCutInput): MergedCutInput {
  const { sums, unreachable } = input;
  return {
    ...input,
    sums: { ...sums, bytes: sums.objects },
    unreachable: new Map(
      Array.from(unreachable, ([label, group]) => [label, { ...group, bytes: group.objects }]),
    ),
  };
}

class MergedCutter {
  readonly #input: MergedCutInput;
  /** Bytes and objects of the tracer's table below each of its ancestors. */
  readonly #leftOut = new Map<number, { bytes: Bytes; objects: number }>();

  constructor(input: MergedCutInput) {
    this.#input = input;
    if (!input.overhead) this.#leaveOutOverhead();
  }

  #leaveOutOverhead(): void {
    const { sums } = this.#input;
    const { tree } = this.#input.branches;
    for (let node = 1; node < tree.length; node++) {
      if (!this.#isOverhead(node)) continue;
      for (let above = node; ; above = tree.parent[above]!) {
        const before = this.#leftOut.get(above) ?? { bytes: 0, objects: 0 };
        before.bytes += sums.bytes[node]!;
        before.objects += sums.objects[node]!;
        this.#leftOut.set(above, before);
        if (above === 0) break;
      }
    }
  }

  #isOverhead(node: number): boolean {
    const object = this.#input.branches.objectOf(node);
    return object >= 0 && isOverhead(this.#input.snapshot, descriptorOf(this.#input.snapshot, object));
  }

  #bytes(node: number): Bytes {
    return this.#input.sums.bytes[node]! - (this.#leftOut.get(node)?.bytes ?? 0);
  }

  #objects(node: number): number {
    return this.#input.sums.objects[node]! - (this.#leftOut.get(node)?.objects ?? 0);
  }

  at(path: BranchPath): TreeCandidate<Ref> | null {
    if (path.length === 0) return this.#all();
    if (path[0] === 'unreachable') return this.#unreachable();
    const branch = this.#input.branches.find(path);
    if (branch === null) return null;
    return branch.kind === 'node'
      ? this.#node(branch.node, path.slice(0, -1))
      : this.#namespace(branch.nodes, branch.depth, path);
  }

  expand(ref: Ref, minBytes: Bytes): TreeExpansion<Ref> | null {
    switch (ref.kind) {
      case 'node':
        return this.#childrenOf(ref.node, ref.path, minBytes);
      case 'namespace':
        return this.#folded(ref.nodes, ref.depth, ref.path, minBytes);
      case 'unreachable':
        return this.#unreachableClasses(minBytes);
      case 'leaf':
        return null;
    }
  }

  #all(): TreeCandidate<Ref> {
    const unreachable = this.#unreachable();
    return {
      ...blankNode('all', 'Heap'),
      bytes: this.#bytes(0) + unreachable.bytes,
      objects: this.#objects(0) + unreachable.objects,
      retainedBytes: this.#bytes(0) + unreachable.bytes,
      ref: { kind: 'node', node: 0, path: [] },
    };
  }

  #childrenOf(node: number, path: BranchPath, minBytes: Bytes): TreeExpansion<Ref> {
    const nodes = this.#input.branches.childrenOf(node);
    const expansion = this.#folded(nodes, 0, path, minBytes);
    if (node === 0) {
      const unreachable = this.#unreachable();
      if (unreachable.bytes > 0) expansion.children.push(unreachable);
      return expansion;
    }
    let own = this.#bytes(node);
    let members = this.#objects(node);
    for (const child of nodes) {
      own -= this.#bytes(child);
      members -= this.#objects(child);
    }
    if (own > 0 && expansion.children.length + expansion.rest.nodes > 0) {
      const self = { ...blankNode('self', 'own shallow size'), bytes: own, objects: members };
      const shallowBytes = this.#input.branches.tree.shallowBytes[node]!;
      expansion.children.push({
        ...self,
        shallowBytes,
        retainedBytes: shallowBytes,
        ref: { kind: 'leaf' },
      });
    }
    return expansion;
  }

  /** Single nodes, with classes of one namespace as one node; small ones are in the rest. */
  #folded(nodes: Iterable<number>, depth: number, path: BranchPath, minBytes: Bytes): TreeExpansion<Ref> {
    const children: TreeCandidate<Ref>[] = [];
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    const add = (node: number) => {
      const bytes = this.#bytes(node);
      if (bytes >= minBytes) children.push(this.#node(node, path));
      else if (bytes > 0) addTo(rest, 1, this.#objects(node), bytes);
    };
    const namespaces = new Map<string, number[]>();
    for (const node of nodes) {
      const namespace = this.#input.branches.namespaceOf(node, depth + 1);
      if (namespace === null) {
        add(node);
        continue;
      }
      const group = namespaces.get(namespace);
      if (group === undefined) namespaces.set(namespace, [node]);
      else group.push(node);
    }
    for (const [namespace, group] of namespaces) {
      if (group.length === 1) {
        add(group[0]!);
        continue;
      }
      const folded = this.#namespace(group, depth + 1, [...path, `namespace:${namespace}`]);
      if (folded.bytes >= minBytes) children.push(folded);
      else if (folded.bytes > 0) addTo(rest, group.length, folded.objects, folded.bytes);
    }
    return { children, rest };
  }

  #namespace(nodes: readonly number[], depth: number, path: BranchPath): TreeCandidate<Ref> {
    let bytes = 0;
    let objects = 0;
    for (const node of nodes) {
      bytes += this.#bytes(node);
      objects += this.#objects(node);
    }
    const label = path.at(-1)!.slice('namespace:'.length);
    return {
      ...blankNode('namespace', label),
      title: '',
      family: 'class',
      bytes,
      objects,
      merged: nodes.length,
      retainedBytes: bytes,
      set: { kind: 'branch', path: [...path] },
      step: path.at(-1)!,
      ...this.#holding(nodes),
      ref: { kind: 'namespace', nodes, depth, path },
    };
  }

  /** Whether none of the nodes has a member of its own. */
  #holding(nodes: readonly number[]): { isHolder?: true } {
    const { hasMember } = this.#input.sums;
    return hasMember === null || nodes.some(node => hasMember[node] === 1) ? {} : { isHolder: true };
  }

  #node(node: number, above: BranchPath): TreeCandidate<Ref> {
    const { snapshot, retention, branches } = this.#input;
    const { tree } = branches;
    const step = branches.stepOf(node);
    const path = [...above, step];
    const figures = {
      bytes: this.#bytes(node),
      objects: this.#objects(node),
      merged: tree.objects[node]!,
      shallowBytes: tree.shallowBytes[node]!,
      retainedBytes: tree.retainedBytes[node]!,
      step,
      ...this.#holding([node]),
      ref: { kind: 'node' as const, node, path },
    };
    const object = branches.objectOf(node);
    const set: ObjectSetSpec = { kind: 'branch', path };
    if (object < 0) return { ...blankNode('root', branches.rootOf(node)), ...figures, set };
    const row = objectRow(snapshot, retention, object);
    const isAlone = tree.objects[node] === 1;
    return {
      ...blankNode(isAlone ? 'object' : 'merged', row.label),
      ...figures,
      object: isAlone ? object : null,
      title: isAlone ? row.title : '',
      type: row.type,
      family: row.family,
      isNamed: isAlone && row.isNamed,
      generation: isAlone ? row.generation : null,
      chainLength: tree.outermost[node] === 1 ? tree.objects[node]! : 1,
      set: isAlone ? { kind: 'dominatedBy', object } : set,
    };
  }

  #unreachable(): TreeCandidate<Ref> {
    let objects = 0;
    let bytes = 0;
    for (const group of this.#input.unreachable.values()) {
      objects += group.objects;
      bytes += group.bytes;
    }
    const figures = { bytes, objects, shallowBytes: bytes, retainedBytes: bytes };
    const set: ObjectSetSpec = { kind: 'reachability', reachable: false };
    return {
      ...blankNode('unreachable', 'Unreachable'),
      ...figures,
      set,
      step: 'unreachable',
      ref: { kind: 'unreachable' },
    };
  }

  #unreachableClasses(minBytes: Bytes): TreeExpansion<Ref> {
    const children: TreeCandidate<Ref>[] = [];
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    for (const [label, { objects, bytes, type }] of this.#input.unreachable) {
      if (bytes < minBytes) {
        addTo(rest, 1, objects, bytes);
        continue;
      }
      const sets: ObjectSetSpec[] = [
        { kind: 'reachability', reachable: false },
        { kind: 'group', key: 'class', label },
      ];
      const figures = { bytes, objects, merged: objects, shallowBytes: bytes, retainedBytes: bytes };
      children.push({
        ...blankNode('group', label),
        ...figures,
        type,
        set: { kind: 'and', sets },
        ref: { kind: 'leaf' },
      });
    }
    return { children, rest };
  }
}
