import type { Retention } from '../indexes/retention.ts';
import { addressOf, descriptorOf, type HeapSnapshot } from '../model/heap-snapshot.ts';
import type { PathDirection, PathNode } from '../protocol/paths.ts';
import type { Bytes, Count } from '../protocol/units.ts';
import { isClassLike, NO_TYPE, typeOf } from './descriptors.ts';
import { LargestSizes } from './largest-sizes.ts';
import { objectTitle } from './object-rows.ts';
import type { PathTree } from './path-tree.ts';
import { blankNode, type CutLimits, cutTree, type TreeCandidate, type TreeExpansion } from './tree-cut.ts';

/** The input of a drawing of merged paths. */
export interface PathCutInput {
  snapshot: HeapSnapshot;
  retention: Retention;
  before: Uint32Array;
  tree: PathTree;
  /** Nodes in which the paths of many members come together. */
  points: ReadonlySet<number>;
}

/**
 * The part of merged paths that can be shown: the nodes with the most members behind them. `path`: steps to the node
 * to begin with; empty = all. `limits.minShare` is of the members. Empty if the heap has no such node. O(nodes).
 */
export function pathCut(
  input: PathCutInput,
  direction: PathDirection,
  path: readonly string[],
  limits: CutLimits,
): PathNode[] {
  const cutter = direction === 'fromRoots' ? new DownwardCutter(input) : new UpwardCutter(input);
  return cutter.cut(path, limits);
}

/** A node of the answer, without its position. */
type NodeFacts = Omit<PathNode, 'parent' | 'more'>;

/** `Ref`: what a node of the answer represents. Only nodes in the answer have one. */
abstract class PathCutter<Ref> {
  protected readonly input: PathCutInput;

  constructor(input: PathCutInput) {
    this.input = input;
  }

  protected abstract whole(): Ref;
  protected abstract childrenOf(ref: Ref): ArrayLike<Ref>;
  /** Members behind a node. */
  protected abstract objectsOf(ref: Ref): Count;
  protected abstract describe(ref: Ref): NodeFacts;

  cut(path: readonly string[], limits: CutLimits): PathNode[] {
    let ref = this.whole();
    for (const step of path) {
      const next = Array.from(this.childrenOf(ref)).find(child => this.describe(child).step === step);
      if (next === undefined) return [];
      ref = next;
    }
    const refs: Ref[] = [];
    // A node that is smaller than so many others is never drawn, so none is created for it.
    const drawable = new LargestSizes(limits.maxNodes + limits.skip);
    // The cut is by weight, here the members behind a node; its `Ref` is stored separately, under its number.
    const candidate = (child: Ref): TreeCandidate<Ref> => {
      const objects = this.objectsOf(child);
      refs.push(child);
      return { ...blankNode('merged', String(refs.length - 1)), bytes: objects, objects, ref: child };
    };
    const nodes = cutTree(candidate(ref), limits, (of, least) => {
      const expansion: TreeExpansion<Ref> = { children: [], rest: { nodes: 0, objects: 0, bytes: 0 } };
      const children = this.childrenOf(of);
      // The first node may be divided several times.
      if (of === ref) drawable.clear();
      for (let i = 0; i < children.length; i++) {
        const objects = this.objectsOf(children[i]!);
        if (objects >= least && drawable.add(objects)) expansion.children.push(candidate(children[i]!));
        else {
          expansion.rest.nodes++;
          expansion.rest.objects += objects;
          expansion.rest.bytes += objects;
        }
      }
      return expansion;
    });
    const answer = nodes.map(node =>
      node.kind === 'remainder'
        ? remainder(node.parent, node.merged, node.objects)
        : { ...this.describe(refs[Number(node.label)]!), parent: node.parent, more: node.more },
    );
    addRests(answer);
    return answer;
  }

  /** Members of a node itself; on a path up, all of them are behind it. */
  protected factsOf(
    node: number,
    entries: { holders: Count; heads: Count; members: Count },
    sums: Sums,
  ): NodeFacts {
    const { snapshot, retention, before, tree, points } = this.input;
    const vertex = tree.first[node]!;
    const { heads, ...counts } = entries;
    const common = { ...counts, ...sums, isPoint: points.has(node) };
    if (node === 0) return { ...SET, ...common, holders: 0 };
    if (vertex >= snapshot.objects) {
      const root = retention.kinds[vertex - snapshot.objects]!;
      return { ...SET, ...common, kind: 'root', step: `root:${root}`, label: root, holders: 1 };
    }
    const { strings, descriptors } = snapshot;
    const descriptor = descriptorOf(snapshot, vertex);
    const label = strings.text(descriptors.label[descriptor]!);
    const isClass = isClassLike(snapshot, descriptor);
    const isOne = isClass || counts.holders === 1;
    const above = before[vertex]!;
    return {
      ...common,
      kind: isOne ? 'object' : 'merged',
      step: isClass ? `object:${addressOf(snapshot, vertex)}` : `class:${label}`,
      object: vertex,
      address: addressOf(snapshot, vertex),
      referrer: above < snapshot.objects ? above : null,
      label,
      title: isOne ? objectTitle(snapshot, vertex) : '',
      ...typeOf(snapshot, descriptor),
      isNamed: isClass,
      isRun: heads < counts.holders,
    };
  }
}

interface Sums {
  objects: Count;
  shallowBytes: Bytes;
  retainedBytes: Bytes;
}

const SET = {
  kind: 'set',
  step: '',
  object: null,
  address: null,
  referrer: null,
  label: '',
  title: '',
  ...NO_TYPE,
  isNamed: false,
  isRun: false,
} as const;

/** From the roots to the set: nodes are those of the tree. */
class DownwardCutter extends PathCutter<number> {
  readonly #start: Uint32Array;
  readonly #list: Uint32Array;

  constructor(input: PathCutInput) {
    super(input);
    const { parent, length } = input.tree;
    const start = new Uint32Array(length + 1);
    for (let node = 1; node < length; node++) start[parent[node]! + 1]!++;
    for (let node = 0; node < length; node++) start[node + 1]! += start[node]!;
    const next = start.slice(0, length);
    const list = new Uint32Array(Math.max(0, length - 1));
    for (let node = 1; node < length; node++) list[next[parent[node]!]!++] = node;
    this.#start = start;
    this.#list = list;
  }

  protected whole(): number {
    return 0;
  }

  protected childrenOf(node: number): Uint32Array {
    return this.#list.subarray(this.#start[node]!, this.#start[node + 1]!);
  }

  protected objectsOf(node: number): Count {
    return this.input.tree.objects[node]!;
  }

  protected describe(node: number): NodeFacts {
    const { tree } = this.input;
    const entries = { holders: tree.holders[node]!, heads: tree.heads[node]!, members: tree.members[node]! };
    const sums = {
      objects: tree.objects[node]!,
      shallowBytes: tree.shallowBytes[node]!,
      retainedBytes: tree.retainedBytes[node]!,
    };
    return this.factsOf(node, entries, sums);
  }
}

/** Nodes of the tree that form one node on the way up, each with the node from which it was reached. */
interface UpwardRef {
  /** Nodes of the tree whose members are behind the node. */
  ends: Uint32Array;
  /** For each of them the node of this step. */
  at: Uint32Array;
  objects: Count;
  /** 0 = all, 1 = the classes of the set, 2 or more = what refers to those. */
  level: number;
}

/** From the set up to the roots: the set's classes first, then what refers to those, by class. */
class UpwardCutter extends PathCutter<UpwardRef> {
  /** Bytes of the members of the nodes themselves. */
  readonly #shallow: Float64Array;
  readonly #retained: Float64Array;

  constructor(input: PathCutInput) {
    super(input);
    const { parent, length, shallowBytes, retainedBytes } = input.tree;
    this.#shallow = shallowBytes.slice();
    this.#retained = retainedBytes.slice();
    for (let node = 1; node < length; node++) {
      this.#shallow[parent[node]!]! -= shallowBytes[node]!;
      this.#retained[parent[node]!]! -= retainedBytes[node]!;
    }
  }

  protected whole(): UpwardRef {
    const { members } = this.input.tree;
    const ends = Uint32Array.from(members.keys()).filter(node => members[node]! > 0);
    return { ends, at: new Uint32Array(ends.length), objects: this.#membersOf(ends), level: 0 };
  }

  protected childrenOf({ ends, at, level }: UpwardRef): UpwardRef[] {
    const { tree, snapshot } = this.input;
    if (level > 0 && at.length > 0 && tree.first[at[0]!]! >= snapshot.objects) return [];
    const groups = new Map<number, number[]>();
    for (const [entry, node] of at.entries()) {
      const next = level === 0 ? ends[entry]! : tree.parent[node]!;
      if (next === 0) continue;
      const key = this.#keyOf(next);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
    return [...groups.values()].map(entries => {
      const of = Uint32Array.from(entries, entry => ends[entry]!);
      const on = level === 0 ? of : Uint32Array.from(entries, entry => tree.parent[at[entry]!]!);
      return { ends: of, at: on, objects: this.#membersOf(of), level: level + 1 };
    });
  }

  protected objectsOf({ objects }: UpwardRef): Count {
    return objects;
  }

  protected describe({ ends, at, objects, level }: UpwardRef): NodeFacts {
    const { tree } = this.input;
    const counts = { holders: 0, heads: 0, members: 0 };
    if (level === 1) counts.members = counts.heads = counts.holders = objects;
    else if (level > 1) {
      for (const node of new Set(at)) {
        counts.holders += tree.holders[node]!;
        counts.heads += tree.heads[node]!;
      }
    }
    const sums = { objects, shallowBytes: 0, retainedBytes: 0 };
    for (const node of ends) {
      sums.shallowBytes += this.#shallow[node]!;
      sums.retainedBytes += this.#retained[node]!;
    }
    return this.factsOf(level === 0 ? 0 : at[0]!, counts, sums);
  }

  /** Equal for nodes that are merged into one here; negative for nodes that are never merged. */
  #keyOf(node: number): number {
    const { snapshot, tree } = this.input;
    const vertex = tree.first[node]!;
    if (vertex >= snapshot.objects) return -node;
    const descriptor = descriptorOf(snapshot, vertex);
    // There is one shortest path to each object, so a class object has only one node.
    return isClassLike(snapshot, descriptor) ? -node : snapshot.descriptors.label[descriptor]!;
  }

  #membersOf(ends: Uint32Array): Count {
    let count = 0;
    for (const node of ends) count += this.input.tree.members[node]!;
    return count;
  }
}

function remainder(parent: number, nodes: Count, objects: Count): PathNode {
  return {
    ...SET,
    parent,
    kind: 'remainder',
    step: 'rest',
    holders: nodes,
    members: 0,
    objects,
    shallowBytes: 0,
    retainedBytes: 0,
    more: true,
    isPoint: false,
  };
}

/** Gives each remainder the bytes of its parent that its siblings do not have. */
function addRests(nodes: PathNode[]): void {
  const sent = nodes.map(() => ({ shallow: 0, retained: 0 }));
  for (const { parent, shallowBytes, retainedBytes } of nodes) {
    if (parent < 0) continue;
    sent[parent]!.shallow += shallowBytes;
    sent[parent]!.retained += retainedBytes;
  }
  for (const node of nodes) {
    if (node.kind !== 'remainder') continue;
    // The parent's own members are included, since their bytes are not known separately.
    node.shallowBytes = Math.max(0, nodes[node.parent]!.shallowBytes - sent[node.parent]!.shallow);
    node.retainedBytes = Math.max(0, nodes[node.parent]!.retainedBytes - sent[node.parent]!.retained);
  }
}
