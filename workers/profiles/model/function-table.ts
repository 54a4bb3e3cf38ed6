import { type CallTree, frameName, inclusive } from './call-tree.ts';

/** One function (or file, or gem) with all its places in the tree combined. */
export interface FunctionRow {
  name: string;
  /** Self values, by weight of the tree. */
  self: number[];
  /** Total values, by weight. In recursive calls, only the outermost call counts. */
  total: number[];
}

/** All frames of a tree, combined by name, in order of first occurrence. The root is left out. O(nodes × weights). */
export function functionTable(tree: CallTree): FunctionRow[] {
  const { rowOfFrame, names } = rowsByName(tree);
  const rows: FunctionRow[] = names.map(name => ({
    name,
    self: tree.weights.map(() => 0),
    total: tree.weights.map(() => 0),
  }));
  const outermost = outermostNodes(tree, rowOfFrame, names.length);
  for (const [at, weight] of tree.weights.entries()) {
    const totals = inclusive(tree, weight.self);
    for (let node = 1; node < tree.parent.length; node++) {
      const row = rows[rowOfFrame[tree.frame[node]!]!]!;
      row.self[at] = row.self[at]! + weight.self[node]!;
      if (outermost[node] === 1) row.total[at] = row.total[at]! + totals[node]!;
    }
  }
  return rows;
}

function rowsByName(tree: CallTree): { rowOfFrame: Uint32Array; names: string[] } {
  const frames = tree.frames.name.length;
  const rowOfFrame = new Uint32Array(frames);
  const byName = new Map<string, number>();
  const used = new Uint8Array(frames);
  for (const frame of tree.frame) used[frame] = 1;
  for (let frame = 1; frame < frames; frame++) {
    if (used[frame] === 0) continue;
    const name = frameName(tree, frame);
    const row = byName.get(name) ?? byName.size;
    byName.set(name, row);
    rowOfFrame[frame] = row;
  }
  return { rowOfFrame, names: [...byName.keys()] };
}

/** Marks the nodes that have no ancestor in the same row. One walk over the tree, without recursion. */
function outermostNodes(tree: CallTree, rowOfFrame: Uint32Array, rows: number): Uint8Array {
  const nodes = tree.parent.length;
  const { firstChild, nextSibling } = childLists(tree);
  const open = new Uint32Array(rows);
  const outermost = new Uint8Array(nodes);
  let node = firstChild[0]!;
  while (node !== 0) {
    const row = rowOfFrame[tree.frame[node]!]!;
    if (open[row] === 0) outermost[node] = 1;
    open[row] = open[row]! + 1;
    if (firstChild[node] !== 0) {
      node = firstChild[node]!;
      continue;
    }
    for (;;) {
      const left = rowOfFrame[tree.frame[node]!]!;
      open[left] = open[left]! - 1;
      if (nextSibling[node] !== 0) {
        node = nextSibling[node]!;
        break;
      }
      node = tree.parent[node]!;
      if (node === 0) break;
    }
  }
  return outermost;
}

/** The first child and the next sibling of each node, 0 = none, in the order of the nodes. O(nodes). */
export function childLists(tree: CallTree): { firstChild: Uint32Array; nextSibling: Uint32Array } {
  const nodes = tree.parent.length;
  const firstChild = new Uint32Array(nodes);
  const nextSibling = new Uint32Array(nodes);
  for (let node = nodes - 1; node > 0; node--) {
    const parent = tree.parent[node]!;
    nextSibling[node] = firstChild[parent]!;
    firstChild[parent] = node;
  }
  return { firstChild, nextSibling };
}
