import type { Unit } from './units.ts';

/** One number for each node of a tree: its self value, without its descendants. */
export interface Weight {
  /** Named as in `Totals`: "liveBytes", "allocatedObjects". */
  key: string;
  /** Display name: "live bytes". */
  label: string;
  unit: Unit;
  /** Whether sums over nodes are meaningful. They are not for peaks of sites, which occur at different times. */
  additive: boolean;
  /** Indexed by node. */
  self: Float64Array;
}

/**
 * Frames; each combination of name, file, line and library occurs once. All columns but `line` are indexes into
 * `strings`; 0 is "".
 */
export interface FrameTable {
  name: Uint32Array;
  file: Uint32Array;
  /** Starts at 1; 0 = unknown. */
  line: Uint32Array;
  /** The library, gem or module that the frame belongs to. */
  library: Uint32Array;
}

/**
 * What the children of a node are. `calls`: its callees, so the outermost functions are at the root. `groups`: its
 * parts, such as the files of a gem. `requires`: files that it loaded.
 */
export type TreeKind = 'calls' | 'groups' | 'requires';

/**
 * A tree of call sites or groups, in columns. Node 0 is the root, which represents the whole profile; a parent's index
 * is always lower than its children's. Only the root has frame 0.
 */
export interface CallTree {
  /** "stacks", "location", "class" */
  id: string;
  /** Display name: "call stacks", "by gem, file and line". */
  label: string;
  kind: TreeKind;
  strings: readonly string[];
  frames: FrameTable;
  /** Indexed by node; `parent[0]` is 0. */
  parent: Uint32Array;
  /** Indexed by node. */
  frame: Uint32Array;
  weights: Weight[];
  /** Remarks in the file about nodes: "also required by a, b". */
  remarks: ReadonlyMap<number, string>;
}

/** The weight with a key, or null. */
export function weightOf(tree: CallTree, key: string): Weight | null {
  return tree.weights.find(weight => weight.key === key) ?? null;
}

/** Totals by node: the self value, plus the values of all descendants. O(nodes). */
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

/** The display name of a frame: its name, or "file:line" if it has none. */
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
