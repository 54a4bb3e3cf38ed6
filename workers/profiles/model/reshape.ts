import type { ProfileGroupKey } from '../../protocol/profile-questions.ts';
import { type CallTree, frameName, type Weight } from './call-tree.ts';
import { ROOT, TreeBuilder } from './tree-builder.ts';

/**
 * A tree without recursion: the self values and callees of a recursive call are moved to the outermost call of the same
 * name. O(nodes × distinct names on a stack).
 */
export function foldRecursion(tree: CallTree): CallTree {
  const builder = new TreeBuilder({ ...tree, weights: tree.weights });
  const frames = frameCopier(builder, tree);
  const nameOfFrame = nameIds(tree);
  /** Indexed by node of the new tree. */
  const nameOfNode: number[] = [-1];
  const placeOf = new Uint32Array(tree.parent.length);
  for (let node = 1; node < tree.parent.length; node++) {
    const frame = tree.frame[node]!;
    const name = nameOfFrame[frame]!;
    const above = placeOf[tree.parent[node]!]!;
    let place = above;
    while (place !== ROOT && nameOfNode[place] !== name) place = builder.parentOf(place);
    if (place === ROOT) {
      place = builder.child(above, frames(frame));
      nameOfNode[place] = name;
    }
    placeOf[node] = place;
  }
  addWeights(builder, tree.weights, placeOf);
  return builder.finish();
}

/**
 * A tree without the nodes marked in `left`, whose descendants must be marked too: their values move to their callers.
 * O(nodes).
 */
export function withoutNodes(tree: CallTree, left: Uint8Array): CallTree {
  const builder = new TreeBuilder({ ...tree, weights: tree.weights });
  const frames = frameCopier(builder, tree);
  const placeOf = new Uint32Array(tree.parent.length);
  for (let node = 1; node < tree.parent.length; node++) {
    const above = placeOf[tree.parent[node]!]!;
    placeOf[node] = left[node] === 1 ? above : builder.child(above, frames(tree.frame[node]!));
  }
  addWeights(builder, tree.weights, placeOf);
  return builder.finish();
}

/**
 * A tree of groups: the self values of all nodes, grouped by attributes of their frames, outermost group first. Unknown
 * attributes have groups of their own. O(nodes × keys).
 */
export function regrouped(tree: CallTree, keys: readonly ProfileGroupKey[]): CallTree {
  const label = `by ${keys.join(', ')}`;
  const builder = new TreeBuilder({ id: keys.join(' '), label, kind: 'groups', weights: tree.weights });
  const { frames, strings } = tree;
  const placeOfFrame = new Map<number, number>();
  const placeOf = new Uint32Array(tree.parent.length);
  for (let node = 1; node < tree.parent.length; node++) {
    if (tree.weights.every(({ self }) => self[node] === 0)) continue;
    const frame = tree.frame[node]!;
    let place = placeOfFrame.get(frame);
    if (place === undefined) {
      const library = strings[frames.library[frame]!]!;
      place = builder.stack(
        keys.map(key => {
          const name = groupName(tree, frame, key);
          return builder.frame(name === '' ? `(no ${key})` : name, '', 0, library);
        }),
      );
      placeOfFrame.set(frame, place);
    }
    placeOf[node] = place;
  }
  addWeights(builder, tree.weights, placeOf);
  return builder.finish();
}

/** The keys by which a tree can be grouped: those known for any of its frames. O(frames). */
export function groupKeysOf(tree: CallTree): ProfileGroupKey[] {
  const { library, file, line, name } = tree.frames;
  const keys: ProfileGroupKey[] = [];
  if (library.some(id => id !== 0)) keys.push('library');
  if (file.some(id => id !== 0)) keys.push('file');
  if (line.some(number => number !== 0)) keys.push('line');
  if (name.some(id => id !== 0)) keys.push('function');
  return keys;
}

function groupName(tree: CallTree, frame: number, key: ProfileGroupKey): string {
  const { frames, strings } = tree;
  const file = strings[frames.file[frame]!]!;
  const line = frames.line[frame]!;
  switch (key) {
    case 'library':
      return strings[frames.library[frame]!]!;
    case 'file':
      return file;
    case 'line':
      return line === 0 ? '' : `${file}:${line}`;
    case 'function':
      return frameName(tree, frame);
  }
}

/**
 * Merges two trees by the names on their paths. The weights are `after` from the first and `before` from the second;
 * both have a number for each node of their own tree. O(nodes of both).
 */
export function overlaid(
  tree: CallTree,
  after: Weight,
  other: CallTree,
  before: Float64Array,
): { tree: CallTree; after: Float64Array; before: Float64Array } {
  const builder = new TreeBuilder({
    ...tree,
    weights: [after, { ...after, key: 'before', label: 'before' }],
  });
  const names = new Map<string, number>();
  for (const [from, column, self] of [
    [tree, 0, after.self],
    [other, 1, before],
  ] as const) {
    const placeOf = new Uint32Array(from.parent.length);
    const frames = frameCopier(builder, from, names);
    for (let node = 0; node < from.parent.length; node++) {
      if (node > 0) {
        placeOf[node] = builder.child(placeOf[from.parent[node]!]!, frames(from.frame[node]!));
      }
      builder.add(placeOf[node]!, column, self[node]!);
    }
  }
  const made = builder.finish();
  return { tree: made, after: made.weights[0]!.self, before: made.weights[1]!.self };
}

/**
 * Copies frames into a builder, each once. With `names`, frames of one name become one frame, whatever their lines,
 * which differ between two builds of a program.
 */
function frameCopier(builder: TreeBuilder, tree: CallTree, names?: Map<string, number>) {
  const copies = new Uint32Array(tree.frames.name.length);
  const { frames, strings } = tree;
  return (frame: number): number => {
    if (copies[frame] !== 0) return copies[frame]!;
    const name = frameName(tree, frame);
    const copy =
      names?.get(name) ??
      builder.frame(
        strings[frames.name[frame]!]!,
        strings[frames.file[frame]!]!,
        frames.line[frame]!,
        strings[frames.library[frame]!]!,
      );
    names?.set(name, copy);
    copies[frame] = copy;
    return copy;
  };
}

/** Indexed by frame: equal numbers for equal names. */
function nameIds(tree: CallTree): Uint32Array {
  const ids = new Map<string, number>();
  return Uint32Array.from(tree.frames.name, (_, frame) => {
    const name = frameName(tree, frame);
    const id = ids.get(name) ?? ids.size;
    ids.set(name, id);
    return id;
  });
}

/** Adds the self value of each node to its place in another tree. */
function addWeights(builder: TreeBuilder, weights: readonly Weight[], placeOf: Uint32Array): void {
  for (const [at, { self }] of weights.entries()) {
    for (const [node, value] of self.entries()) if (value !== 0) builder.add(placeOf[node]!, at, value);
  }
}
