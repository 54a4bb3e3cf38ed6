import type { Unit } from './units.ts';

/** One number for each node of a tree: what the node has itself, without the nodes below it. */
export interface Weight {
  /** Named as in `Totals`: "liveBytes", "allocatedObjects". */
  key: string;
  /** For people: "live bytes". */
  label: string;
  unit: Unit;
  /**
   * Whether sums over nodes mean anything. They do not for a site's own peak, for two sites have theirs at different
   * times.
   */
  additive: boolean;
  /** By node. */
  self: Float64Array;
}

/** Frames, each distinct (name, file, line, library) once. All but `line` are indexes into `strings`; 0 is "". */
export interface FrameTable {
  name: Uint32Array;
  file: Uint32Array;
  /** From 1; 0 = unknown. */
  line: Uint32Array;
  /** The library, gem or module that the frame belongs to. */
  library: Uint32Array;
}

/**
 * What the children of a node are. `calls`: functions that it called, from the outermost inwards. `groups`: its parts,
 * as files are parts of a gem. `requires`: files that it loaded.
 */
export type TreeKind = 'calls' | 'groups' | 'requires';

/**
 * A tree of call sites or groups, in columns. Node 0 is the root, which stands for the whole profile; a parent's
 * index is always lower than its children's. Frame 0 is the root's and no other node's.
 */
export interface CallTree {
  /** "stacks", "location", "class" */
  id: string;
  /** For people: "call stacks", "by gem, file and line". */
  label: string;
  kind: TreeKind;
  strings: readonly string[];
  frames: FrameTable;
  /** By node; `parent[0]` is 0. */
  parent: Uint32Array;
  /** By node. */
  frame: Uint32Array;
  weights: Weight[];
  /** What the file says about single nodes: "also required by a, b". */
  remarks: ReadonlyMap<number, string>;
}

/** The weight of a tree with a key, or null. */
export function weightOf(tree: CallTree, key: string): Weight | null {
  return tree.weights.find(weight => weight.key === key) ?? null;
}

/** Per node: what it has itself, and all nodes below it. O(nodes). */
export function inclusive(tree: CallTree, self: Float64Array): Float64Array {
  const total = self.slice();
  for (let node = total.length - 1; node > 0; node--) {
    total[tree.parent[node]!] = total[tree.parent[node]!]! + total[node]!;
  }
  return total;
}

/** Sum of a weight over all nodes. O(nodes). */
export function treeTotal(weight: Weight): number {
  return weight.self.reduce((sum, value) => sum + value, 0);
}

/** What a frame is called in lists: its name, or "file:line" where it has none. */
export function frameName(tree: CallTree, frame: number): string {
  const { frames, strings } = tree;
  const name = strings[frames.name[frame]!]!;
  if (name !== '') return name;
  const file = strings[frames.file[frame]!]!;
  const line = frames.line[frame]!;
  if (file !== '') return line === 0 ? file : `${file}:${line}`;
  return strings[frames.library[frame]!]!;
}

/** The names of a node's frames from the outermost to its own, without the root. */
export function pathOf(tree: CallTree, node: number): string[] {
  const path: string[] = [];
  for (let at = node; at !== 0; at = tree.parent[at]!) path.push(frameName(tree, tree.frame[at]!));
  return path.reverse();
}
