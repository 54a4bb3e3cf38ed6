import type { Retention } from '../indexes/retention.ts';
import { type HeapSnapshot, shallowBytesOf } from '../model/heap-snapshot.ts';
import type { ObjectSet } from '../model/object-set.ts';
import type { ObjectSetSpec } from '../protocol/object-set.ts';
import type { TreeRoot } from '../protocol/questions/tree-questions.ts';
import type { TypeName } from '../protocol/rows.ts';
import type { TreeNode } from '../protocol/tree-node.ts';
import type { Bytes, Count } from '../protocol/units.ts';
import type { Family } from '../protocol/vocabulary.ts';
import { typeOf } from './descriptors.ts';
import { objectRow } from './object-rows.ts';
import type { SubtreeSums } from './subtree-sums.ts';
import type { PairTally } from './tally.ts';
import { nextInRun } from './top-retained.ts';
import { blankNode, type CutLimits, cutTree, type TreeCandidate, type TreeExpansion } from './tree-cut.ts';

/** Runs of at least this many links are drawn as one. */
const FOLDED_RUN = 4;

/** What a node of the drawing represents. */
type Ref =
  | { kind: 'all' }
  /** The positions of a run, or the single position of any other object. */
  | { kind: 'positions'; run: readonly number[] }
  | { kind: 'unreachable' }
  | { kind: 'class'; label: string }
  | { kind: 'leaf' };

/** Unreachable members by class label. */
export type UnreachableClasses = Map<
  string,
  { objects: Count; bytes: Bytes; type: TypeName; family: Family }
>;

/** Unreachable members by class, from their totals by pair. O(pairs). */
export function unreachableByClass(snapshot: HeapSnapshot, unreachable: PairTally): UnreachableClasses {
  const classes: UnreachableClasses = new Map();
  const { strings, descriptors, pairs } = snapshot;
  for (const [entry, pair] of unreachable.pair.entries()) {
    const descriptor = pairs.descriptor[pair]!;
    const label = strings.text(descriptors.label[descriptor]!);
    let group = classes.get(label);
    if (group === undefined) {
      group = { objects: 0, bytes: 0, ...typeOf(snapshot, descriptor) };
      classes.set(label, group);
    }
    group.objects += unreachable.objects[entry]!;
    group.bytes += unreachable.shallowBytes[entry]!;
  }
  return classes;
}

/** The input of a drawing of the dominator tree. */
export interface DominatorCutInput {
  snapshot: HeapSnapshot;
  retention: Retention;
  set: ObjectSet;
  /** Null if the set is everything: retained sizes are the sums then. */
  sums: SubtreeSums | null;
  unreachable: UnreachableClasses;
}

/** The dominator tree below `root`, cut to what can be drawn. See the question `dominatorTree`. */
export function dominatorCut(input: DominatorCutInput, root: TreeRoot, limits: CutLimits): TreeNode[] {
  const cutter = new DominatorCutter(input);
  const first = cutter.root(root);
  if (first === null) return [];
  return cutTree(first, limits, (ref, minBytes) => cutter.expand(ref, minBytes));
}

class DominatorCutter {
  readonly #input: DominatorCutInput;

  constructor(input: DominatorCutInput) {
    this.#input = input;
  }

  root(root: TreeRoot): TreeCandidate<Ref> | null {
    const { retention } = this.#input;
    switch (root.kind) {
      case 'all':
        return this.#all();
      case 'unreachable':
        return this.#unreachable();
      case 'root': {
        const kind = retention.kinds.indexOf(root.name);
        return kind < 0 ? null : this.#at(retention.kindPositions[kind]!);
      }
      case 'object': {
        const at = retention.tree.position[root.object]!;
        return at === 0 ? this.#lone(root.object) : this.#at(at);
      }
    }
  }

  expand(ref: Ref, minBytes: number): TreeExpansion<Ref> | null {
    switch (ref.kind) {
      case 'all':
        return this.#children([0], minBytes, this.#unreachable());
      case 'positions':
        return this.#children(ref.run, minBytes, null);
      case 'unreachable':
        return this.#unreachableClasses(minBytes);
      default:
        return null;
    }
  }

  #all(): TreeCandidate<Ref> {
    const { set, snapshot } = this.#input;
    return {
      ...blankNode('all', 'Heap'),
      bytes: set.shallowBytes,
      objects: set.objects,
      retainedBytes: snapshot.facts.shallowBytes,
      ref: { kind: 'all' },
    };
  }

  #unreachable(): TreeCandidate<Ref> {
    let objects = 0;
    let bytes = 0;
    for (const group of this.#input.unreachable.values()) {
      objects += group.objects;
      bytes += group.bytes;
    }
    const set: ObjectSetSpec = { kind: 'reachability', reachable: false };
    const node = blankNode('unreachable', 'Unreachable');
    return {
      ...node,
      bytes,
      objects,
      shallowBytes: bytes,
      retainedBytes: bytes,
      set,
      ref: { kind: 'unreachable' },
    };
  }

  #unreachableClasses(minBytes: number): TreeExpansion<Ref> {
    const children: TreeCandidate<Ref>[] = [];
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    for (const [label, { objects, bytes, type, family }] of this.#input.unreachable) {
      if (bytes < minBytes) addTo(rest, 1, objects, bytes);
      else {
        const set: ObjectSetSpec = {
          kind: 'and',
          sets: [
            { kind: 'reachability', reachable: false },
            { kind: 'group', key: 'class', label },
          ],
        };
        const node = {
          ...blankNode('group', label),
          bytes,
          objects,
          shallowBytes: bytes,
          retainedBytes: bytes,
        };
        children.push({ ...node, type, family, set, ref: { kind: 'class', label } });
      }
    }
    return { children, rest };
  }

  /** A single unreachable object. */
  #lone(object: number): TreeCandidate<Ref> {
    const { snapshot, retention, set } = this.#input;
    const row = objectRow(snapshot, retention, object);
    const isMember = set.has(object);
    return {
      ...blankNode('object', row.label),
      object,
      title: row.title,
      type: row.type,
      family: row.family,
      isNamed: row.isNamed,
      generation: row.generation,
      bytes: isMember ? row.shallowBytes : 0,
      objects: isMember ? 1 : 0,
      shallowBytes: row.shallowBytes,
      retainedBytes: row.retainedBytes,
      ref: { kind: 'leaf' },
    };
  }

  #at(at: number): TreeCandidate<Ref> {
    const { snapshot, retention } = this.#input;
    const vertex = retention.tree.vertex[at]!;
    const run = this.#run(at);
    const ref: Ref = { kind: 'positions', run };
    const bytes = this.#bytes(at);
    const objects = this.#objects(at);
    const retainedBytes = retention.retained[at]!;
    if (vertex >= snapshot.objects) {
      const name = retention.kinds[vertex - snapshot.objects]!;
      return { ...blankNode('root', name), bytes, objects, retainedBytes, ...this.#holding(run), ref };
    }
    const row = objectRow(snapshot, retention, vertex);
    return {
      ...blankNode('object', row.label),
      object: vertex,
      title: row.title,
      type: row.type,
      family: row.family,
      isNamed: row.isNamed,
      generation: row.generation,
      bytes,
      objects,
      shallowBytes: row.shallowBytes,
      retainedBytes,
      chainLength: run.length,
      set: { kind: 'dominatedBy', object: vertex },
      ...this.#holding(run),
      ref,
    };
  }

  /** Whether the set is a narrower one that contains no link of a run. */
  #holding(run: readonly number[]): { isHolder?: true } {
    const { set, snapshot, retention, sums } = this.#input;
    const isMember = (at: number) => {
      const object = retention.tree.vertex[at]!;
      return object < snapshot.objects && set.has(object);
    };
    return sums === null || run.some(isMember) ? {} : { isHolder: true };
  }

  /** Positions of the run that is drawn as one node with its head. */
  #run(head: number): number[] {
    const { snapshot, retention } = this.#input;
    if (retention.tree.vertex[head]! >= snapshot.objects) return [head];
    const run = [head];
    for (let at = nextInRun(snapshot, retention, head); at !== 0; at = nextInRun(snapshot, retention, at))
      run.push(at);
    return run.length < FOLDED_RUN ? [head] : run;
  }

  /** The children of all links of a run, except for the links; the own sizes of the links are one tile. */
  #children(run: readonly number[], minBytes: number, extra: TreeCandidate<Ref> | null): TreeExpansion<Ref> {
    const { snapshot, retention, set } = this.#input;
    const { subtreeEnd, vertex } = retention.tree;
    const children: TreeCandidate<Ref>[] = [];
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    let own = 0;
    let members = 0;
    run.forEach((at, link) => {
      const object = vertex[at]!;
      if (object < snapshot.objects && set.has(object)) {
        own += shallowBytesOf(snapshot, object);
        members++;
      }
      const next = run[link + 1];
      const large =
        this.#input.sums === null && at !== 0 ? this.#largeChildren(at, next, minBytes, rest) : null;
      if (large !== null) {
        for (const child of large) children.push(this.#at(child));
        return;
      }
      for (let child = at + 1; child < subtreeEnd[at]!; child = subtreeEnd[child]!) {
        if (child === next) continue;
        const bytes = this.#bytes(child);
        if (bytes >= minBytes) children.push(this.#at(child));
        else if (bytes > 0) addTo(rest, 1, this.#objects(child), bytes);
      }
    });
    if (extra !== null && extra.bytes > 0) children.push(extra);
    if (children.length + rest.nodes === 0) return { children, rest };
    if (own > 0) {
      const node = { ...blankNode('self', 'own shallow size'), bytes: own, objects: members };
      children.push({ ...node, shallowBytes: own, retainedBytes: own, ref: { kind: 'leaf' } });
    }
    return { children, rest };
  }

  /**
   * Children of an object that are large enough to draw, if the set is everything; adds the others to `rest`. Some
   * objects have millions of children.
   */
  #largeChildren(at: number, next: number | undefined, minBytes: number, rest: Rest): number[] {
    const { tree, retained } = this.#input.retention;
    const { subtreeEnd } = tree;
    const large: number[] = [];
    const end = subtreeEnd[at]!;
    let [nodes, objects, bytes] = [0, 0, 0];
    for (let child = at + 1; child < end; ) {
      const own = retained[child]!;
      const childEnd = subtreeEnd[child]!;
      if (own >= minBytes) {
        if (child !== next) large.push(child);
      } else if (own > 0 && child !== next) {
        nodes++;
        objects += childEnd - child;
        bytes += own;
      }
      child = childEnd;
    }
    addTo(rest, nodes, objects, bytes);
    return large;
  }

  #bytes(at: number): Bytes {
    const { retention, sums } = this.#input;
    if (sums === null) return retention.retained[at]!;
    return sums.bytes(at, retention.tree.subtreeEnd[at]!);
  }

  #objects(at: number): Count {
    const { retention, sums, snapshot } = this.#input;
    const end = retention.tree.subtreeEnd[at]!;
    if (sums !== null) return sums.objects(at, end);
    return end - at - (retention.tree.vertex[at]! >= snapshot.objects ? 1 : 0);
  }
}

/** The total of what is too small to draw. */
interface Rest {
  nodes: number;
  objects: number;
  bytes: number;
}

/** Adds to the total of what is too small to draw. */
export function addTo(rest: Rest, nodes: number, objects: number, bytes: number): void {
  rest.nodes += nodes;
  rest.objects += objects;
  rest.bytes += bytes;
}
