import {
  blankNode,
  type CutLimits,
  cutTree,
  type TreeCandidate,
  type TreeExpansion,
} from '../analysis/tree-cut.ts';
import { type CallTree, frameName, inclusive } from '../profiles/model/call-tree.ts';
import { childLists } from '../profiles/model/function-table.ts';
import type { CallDirection } from '../protocol/profile-questions.ts';
import type { TreeNode } from '../protocol/tree-node.ts';

/** What to draw of a tree: its direction, the function to start from, and the names below it. */
export interface CutRequest {
  direction: CallDirection;
  /** Null = from the outermost callers, or in the other direction from all nodes with a weight of their own. */
  focus: string | null;
  path: readonly string[];
}

/**
 * A drawn node: nodes of the tree with the same name and path. From callers down, `at` are these nodes. Towards
 * callers, `from` are the nodes whose weight is counted, and `at` the ancestors reached from them.
 */
interface Places {
  at: readonly number[];
  from: readonly number[];
}

/** For each node: the area, and in a comparison its weight before and now. */
interface Amounts {
  area: Float64Array;
  /** Null if nothing is compared. */
  before: Float64Array | null;
  after: Float64Array;
}

/**
 * A tree with one weight, or with two that are compared: after and before. Memory: 24 bytes a node, 56 in a
 * comparison.
 */
export class WeighedTree {
  readonly #tree: CallTree;
  readonly #self: Amounts;
  readonly #total: Amounts;
  readonly #firstChild: Uint32Array;
  readonly #nextSibling: Uint32Array;

  constructor(tree: CallTree) {
    this.#tree = tree;
    const [after, before] = tree.weights.map(weight => weight.self);
    this.#self = amounts(after!, before ?? null);
    const sum = (self: Float64Array) => inclusive(tree, self);
    const { area, before: earlier } = this.#self;
    this.#total = {
      area: sum(area),
      after: earlier === null ? area : sum(after!),
      before: earlier === null ? null : sum(earlier),
    };
    const { firstChild, nextSibling } = childLists(tree);
    this.#firstChild = firstChild;
    this.#nextSibling = nextSibling;
  }

  /**
   * The part of the tree that can be drawn. Empty if the tree has no such path. O(n) towards callers and from a
   * function, otherwise O(visited nodes and their children).
   */
  cut({ direction, focus, path }: CutRequest, limits: CutLimits): TreeNode[] {
    const isUp = direction === 'callers';
    // Callers of a function share its total weight; without a function, they share the own weight of each node.
    const counted = isUp ? (focus === null ? this.#self : this.#total) : this.#total;
    let whole = focus === null ? this.#whole(isUp, counted) : this.#function(focus, isUp);
    for (const name of path) {
      const below = this.#children(isUp, counted, whole.ref).find(child => child.step === name);
      if (below === undefined) return [];
      whole = below;
    }
    return cutTree(whole, limits, (places, minBytes) => this.#expand(isUp, counted, places, minBytes));
  }

  #whole(isUp: boolean, counted: Amounts): TreeCandidate<Places> {
    const all = new Gathered();
    if (!isUp) all.add(0, 0, counted, 0);
    else {
      const { area } = counted;
      for (let node = 1; node < area.length; node++) if (area[node]! > 0) all.add(node, node, counted, node);
    }
    return { ...blankNode('all', 'everything'), ...all.candidate(), objects: 0 };
  }

  /** All places of a function that are not within another of its places. */
  #function(name: string, isUp: boolean): TreeCandidate<Places> {
    const { parent, frame } = this.#tree;
    const isIn = new Uint8Array(parent.length);
    const all = new Gathered();
    for (let node = 1; node < parent.length; node++) {
      const above = parent[node]!;
      if (isIn[above] === 1) isIn[node] = 1;
      else if (frameName(this.#tree, frame[node]!) === name) {
        isIn[node] = 1;
        all.library ??= this.#libraryOf(node);
        all.add(isUp ? above : node, node, this.#total, node);
      }
    }
    return { ...blankNode('group', name), ...all.candidate(), objects: 0 };
  }

  /** The file's remark on a node that represents one place. */
  #remarkOf({ at }: Gathered): { remark?: string } {
    const remark = at.length === 1 ? this.#tree.remarks.get(at[0]!) : undefined;
    return remark === undefined ? {} : { remark };
  }

  #libraryOf(node: number): string {
    const { frame, frames, strings } = this.#tree;
    const at = frame[node]!;
    // If the frame has no library, its file takes its place.
    return strings[frames.library[at]!]! || strings[frames.file[at]!]!;
  }

  #expand(isUp: boolean, counted: Amounts, places: Places, minBytes: number): TreeExpansion<Places> | null {
    const all = this.#children(isUp, counted, places);
    if (all.length === 0) return null;
    const rest = { nodes: 0, objects: 0, bytes: 0 };
    const children: TreeCandidate<Places>[] = [];
    for (const child of all) {
      if (child.bytes >= minBytes) children.push(child);
      else {
        rest.nodes++;
        rest.bytes += child.bytes;
      }
    }
    children.sort((a, b) => b.bytes - a.bytes);
    return { children, rest };
  }

  /** The children of a drawn node: places grouped by name, and its own weight. */
  #children(isUp: boolean, counted: Amounts, { at, from }: Places): TreeCandidate<Places>[] {
    const byName = new Map<string, Gathered>();
    if (isUp) {
      for (const [index, place] of at.entries()) {
        const origin = from[index]!;
        if (place !== 0) this.#groupOf(byName, place).add(this.#tree.parent[place]!, origin, counted, origin);
      }
      return Array.from(byName, candidateOf);
    }
    const own = new Gathered();
    for (const place of at) {
      own.add(place, place, this.#self, place);
      for (let child = this.#firstChild[place]!; child !== 0; child = this.#nextSibling[child]!) {
        this.#groupOf(byName, child).add(child, child, counted, child);
      }
    }
    const children = Array.from(byName, entry => ({ ...candidateOf(entry), ...this.#remarkOf(entry[1]) }));
    // Children and the parent's self weight together fill the parent.
    if (own.area > 0 && children.length > 0) {
      const { bytes, compared } = own.candidate();
      children.push({
        ...blankNode('self', 'itself'),
        ref: NOWHERE,
        bytes,
        ...(compared === undefined ? {} : { compared }),
        objects: 0,
      });
    }
    return children;
  }

  /** The group of a place, by its name. */
  #groupOf(byName: Map<string, Gathered>, place: number): Gathered {
    const name = frameName(this.#tree, this.#tree.frame[place]!);
    let group = byName.get(name);
    if (group === undefined) {
      group = new Gathered();
      group.library = this.#libraryOf(place);
      byName.set(name, group);
    }
    return group;
  }
}

function amounts(after: Float64Array, before: Float64Array | null): Amounts {
  // What disappeared is as interesting as what is new.
  const area = before === null ? after : after.map((value, node) => Math.max(value, before[node]!));
  return { area, after, before };
}

/** Places of one name, while they are collected. */
class Gathered {
  readonly at: number[] = [];
  readonly from: number[] = [];
  area = 0;
  before: number | null = null;
  after = 0;
  /** The library of the first place. */
  library: string | undefined;

  /** Adds a place with the amounts of a node. */
  add(at: number, from: number, { area, before, after }: Amounts, node: number): void {
    this.at.push(at);
    this.from.push(from);
    this.area += area[node]!;
    if (before === null) return;
    this.before = (this.before ?? 0) + before[node]!;
    this.after += after[node]!;
  }

  candidate() {
    const { at, from, area, before, after, library } = this;
    return {
      ref: { at, from },
      bytes: area,
      merged: at.length,
      ...(library === undefined || library === '' ? {} : { library }),
      ...(before === null ? {} : { compared: { before, after } }),
    };
  }
}

const NOWHERE: Places = { at: [], from: [] };

function candidateOf([name, group]: [string, Gathered]): TreeCandidate<Places> {
  return { ...blankNode('group', name), ...group.candidate(), step: name, objects: 0 };
}
