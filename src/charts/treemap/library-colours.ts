import type { TreeNode } from '../../../workers/protocol/tree-node.ts';
import type { TypeFamily } from '../../theme/families.ts';
import type { Palette } from '../../theme/palette.ts';
import { tileName } from './labels.ts';
import { pathTo, type TreemapTree } from './summarise.ts';

/** Colours by library: the largest libraries have a colour each, all others share one. */
export interface LibraryColouring {
  by: 'library';
  /** Libraries with a colour of their own, the largest first. */
  libraries: readonly string[];
  /** By position in the tree: index in `libraries`; -1 = another library, or none. */
  libraryOf: Int8Array;
}

/** Colours used merely to tell libraries apart. Greys are left for nodes without a library. */
const FAMILIES: readonly TypeFamily[] = ['object', 'text', 'map', 'list', 'class', 'data', 'number'];

/**
 * Finds the largest libraries of a tree by self size. A node without a library belongs to its outermost ancestor: a
 * gem, where files are grouped by gems. O(n × depth).
 */
export function libraryColouring(tree: TreemapTree): LibraryColouring {
  return colouringWith(tree, libraryNames(tree));
}

/** Colours by the outermost ancestor, ignoring the libraries of nodes. O(n × depth). */
export function outermostColouring(tree: TreemapTree): LibraryColouring {
  return colouringWith(tree, outermostNames(tree));
}

/** Colours by the origin or gem given in the nodes; nodes without one share a colour. O(n). */
export function nodeLibraryColouring(tree: TreemapTree): LibraryColouring {
  return colouringWith(
    tree,
    tree.nodes.map(node => node.library ?? ''),
  );
}

/** Colours of two trees shown together: a library has one colour in both. O(n × depth). */
export function sharedColouring(
  first: TreemapTree,
  second: TreemapTree,
): [LibraryColouring, LibraryColouring] {
  const names = [libraryNames(first), libraryNames(second)] as const;
  const all = new Set([...largestLibraries(first, names[0]), ...largestLibraries(second, names[1])]);
  const libraries = [...all].slice(0, FAMILIES.length);
  return [colouringWith(first, names[0], libraries), colouringWith(second, names[1], libraries)];
}

function colouringWith(
  tree: TreemapTree,
  names: readonly string[],
  libraries = largestLibraries(tree, names),
): LibraryColouring {
  const libraryOf = Int8Array.from(names, name => libraries.indexOf(name));
  return { by: 'library', libraries, libraryOf };
}

/** By position; '' = none. */
function libraryNames(tree: TreemapTree): string[] {
  const hasLibraries = tree.nodes.some(node => node.library !== undefined);
  return hasLibraries ? tree.nodes.map(node => node.library ?? '') : outermostNames(tree);
}

function outermostNames(tree: TreemapTree): string[] {
  return tree.nodes.map((_, position) => {
    const outermost = tree.nodes[pathTo(tree, position)[1] ?? -1];
    if (outermost === undefined) return '';
    return outermost.kind === 'group' ? outermost.label : tileName(outermost);
  });
}

/** Pseudo-nodes: self sizes are counted for their node, and the part that is not drawn is not counted. */
const UNCOUNTED = new Set<TreeNode['kind']>(['all', 'self', 'remainder']);

function largestLibraries({ nodes, parent }: TreemapTree, names: readonly string[]): string[] {
  const own = Float64Array.from(nodes, node => node.bytes);
  for (const [position, above] of parent.entries()) {
    if (above >= 0 && nodes[position]!.kind !== 'self') own[above]! -= nodes[position]!.bytes;
  }
  const sizes = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    if (name !== '' && !UNCOUNTED.has(nodes[position]!.kind)) {
      sizes.set(name, (sizes.get(name) ?? 0) + Math.max(0, own[position]!));
    }
  }
  return [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)!).slice(0, FAMILIES.length);
}

/** The colour of a position. */
export function libraryColour(palette: Palette, { libraryOf }: LibraryColouring, position: number): string {
  return palette.family[libraryFamily(libraryOf[position] ?? -1)];
}

/** The colour of a library, as a family of the theme. */
export function libraryFamily(library: number): TypeFamily {
  return FAMILIES[library] ?? 'mixed';
}
